import assert from "node:assert/strict";
import { compare, differs, Tally } from "./differences.ts";
import { examplesOf } from "./examples.ts";
import { type Oracle, oraclesOrSkip } from "./oracle.ts";
import { batchAbout } from "./workloads.ts";

describe("On Cilium's example policies, access decides as Cilium does", function () {
  this.timeout(300_000);
  let oracles: Oracle[] = [];
  before(async function () {
    oracles = await oraclesOrSkip(this);
  });
  after(() => Promise.all(oracles.map((oracle) => oracle.stop())));

  it("about each file's policies, for pods that they speak of and others", async () => {
    for (const oracle of oracles) {
      const examples = await examplesOf(oracle.version);
      assert.ok(examples.length > 50);
      const tally = new Tally();
      for (const { file, policies } of examples) {
        const batch = batchAbout(policies);
        const comparison = await compare(oracle, batch);
        tally.add(batch, comparison);
        assert.equal(
          differs(comparison),
          false,
          `${file}: ${JSON.stringify(firstOf(batch.queries, comparison))}`,
        );
      }
      console.log(`      Cilium ${oracle.version}, ${examples.length} files: ${String(tally)}`);
    }
  });

  it("about all of them together", async () => {
    for (const oracle of oracles) {
      const examples = await examplesOf(oracle.version);
      const policies = examples.flatMap((example, index) =>
        example.policies.map((policy) => renamed(policy, `example-${index}`)),
      );
      const batch = batchAbout(policies, 20_000);
      const comparison = await compare(oracle, batch);
      assert.equal(differs(comparison), false, JSON.stringify(firstOf(batch.queries, comparison)));
      assert.ok(comparison.undecided < batch.queries.length / 100);
    }
  });
});

function firstOf(
  queries: readonly object[],
  { refusals, verdicts, ours, ciliums }: Awaited<ReturnType<typeof compare>>,
) {
  const [index = 0] = verdicts;
  return {
    refusals,
    query: queries[index],
    ours: ours.verdicts[index],
    ciliums: ciliums.verdicts[index],
    said: [ours.refused, ciliums.refused],
  };
}

function renamed(policy: object, name: string): object {
  const { metadata } = policy as { metadata: { name: string } };
  return { ...policy, metadata: { ...metadata, name: `${name}-${metadata.name}` } };
}
