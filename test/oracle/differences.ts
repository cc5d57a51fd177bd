import {
  answerBatch,
  type BatchAnswer,
  type BatchVerdict,
} from "../../packages/cilium-access/query/query-batch.ts";
import type { Batch } from "./batch.ts";
import type { Oracle } from "./oracle.ts";

/** What two engines say of one batch, and where they differ. */
export interface Comparison {
  readonly ours: BatchAnswer;
  readonly ciliums: BatchAnswer;
  /** Policies that one refuses and the other does not. */
  readonly refusals: readonly string[];
  /** Queries, by number, that are answered otherwise. */
  readonly verdicts: readonly number[];
  /** How many queries Cilium decides, and we do not. */
  readonly undecided: number;
}

/** Asks both engines. An undecided verdict of ours is not a difference: the caller must count it. */
export async function compare(oracle: Oracle, batch: Batch): Promise<Comparison> {
  const asked = oracle.ask(batch);
  const ours = answerBatch(batch, { version: oracle.version });
  return differencesOf(ours, await asked);
}

/** Where two answers to one batch differ. */
export function differencesOf(ours: BatchAnswer, ciliums: BatchAnswer): Comparison {
  const refused = (answer: BatchAnswer) => new Set(answer.refused.map(({ policy }) => policy));
  const differ = ciliums.verdicts.flatMap((verdict, index) =>
    verdict === ours.verdicts[index] ? [] : [index],
  );
  const open = differ.filter((index) => ours.verdicts[index] === "undecided");
  return {
    ours,
    ciliums,
    refusals: [...refused(ours).symmetricDifference(refused(ciliums))],
    verdicts: differ.filter((index) => !open.includes(index)),
    undecided: open.length,
  };
}

/** Whether two engines differ, in a verdict or in what they refuse. */
export function differs({ refusals, verdicts }: Comparison): boolean {
  return refusals.length > 0 || verdicts.length > 0;
}

/** How often each verdict of Cilium's was given, and how often ours left open what Cilium decides. */
export class Tally {
  readonly verdicts = new Map<BatchVerdict, number>();
  readonly clusters = { all: 0, policies: 0, refused: 0 };
  undecided = 0;

  add(batch: Batch, { ciliums, undecided }: Comparison): void {
    for (const verdict of ciliums.verdicts) this.verdicts.set(verdict, (this.verdicts.get(verdict) ?? 0) + 1);
    this.clusters.all += 1;
    this.clusters.policies += batch.policies.length;
    this.clusters.refused += ciliums.refused.length;
    this.undecided += undecided;
  }

  get decisions(): number {
    return [...this.verdicts.values()].reduce((sum, count) => sum + count, 0);
  }

  toString(): string {
    const { all, policies, refused } = this.clusters;
    const share = (count: number) => `${((100 * count) / Math.max(this.decisions, 1)).toFixed(1)} %`;
    const verdicts = [...this.verdicts].sort().map(([verdict, count]) => `${verdict} ${share(count)}`);
    return [
      `${this.decisions} decisions in ${all} clusters: ${verdicts.join(", ")}`,
      `${policies} policies, ${refused} of them refused`,
      `left open by us alone: ${this.undecided} (${share(this.undecided)})`,
    ].join("; ");
  }
}
