import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import type { BatchAnswer } from "../../packages/cilium-access/query/query-batch.ts";
import { REPOSITORY } from "../toolchain.ts";
import { batches } from "./arbitraries/batches.ts";
import type { Batch } from "./batch.ts";
import { compare, differencesOf, differs, Tally } from "./differences.ts";
import { type Oracle, oraclesOrSkip } from "./oracle.ts";
import { reduce } from "./reduce.ts";

/** Of each release. */
const CLUSTERS = 1000;
const QUESTIONS = 40;
/** The share of questions that ours may leave open where Cilium has an answer. */
const OPEN = 0.02;

/** The same clusters at every run, so that results are comparable between changes; ACCESS_SEED selects others. */
const seed = Number(process.env.ACCESS_SEED ?? 1);

describe("On any cluster, access decides as Cilium does", function () {
  this.timeout(300_000);
  let oracles: Oracle[] = [];
  before(async function () {
    oracles = await oraclesOrSkip(this);
  });
  after(() => Promise.all(oracles.map((oracle) => oracle.stop())));

  it(`in ${2 * CLUSTERS * QUESTIONS} decisions, with ACCESS_SEED=${seed}`, async () => {
    for (const oracle of oracles) {
      const tally = new Tally();
      for (const batch of fc.sample(batches(QUESTIONS), { seed, numRuns: CLUSTERS })) {
        const comparison = await compare(oracle, batch);
        tally.add(batch, comparison);
        if (differs(comparison)) assert.fail(await inWords(oracle, batch));
      }
      console.log(`      Cilium ${oracle.version}: ${String(tally)}`);
      assert.equal(tally.decisions, CLUSTERS * QUESTIONS);
      assert.ok(tally.undecided / tally.decisions <= OPEN, "too many questions are left open");
      // None of them is so rare that a wrong one would not be seen.
      for (const verdict of ["allow", "l7-deny", "drop"] as const) {
        assert.ok((tally.verdicts.get(verdict) ?? 0) / tally.decisions > 0.03, `hardly any ${verdict}`);
      }
    }
  });
});

describe("The command line", function () {
  this.timeout(60_000);
  let oracles: Oracle[] = [];
  let directory: string | undefined;
  before(async function () {
    oracles = await oraclesOrSkip(this);
  });
  after(async () => {
    if (directory !== undefined) await rm(directory, { recursive: true, force: true });
    await Promise.all(oracles.map((oracle) => oracle.stop()));
  });

  it("answers a batch in a file as the oracle does", async () => {
    directory = await mkdtemp(join(tmpdir(), "attested-fhir-batch-"));
    const file = join(directory, "batch.json");
    const [batch] = fc.sample(batches(QUESTIONS), { seed, numRuns: 1 });
    assert.ok(batch);
    await writeFile(file, JSON.stringify(batch));
    for (const oracle of oracles) {
      const args = ["preview/commands/access/index.ts", "--batch", file, "--cilium", oracle.version];
      const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: REPOSITORY });
      assert.deepEqual(
        differencesOf(JSON.parse(stdout) as BatchAnswer, await oracle.ask(batch)).verdicts,
        [],
      );
    }
  });
});

async function inWords(oracle: Oracle, batch: Batch): Promise<string> {
  const small = await reduce(batch, async (candidate) => differs(await compare(oracle, candidate)));
  const { ours, ciliums } = await compare(oracle, small);
  const lines = { batch: small, ours, [`Cilium ${oracle.version}`]: ciliums };
  return Object.entries(lines)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join("\n");
}
