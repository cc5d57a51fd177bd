import Mocha from "mocha";
import { ranOnStandIns } from "./toolchain/current.ts";
import { missingTool } from "./toolchain/skip.ts";

const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } = Mocha.Runner.constants;

/**
 * Mocha's spec reporter, and at the end: the suites that ran on stand-ins, those that were not run and what they lack, a
 * line for each room of `test/`, and one for the whole.
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
      const line = `${test.titlePath()[0]}: needs ${missingTool(test) ?? "what it names above"}`;
      notRun.set(line, (notRun.get(line) ?? 0) + 1);
    });
    runner.once(EVENT_RUN_END, () => {
      list(
        "Run on stand-ins:",
        [...ranOnStandIns].map(([suite, standIns]) => `${suite}: ${[...standIns].join(", ")}`),
      );
      list(
        "Not run, since a tool is missing:",
        [...notRun].map(([line, tests]) => `${line} (${tests} ${tests === 1 ? "test" : "tests"})`),
      );
      const total = { passed: 0, failed: 0, skipped: 0 };
      for (const [room, counts] of rooms) {
        for (const outcome of Object.keys(total)) total[outcome] += counts[outcome];
        console.log(`${room}: ${inWords(counts)}`);
      }
      console.log(inWords(total));
    });
  }
}

function list(heading, lines) {
  if (lines.length > 0) console.log([heading, ...lines].join("\n  "));
}

function inWords({ passed, failed, skipped }) {
  const tail = skipped === 0 ? "" : `, ${skipped} skipped`;
  return `${passed} passed, ${failed} failed${tail}`;
}
