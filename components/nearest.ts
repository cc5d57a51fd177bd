import { distance } from "fastest-levenshtein";

/**
 * The name that was probably meant by another, upper and lower case being the same.
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
