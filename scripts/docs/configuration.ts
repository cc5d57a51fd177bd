import { attestationSchema } from "../../infra/config/schema/attestations.ts";
import { stackSchema } from "../../infra/config/schema/stack.ts";
import { type ConfigKey, configKeys } from "./configuration-keys.ts";
import { generatedPart, table } from "./markdown.ts";

const HEAD = ["Key", "Shape", "Default", "Meaning"];
const ATTESTATIONS = "of an attestation";

/**
 * docs/configuration.md: its tables of keys, from the schema of the stack file; the text between them is kept. A table
 * stands between the comments `generated: KEY KEY …` and `end of generated`.
 *
 * @param page the document as it is
 * @throws Error when a key is in no table, or in two.
 */
export function configurationPage(page: string): string {
  const keys = configKeys(stackSchema);
  const shown: string[] = [];
  const written = page.replace(generatedPart("([\\w ]+)"), (_, start: string, names: string, end: string) => {
    if (names === ATTESTATIONS) return marked(start, configKeys(attestationSchema), end);
    const roots = names.split(" ");
    shown.push(...roots);
    const rows = roots.flatMap((root) => keys.filter(({ path }) => rootOf(path) === root));
    return marked(start, rows, end);
  });
  const roots = Object.keys(stackSchema.shape);
  if (shown.toSorted().join() !== roots.toSorted().join()) {
    throw new Error(`docs/configuration.md must show each key once: ${difference(shown, roots)}`);
  }
  return written;
}

function rootOf(path: string): string {
  return /^\w+/.exec(path)?.[0] ?? "";
}

function marked(start: string, keys: readonly ConfigKey[], end: string): string {
  const rows = keys.map(({ path, shape, byDefault, description }) => [
    `\`${path}\``,
    shape,
    byDefault,
    description,
  ]);
  return `${start}\n${table(HEAD, rows)}\n\n${end}`;
}

function difference(shown: readonly string[], roots: readonly string[]): string {
  const wrong = [...roots, ...shown].filter(
    (name) => !roots.includes(name) || shown.filter((one) => one === name).length !== 1,
  );
  return [...new Set(wrong)].join(", ");
}
