import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { answerBatch, type BatchAnswer } from "../../packages/cilium-access/query/query-batch.ts";
import { type Version, VERSIONS } from "../../packages/cilium-access/options.ts";
import type { Batch } from "./batch.ts";
import { type Oracle, oraclesOrSkip } from "./oracle.ts";

/** Where our engine once differed from Cilium's, as small as it gets. */
interface Regression extends Batch {
  /** What it is about, as the end of a sentence: "it decides …". */
  readonly why: string;
  /** What Cilium says: the policies that it refuses, and a verdict for each query. */
  readonly cilium: Readonly<Record<Version, Answer>> & { readonly "1.16.0"?: Answer };
  /** Queries, by number, that ours leaves open in 1.16. */
  readonly open?: readonly number[];
}

interface Answer {
  readonly refused: readonly string[];
  readonly verdicts: readonly string[];
}

const DIRECTORY = join(import.meta.dirname, "regressions");

const regressions = readdirSync(DIRECTORY).map((file) => {
  const content = JSON.parse(readFileSync(join(DIRECTORY, file), "utf8")) as Regression;
  const { why, cilium, open = [], ...batch } = content;
  return { name: file.replace(/\.json$/, ""), why, cilium, open, batch };
});

function inShort({ refused, verdicts }: BatchAnswer): Answer {
  return { refused: refused.map(({ policy }) => policy), verdicts };
}

describe("Where access once differed from Cilium, it decides", () => {
  for (const { name, why, batch, cilium, open } of regressions) {
    it(`${why} (${name})`, () => {
      for (const version of VERSIONS) {
        const { refused, verdicts } = cilium[version];
        const expected = verdicts.map((verdict, index) =>
          version === "1.16" && open.includes(index) ? "undecided" : verdict,
        );
        const ours = inShort(answerBatch(batch, { version }));
        assert.deepEqual(ours, { refused, verdicts: expected }, `Cilium ${version}`);
      }
    });
  }
});

describe("Where 1.16.0 differs from later releases, access decides", () => {
  for (const { name, why, batch, cilium } of regressions) {
    const expected = cilium["1.16.0"];
    if (expected === undefined) continue;
    it(`${why} (${name})`, () => {
      assert.deepEqual(inShort(answerBatch(batch, { version: "1.16", firstPatch: true })), expected);
    });
  }
});

describe("Where access once differed from Cilium, Cilium itself decides", function () {
  let oracles: Oracle[] = [];
  before(async function () {
    oracles = await oraclesOrSkip(this);
  });
  after(() => Promise.all(oracles.map((oracle) => oracle.stop())));

  it("as is written down", async () => {
    for (const oracle of oracles) {
      for (const { name, batch, cilium } of regressions) {
        assert.deepEqual(
          inShort(await oracle.ask(batch)),
          cilium[oracle.version],
          `${name}, ${oracle.version}`,
        );
      }
    }
  });
});
