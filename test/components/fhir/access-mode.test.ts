import assert from "node:assert/strict";
import fc from "fast-check";
import {
  breakGlassIssues,
  type BreakGlassRequest,
  breakGlassModeFile,
  debugModeIssue,
  isoSeconds,
  smartModeFile,
} from "../../../components/fhir/access-mode.ts";

const NOW = new Date("2026-09-30T12:00:00.500Z");
const STANDS = { denyAllStands: true, serverOpenWithoutHttpRules: [] };
const REQUEST = { owner: "Emperor", reason: "the provider is away", expiry: "2026-10-01T12:00:00Z" };

const faults = (changes: Partial<BreakGlassRequest> = {}) =>
  breakGlassIssues({ ...REQUEST, ...changes }, STANDS, NOW);

describe("a request to open the endpoint", () => {
  it("is allowed with owner, reason and expiry, while deny-all is in force and every policy has HTTP rules", () => {
    assert.deepEqual(faults(), []);
  });

  it("is rejected with every reason at once", () => {
    const open = { denyAllStands: false, serverOpenWithoutHttpRules: ["http-ingress-visibility", "any"] };
    assert.deepEqual(breakGlassIssues(undefined, open, NOW), [
      "owner is missing: name who is responsible for it",
      "reason is missing: say why it cannot wait",
      "expiry is missing: say until when",
      "deny-all is not in force in both directions",
      'the server may be reached without an HTTP rule, by "http-ingress-visibility", "any"',
    ]);
  });

  it("is rejected for a blank owner, reason or expiry", () => {
    assert.deepEqual(faults({ owner: " " }), ["owner is missing: name who is responsible for it"]);
    assert.deepEqual(faults({ reason: "\t" }), ["reason is missing: say why it cannot wait"]);
    assert.deepEqual(faults({ expiry: " " }), ["expiry is missing: say until when"]);
  });

  it("is rejected for an expiry in the past or too far ahead, with the latest valid time", () => {
    assert.deepEqual(faults({ expiry: "2026-09-30T12:00:00Z" }), [
      'expiry = "2026-09-30T12:00:00Z": is in the past, it is now 2026-09-30T12:00:00Z',
    ]);
    assert.deepEqual(faults({ expiry: "2026-10-03T14:00:01+02:00" }), [
      'expiry = "2026-10-03T14:00:01+02:00": is more than 72 hours ahead, the latest is 2026-10-03T12:00:00Z',
    ]);
    assert.deepEqual(faults({ expiry: "2026-10-03T14:00:00+02:00" }), []);
  });

  it("is rejected for an expiry that is not a time, or has no time zone", () => {
    const no = [
      "tomorrow",
      "2026-10-01",
      "2026-10-01T12:00:00",
      "2026-10-01T25:00:00Z",
      "2026-09-31T12:00:00Z",
    ];
    for (const expiry of no) {
      assert.deepEqual(faults({ expiry }), [
        `expiry = "${expiry}": is not an ISO 8601 time with its zone, such as "2026-09-30T13:00:00Z", in quotes`,
      ]);
    }
  });

  it("is allowed exactly for the next 72 hours, in every time zone", () => {
    const hours = fc.integer({ min: -14, max: 14 });
    const seconds = fc.integer({ min: -10 * 86_400, max: 10 * 86_400 });
    fc.assert(
      fc.property(seconds, hours, (ahead, zone) => {
        const time = NOW.getTime() + ahead * 1000;
        const local = new Date(time + zone * 3_600_000).toISOString().slice(0, -1);
        const sign = zone < 0 ? "-" : "+";
        const expiry = `${local}${sign}${String(Math.abs(zone)).padStart(2, "0")}:00`;
        assert.equal(new Date(expiry).getTime(), time);
        assert.equal(faults({ expiry }).length === 0, ahead > 0 && ahead <= 72 * 3600);
      }),
    );
  });

  it("is never allowed for a text that is not a time", () => {
    fc.assert(
      fc.property(fc.string(), (expiry) => {
        fc.pre(Number.isNaN(Date.parse(expiry)));
        assert.equal(faults({ expiry }).length, 1);
      }),
    );
  });
});

describe("the endpoint's own DebugMode", () => {
  it("is a whole number below the one that opens it", () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer(), fc.double()), (debugMode) => {
        assert.equal(debugModeIssue(debugMode) === undefined, [0, 1, 2, 3, 4, 5, 6].includes(debugMode));
      }),
    );
    assert.equal(
      debugModeIssue(7),
      "debugMode = 7: is not a whole number from 0 to 6; 7 opens the endpoint, which only breakGlass may do",
    );
  });
});

describe("the file of the access mode", () => {
  it("is one line that the script reads", () => {
    assert.equal(smartModeFile(0), "smart debugMode=0\n");
    assert.equal(
      breakGlassModeFile("2026-10-01T12:00:00Z", 5),
      "breakGlass debugMode=7 until=2026-10-01T12:00:00Z afterwards=5\n",
    );
  });

  it("has its expiry in whole seconds of UTC, never later than requested, in a format that sorts as text", () => {
    const time = fc.date({ min: new Date("2000-01-01Z"), max: new Date("9999-12-31Z"), noInvalidDate: true });
    fc.assert(
      fc.property(time, time, (one, other) => {
        assert.match(isoSeconds(one), /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
        const late = one.getTime() - Date.parse(isoSeconds(one));
        assert.ok(late >= 0 && late < 1000);
        assert.equal(
          isoSeconds(one) < isoSeconds(other),
          Math.floor(one.getTime() / 1000) < Math.floor(other.getTime() / 1000),
        );
      }),
    );
  });
});
