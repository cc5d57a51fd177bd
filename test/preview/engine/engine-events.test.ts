import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type EngineEnd,
  type EngineEvent,
  EngineLog,
  stripErrorPreamble,
  parseEvent,
} from "../../../preview/engine/engine-events.ts";
import type { Observation, ObservedResource } from "../../../preview/report/observation.ts";
import { UserError } from "../../../preview/user-error.ts";
import { GOOGLE, STACK, urn } from "../observations.ts";

const RING = urn("gcp:kms/keyRing:KeyRing", "ring");
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

type Step = NonNullable<EngineEvent["resourcePreEvent"]>["metadata"];

function seen(events: readonly EngineEvent[], end: Partial<EngineEnd> = {}): Observation {
  const log = new EngineLog();
  for (const event of events) log.take(event);
  return log.result({ exitCode: 0, stderr: "", policyPacks: 0, ...end });
}

function step(op: string, more: Partial<Step> = {}): EngineEvent {
  return {
    resourcePreEvent: { metadata: { op, urn: RING, type: "gcp:kms/keyRing:KeyRing", new: state(), ...more } },
  };
}

function state(inputs = {}, more = {}) {
  return { parent: STACK, provider: `${GOOGLE}::${UNKNOWN}`, inputs, ...more };
}

function ring(...steps: EngineEvent[]): ObservedResource | undefined {
  const { resources } = seen(steps);
  assert.equal(resources.length, 1);
  return resources[0];
}

function says(severity: string, message: string, more = {}): EngineEvent {
  return { diagnosticEvent: { severity, message, ...more } };
}

const violated: EngineEvent = {
  policyEvent: { policyName: "small", enforcementLevel: "mandatory", message: "Too big.", resourceUrn: RING },
};
const begun: EngineEvent = { preludeEvent: {} };

function failure(events: readonly EngineEvent[], end: Partial<EngineEnd> = {}): string {
  try {
    seen(events, end);
  } catch (error) {
    assert.ok(error instanceof UserError);
    return error.message;
  }
  return assert.fail("it did not fail");
}

describe("The engine's events", () => {
  it("tell a resource with what is known of it", () => {
    const inputs = { project: "kms-project", key: UNKNOWN, token: "[secret]" };
    assert.deepEqual(ring(step("create", { new: state(inputs) })), {
      urn: RING,
      type: "gcp:kms/keyRing:KeyRing",
      parent: STACK,
      provider: GOOGLE,
      operation: "create",
      changes: [],
      replacedFor: [],
      retained: false,
      inputs: { project: "kms-project" },
    });
  });

  it("tell the changed properties as precisely as the provider does", () => {
    const old = state({ a: 1, b: { c: 2 }, d: 3, __defaults: [] });
    const after = state({ a: 1, b: { c: 4 }, e: 5, __defaults: ["x"] });
    const changed = (more: Partial<Step>) =>
      ring(step("update", { old, new: after, ...more }))?.changes.map(({ path }) => path);
    assert.deepEqual(changed({ detailedDiff: { "b.c": { diffKind: "update" } }, diffs: ["b"] }), ["b.c"]);
    assert.deepEqual(changed({ detailedDiff: null, diffs: ["b", "__meta"] }), ["b"]);
    assert.deepEqual(changed({ detailedDiff: {}, diffs: null }), ["b", "d", "e"]);
  });

  it("tell a replacement once, in whatever steps it comes", () => {
    const [old, after] = [state({ place: "left" }), state({ place: "right" })];
    const steps = [
      step("create-replacement", { diffs: ["place"], keys: ["place"], old, new: after }),
      step("replace", { diffs: ["place"], keys: ["place"], old, new: after }),
      step("delete-replaced", { diffs: ["place"], new: null, old }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(steps, { minLength: 3 }), (shuffled) => {
        const { operation, changes, replacedFor, inputs, before } = ring(...shuffled) ?? {};
        assert.deepEqual(
          { operation, changes, replacedFor, inputs, before },
          {
            operation: "replace",
            changes: [{ path: "place", old: '"left"', new: '"right"' }],
            replacedFor: ["place"],
            inputs: { place: "right" },
            before: { place: "left" },
          },
        );
      }),
    );
  });

  it("tell what comes after a refresh, or that nothing does", () => {
    assert.equal(ring(step("refresh"), step("update"))?.operation, "update");
    assert.equal(ring(step("refresh"), step("same"))?.operation, "same");
    assert.equal(ring(step("refresh"))?.operation, "same");
  });

  it("tell a deletion that leaves the real thing from one that does not, and from the end of a replacement", () => {
    const deleted = (old: object) => ring(step("delete", { new: null, old: state({}, old) }));
    assert.deepEqual([deleted({})?.operation, deleted({})?.retained], ["delete", false]);
    assert.deepEqual(
      [deleted({ retainOnDelete: true })?.operation, deleted({ retainOnDelete: true })?.retained],
      ["delete", true],
    );
    assert.equal(deleted({ delete: true })?.operation, "replace");
  });

  it("are refused when an operation is not known here", () => {
    assert.throws(
      () => seen([step("levitate")]),
      new UserError(
        'ring: unknown engine operation "levitate": this release of attested-fhir does not support this Pulumi CLI.',
      ),
    );
  });

  it("tell warnings, but not where plugins were found", () => {
    const { warnings } = seen([
      says("warning", "using pulumi-resource-gcp from $PATH at /tools/pulumi-resource-gcp\n"),
      says("warning", "passing\n", { ephemeral: true }),
      says("warning", "careful\n", { urn: RING }),
      says("info", "hello\n"),
      says("debug", "noise\n"),
    ]);
    assert.deepEqual(warnings, [{ urn: RING, message: "careful" }]);
  });

  it("tell every violation, though the engine fails because of a mandatory one", () => {
    const advised = { policyName: "left", enforcementLevel: "advisory", message: "Right.", severity: "low" };
    const events = [begun, violated, { policyEvent: advised }, says("error", "preview failed\n")];
    assert.deepEqual(seen(events, { exitCode: 1 }).violations, [
      { guardrail: "small", urn: RING, enforcement: "mandatory", message: "Too big." },
      { guardrail: "left", enforcement: "advisory", message: "Right.", severity: "low" },
    ]);
  });
});

describe("A failed preview", () => {
  it("is told in the program's own words, once each", () => {
    const thrown =
      "Running program '/app/index.ts' failed with an unhandled exception:\nError: no key\n    at a (/app/b.ts:1:2)\n";
    assert.equal(failure([begun, says("error", thrown), says("error", thrown)], { exitCode: 1 }), "no key");
    assert.equal(
      failure([begun, says("error", "bad location\n", { urn: RING }), violated], { exitCode: 1 }),
      "ring: bad location",
    );
  });

  it("is told in the CLI's words when it did not come to the program", () => {
    const stderr = "error: no stack named 'dev' found\n";
    assert.equal(failure([], { exitCode: 6, stderr }), "no stack named 'dev' found");
    assert.equal(
      failure([begun], { exitCode: 255 }),
      "The engine stopped with exit code 255 and gave no reason.",
    );
    assert.equal(
      failure([begun], { exitCode: null }),
      "The engine stopped with exit code none and gave no reason.",
    );
  });

  it("is one whose policy pack did not load, even when the engine is content", () => {
    const wrote = (message: string) => says("info#err", `${message}\n\n`);
    const events = [
      wrote("(node:1) Warning: something else"),
      wrote("error: [runtime] Running program '/pack' failed with an unhandled exception:"),
      wrote("    Error: the list is torn"),
      wrote("    at file:///pack/index.ts:1:2"),
      begun,
    ];
    const ok = { summaryEvent: { PolicyPacks: { pack: "1" } } };
    assert.equal(
      failure([...events, ok], { policyPacks: 1 }),
      "The policy pack failed to load: the list is torn",
    );
    assert.equal(
      failure([...events, ok, violated], { policyPacks: 1, exitCode: 1 }),
      "The policy pack failed to load: the list is torn",
    );
    assert.equal(failure([begun, { summaryEvent: {} }], { policyPacks: 1 }), "The policy pack did not run.");
    assert.deepEqual(seen([begun, ok], { policyPacks: 1 }).violations, []);
  });
});

describe("A program's own words", () => {
  it("leave out the engine's introduction, the class of a plain error and the stack", () => {
    const stack = "    at f (file:///app/index.ts:11:29)\n    at node:internal/modules/esm/loader:647:26";
    const told = "Running program '/it's/index.ts' failed with an unhandled exception:\n";
    assert.equal(stripErrorPreamble(`${told}Error: one\n${stack}\n`), "one");
    assert.equal(
      stripErrorPreamble(
        `${told}<ref *1> Error: one\n  two\n${stack} {\n  promise: Promise { <rejected> [Circular *1] }\n}\n`,
      ),
      "one\n  two",
    );
    assert.equal(stripErrorPreamble(`ResourceError: bad\n${stack} {\n  resource: 1\n}`), "bad");
    assert.equal(
      stripErrorPreamble(`${told}TypeError: x is not a function\n${stack}`),
      "TypeError: x is not a function",
    );
    assert.equal(
      stripErrorPreamble("stacks/Pulumi.dev.yaml: 2 errors\n  a: at least 1\n  b: at (x)\n"),
      "stacks/Pulumi.dev.yaml: 2 errors\n  a: at least 1\n  b: at (x)",
    );
  });

  it("are all there when there is no stack", () => {
    const words = fc.stringMatching(/^[a-z][a-z .:()\n]*[a-z]$/).filter((text) => !/^\s*at /m.test(text));
    fc.assert(
      fc.property(words, (text) => {
        assert.equal(stripErrorPreamble(text), text);
        assert.equal(stripErrorPreamble(`Error: ${text}\n    at f (/app/index.ts:1:2)\n`), text);
      }),
    );
  });
});

describe("A line of the engine's output", () => {
  it("is an event when it is JSON, and anything else is not", () => {
    assert.deepEqual(parseEvent('{"sequence":1,"preludeEvent":{}}'), { sequence: 1, preludeEvent: {} });
    assert.equal(parseEvent("Updating plugins"), undefined);
    assert.throws(() => parseEvent('{"sequence":'), {
      name: "UserError",
      message: /^The engine wrote an invalid event: /,
    });
  });
});
