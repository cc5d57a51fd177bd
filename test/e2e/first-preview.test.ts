import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { guardrails } from "../../policy-pack/list.ts";
import type { Observation } from "../../preview/report/observation.ts";
import { STACK_NAMES } from "../stack-names.ts";
import { REPOSITORY, toolchainOrSkip } from "../toolchain.ts";
import { subjects } from "./agreement/subject.ts";
import { byEngine } from "./agreement/views.ts";

const dir = mkdtempSync(join(tmpdir(), "attested-fhir-first-preview-"));
const stacks = subjects(dir).filter(
  ({ root, stack }) => root === REPOSITORY && STACK_NAMES.some((name) => name === stack),
);
const mandatory = new Set(
  guardrails.filter(({ enforcement }) => enforcement === "mandatory").map(({ name }) => name),
);

describe("The policies of the pack on the first preview of a stack by Pulumi's engine", function () {
  this.timeout(180_000);
  after(() => rm(dir, { recursive: true }));

  it("are evaluated for every stack of the repository", () => {
    assert.deepEqual(stacks.map(({ stack }) => stack).sort(), [...STACK_NAMES].sort());
  });

  for (const subject of stacks) {
    describe(subject.stack, () => {
      let seen: Observation;
      before(async function () {
        const plugins = subject.stack === "kind" ? {} : { plugins: ["pulumi-resource-gcp"] as const };
        seen = (await byEngine(subject, await toolchainOrSkip(this, plugins))).observation;
      });

      it("are evaluated by the engine at all", () => {
        const informing = seen.violations.map(({ guardrail }) => guardrail);
        assert.ok(informing.includes("declarations-trusted"), informing.join());
      });

      it("decide where values are not known yet, each at its own level", () => {
        for (const { guardrail, message, enforcement } of seen.violations) {
          assert.doesNotMatch(message, /can't run/, `${guardrail}: ${message}`);
          if (mandatory.has(guardrail)) assert.equal(enforcement, "mandatory", guardrail);
        }
      });

      it("find no violation", () => {
        const violations = seen.violations.filter(({ guardrail }) => mandatory.has(guardrail));
        assert.deepEqual(violations, []);
      });
    });
  }
});
