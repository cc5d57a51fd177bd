import { parseArgs } from "node:util";
import fc from "fast-check";
import { batches } from "./arbitraries/batches.ts";
import type { Batch } from "./batch.ts";
import { compare, differs, Tally } from "./differences.ts";
import { type Oracle, startOracles } from "./oracle.ts";
import { reduce } from "./reduce.ts";

/**
 * `npm run fuzz:access -- [--decisions N] [--seed N]`: our engine against Cilium's own of each release, on clusters
 * that are hard to think of. Prints how often each verdict was given, and how fast; exit code 1 at the first difference,
 * which it shows as small as it gets.
 */

const CHUNK = 20;
const QUESTIONS = 200;

const { values } = parseArgs({ options: { decisions: { type: "string" }, seed: { type: "string" } } });
const wanted = Number(values.decisions ?? 1_000_000);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);

const oracles = await startOracles();
if (oracles === undefined) throw new Error("This needs Go, to build Cilium's policy engine.");
console.log(`seed ${seed}`);
const tallies = new Map(oracles.map((oracle) => [oracle, new Tally()]));
const started = performance.now();
const different = await search();
const seconds = (performance.now() - started) / 1000;
for (const [{ version }, tally] of tallies) console.log(`Cilium ${version}: ${String(tally)}`);
console.log(
  `${decided()} decisions, ${(decided() / seconds).toFixed(0)} a second with all that is generated`,
);
if (different !== undefined) {
  await report(...different);
  process.exitCode = 1;
}
await Promise.all(oracles.map((oracle) => oracle.stop()));

async function search(): Promise<[Oracle, Batch] | undefined> {
  for (let chunk = 0; decided() < wanted; chunk += 1) {
    for (const batch of fc.sample(batches(QUESTIONS), { seed: seedOf(chunk), numRuns: CHUNK })) {
      for (const [oracle, tally] of tallies) {
        const comparison = await compare(oracle, batch);
        tally.add(batch, comparison);
        if (differs(comparison)) return [oracle, batch];
      }
    }
  }
  return undefined;
}

/** Far apart, so that runs with seeds in a row do not ask about the same clusters. */
function seedOf(chunk: number): number {
  return (Math.imul(seed, 0x9e3779b1) + chunk) | 0;
}

function decided(): number {
  return [...tallies.values()].reduce((sum, tally) => sum + tally.decisions, 0);
}

/** What a file in `regressions/` needs, but for the end of the sentence. */
async function report(oracle: Oracle, batch: Batch): Promise<void> {
  const small = await reduce(batch, async (candidate) => differs(await compare(oracle, candidate)));
  const { ours } = await compare(oracle, small);
  const cilium: Record<string, unknown> = {};
  for (const each of tallies.keys()) {
    const { refused, verdicts } = await each.ask(small);
    cilium[each.version] = { refused: refused.map(({ policy }) => policy), verdicts };
  }
  console.log(`A difference from Cilium ${oracle.version}. Ours: ${JSON.stringify(ours)}. As a regression:`);
  console.log(JSON.stringify({ why: "…", ...small, cilium }, undefined, 1));
}
