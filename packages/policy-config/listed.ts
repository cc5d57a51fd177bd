/** How many names a sentence lists. */
const NAMES = 4;

/** Names in a sentence; of many, the first ones and how many more there are. */
export function listed(names: readonly string[]): string {
  const rest = names.length - NAMES;
  return rest > 1 ? `${names.slice(0, NAMES).join(", ")} and ${rest} more` : names.join(", ");
}
