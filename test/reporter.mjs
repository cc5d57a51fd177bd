import Mocha from "mocha";

const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } = Mocha.Runner.constants;

/**
 * Mocha's spec reporter, with the suites that were not run, a line for each room of `test/` and one for the whole at the
 * end.
 */
export default class RoomReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const rooms = new Map();
    const count = (outcome) => (test) => {
      const room = /\/test\/([^/]+)\//.exec(test.file ?? "")?.[1] ?? "test";
      const counts = rooms.get(room) ?? { passed: 0, failed: 0, skipped: 0 };
      counts[outcome] += 1;
      rooms.set(room, counts);
    };
    runner.on(EVENT_TEST_PASS, count("passed"));
    runner.on(EVENT_TEST_FAIL, count("failed"));
    runner.on(EVENT_TEST_PENDING, count("skipped"));
    const notRun = new Map();
    runner.on(EVENT_TEST_PENDING, (test) => {
      const [suite] = test.titlePath();
      notRun.set(suite, (notRun.get(suite) ?? 0) + 1);
    });
    runner.once(EVENT_RUN_END, () => {
      if (notRun.size > 0)
        console.log("Not run, since something is missing here that each of them named above:");
      for (const [suite, tests] of notRun)
        console.log(`  ${suite} (${tests} ${tests === 1 ? "test" : "tests"})`);
      const total = { passed: 0, failed: 0, skipped: 0 };
      for (const [room, counts] of rooms) {
        for (const outcome of Object.keys(total)) total[outcome] += counts[outcome];
        console.log(`${room}: ${inWords(counts)}`);
      }
      console.log(inWords(total));
    });
  }
}

function inWords({ passed, failed, skipped }) {
  const tail = skipped === 0 ? "" : `, ${skipped} skipped`;
  return `${passed} passed, ${failed} failed${tail}`;
}
