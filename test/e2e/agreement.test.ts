import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Observation } from "../../preview/report/observation.ts";
import { UserError } from "../../preview/user-error.ts";
import { SECRET_PLACEHOLDER } from "../../preview/project/stack-file.ts";
import type { Toolchain } from "../../preview/toolchain/find-toolchain.ts";
import { toolchainOrSkip } from "../toolchain.ts";
import { BY_DESIGN } from "./agreement/by-design.ts";
import { inputDifferences, structureOf } from "./agreement/compare.ts";
import { subjects } from "./agreement/subject.ts";
import { byEmbedded, byEngine, type View } from "./agreement/views.ts";

/** The resources and violations of an observation, in an order that does not depend on timing. */
function summary({ resources, violations }: Observation) {
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
        JSON.stringify([guardrail, urn, enforcement, unmasked(message), severity]),
      )
      .sort(),
  };
}

/** The engine masks what is secret in the stack's configuration, and that is a placeholder in both modes. */
function unmasked(message: string): string {
  return message.trim().replaceAll(`[${SECRET_PLACEHOLDER}]`, SECRET_PLACEHOLDER);
}

/**
 * Faults of test/preview/fixtures/faults. Where a program only leaves, the engine tells its exit code, and embedded mode
 * also what the program wrote last.
 */
const SAME_WORDS = [
  "throws",
  "throws no error",
  "throws in an apply",
  "rejects a promise that is not awaited",
  "throws a run error",
  "throws a resource error",
  "logs an error",
  "gives one name twice",
  "names a provider that is none",
  "leaves a provider to Pulumi",
  "leaves a provider to Pulumi in a read",
  "leaves a provider to Pulumi in a call",
  "has a transform that throws",
  "has a transform of calls that throws",
  "gives a time that is none",
  "gives variables to what is no provider",
  "asks for a resource that is not there",
  "has a type of one part",
  "has a parent that is not there",
] as const;

function usesGoogle({ observation }: View): boolean {
  return observation.resources.some(({ type }) => type === "pulumi:providers:gcp");
}

const dir = mkdtempSync(join(tmpdir(), "attested-fhir-subjects-"));
const all = subjects(dir);

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
      before(async function () {
        embedded = await byEmbedded(subject);
        if (usesGoogle(embedded)) await toolchainOrSkip(this, { plugins: ["pulumi-resource-gcp"] });
        engine = await byEngine(subject, tools);
      });

      it("the same resources and the same violations", () => {
        assert.deepEqual(summary(embedded.observation), summary(engine.observation));
      });

      it("the same parents, providers, options and dependencies", () => {
        assert.deepEqual(structureOf(embedded), structureOf(engine));
      });

      it("the same inputs, but for what differs by design", () => {
        const differences = inputDifferences(engine, embedded);
        const faults = differences.filter(
          (difference) => !BY_DESIGN.some(({ covers }) => covers(difference)),
        );
        assert.deepEqual(faults, []);
        for (const { because, covers } of BY_DESIGN) if (differences.some(covers)) used.add(because);
      });
    });
  }

  describe("differ by design", () => {
    it("in nothing that does not happen", async function () {
      await toolchainOrSkip(this, { plugins: ["pulumi-resource-gcp"] });
      assert.deepEqual(
        BY_DESIGN.map(({ because }) => because).filter((because) => !used.has(because)),
        [],
      );
    });
  });

  describe("refuse in the same words a program that", () => {
    const faulty = all.find(({ project }) => project === "faults") ?? assert.fail();
    for (const fault of SAME_WORDS) {
      it(fault, async () => {
        const subject = { ...faulty, stackFile: JSON.stringify({ config: { "faults:fault": fault } }) };
        const by = async (preview: Promise<View>) => {
          const problem = await preview.then(
            () => undefined,
            (error: unknown) => error,
          );
          assert.ok(problem instanceof UserError, String(problem));
          return problem.message;
        };
        assert.equal(await by(byEmbedded(subject)), await by(byEngine(subject, tools)));
      });
    }
  });
});
