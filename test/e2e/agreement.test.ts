import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Observation } from "../../preview/observation.ts";
import type { Toolchain } from "../../preview/toolchain.ts";
import { toolchainOrSkip } from "../toolchain.ts";
import { BY_DESIGN } from "./agreement/by-design.ts";
import { inputDifferences, structureOf } from "./agreement/compare.ts";
import { subjects } from "./agreement/subject.ts";
import { byEmbedded, byEngine, type View } from "./agreement/views.ts";

/** What a report tells of resources and violations, in an order that does not depend on who was faster. */
function told({ resources, violations }: Observation) {
  const facts = resources.map(({ urn, type, parent, provider, operation }) => ({
    urn,
    type,
    parent,
    provider,
    operation,
  }));
  return {
    resources: facts.sort((a, b) => (a.urn < b.urn ? -1 : 1)),
    violations: violations
      .map(({ guardrail, urn, enforcement, message, severity }) =>
        JSON.stringify([guardrail, urn, enforcement, message.trim(), severity]),
      )
      .sort(),
  };
}

const dir = await mkdtemp(join(tmpdir(), "attested-fhir-subjects-"));
const all = await subjects(dir);

describe("Embedded mode and Pulumi's engine", function () {
  this.timeout(180_000);
  const used = new Set<string>();
  let tools: Toolchain;

  before(async function () {
    tools = await toolchainOrSkip(this);
  });
  after(() => rm(dir, { recursive: true }));

  for (const subject of all) {
    describe(`see in ${subject.title}`, () => {
      let [engine, embedded] = [undefined, undefined] as unknown as [View, View];
      before(async () => {
        engine = await byEngine(subject, tools);
        embedded = await byEmbedded(subject);
      });

      it("the same resources and the same violations", () => {
        assert.deepEqual(told(embedded.observation), told(engine.observation));
      });

      it("the same parents, providers, options and dependencies", () => {
        assert.deepEqual(structureOf(embedded), structureOf(engine));
      });

      it("the same inputs, but for what differs by design", () => {
        const differences = inputDifferences(engine, embedded);
        const faults = differences.filter((difference) => !BY_DESIGN.some(({ covers }) => covers(difference)));
        assert.deepEqual(faults, []);
        for (const { because, covers } of BY_DESIGN) if (differences.some(covers)) used.add(because);
      });
    });
  }

  it("differ by design in nothing that does not happen", () => {
    assert.deepEqual(
      BY_DESIGN.map(({ because }) => because).filter((because) => !used.has(because)),
      [],
    );
  });
});
