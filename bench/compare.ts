import { median } from "./median.ts";

/** Contestants measured in turn, round by round, and held against the first of them. */

/** What one run took. */
export interface Sample {
  readonly seconds: number;
  /** The most memory that its processes held together; undefined where the system does not tell. */
  readonly peakMib: number | undefined;
}

/** The samples of each contestant by its name, in the order of the rounds. */
export type Results = ReadonlyMap<string, readonly Sample[]>;

/**
 * Measures every contestant once a round.
 *
 * @param what told of each round that has ended
 */
export async function compareInTurn<Contestant extends { readonly name: string }>(
  contestants: readonly Contestant[],
  rounds: number,
  what: string,
  measure: (contestant: Contestant) => Promise<Sample>,
): Promise<Results> {
  // One round is not counted: it brings the files into memory, for everybody alike.
  for (const contestant of contestants) await measure(contestant);
  const results = new Map(contestants.map(({ name }) => [name, [] as Sample[]]));
  for (let round = 0; round < rounds; round += 1) {
    for (const contestant of contestants) results.get(contestant.name)?.push(await measure(contestant));
    console.log(`round ${round + 1} of ${rounds}, ${what}`);
  }
  return results;
}

/** Prints what each took, and its ratio to the first. */
export function printResults(results: Results, what: string): void {
  const [first = []] = results.values();
  console.log(`\nmedians of ${first.length} rounds, in turn`);
  console.log(`ratio   seconds  peak MiB  ${what}`);
  for (const [name, own] of results) {
    const ratio = ratioOf(own, first);
    const seconds = median(own.map((sample) => sample.seconds));
    const peak = median(own.map(({ peakMib }) => peakMib ?? NaN));
    const memory = Number.isNaN(peak) ? "-" : String(peak);
    console.log(
      `${ratio.toFixed(2).padStart(5)}  ${seconds.toFixed(2).padStart(8)}  ${memory.padStart(8)}  ${name}`,
    );
  }
}

/** The median of the ratios round by round, which a machine that is busy for a while does not change. */
export function ratioOf(one: readonly Sample[], other: readonly Sample[]): number {
  return median(one.map(({ seconds }, round) => seconds / (other[round]?.seconds ?? NaN)));
}
