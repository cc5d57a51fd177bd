import { distance } from "fastest-levenshtein";

/**
 * The known name that is nearest to a given one, regardless of case.
 *
 * @returns undefined where every known name is more than a third of the given one away, and more than two characters
 */
export function nearest(given: string, known: readonly string[]): string | undefined {
  const allowed = Math.max(2, given.length / 3);
  const [first] = known
    .map((name) => ({ name, away: distance(given.toLowerCase(), name.toLowerCase()) }))
    .filter(({ away }) => away <= allowed)
    .sort((one, other) => one.away - other.away);
  return first?.name;
}
