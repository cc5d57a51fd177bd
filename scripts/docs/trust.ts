import { TRUST_PROPERTIES } from "@attested-fhir/policy-config";
import { generatedPart, table } from "./markdown.ts";

/** A JSON schema, as far as a table shows it. */
interface Field {
  readonly description?: string;
  readonly items?: Field;
  readonly properties?: Readonly<Record<string, Field>>;
}

/** docs/trust.md: its table of what can be pinned, from the schema of the policy `trust`; the text around it is kept. */
export function trustPage(page: string): string {
  return page.replace(generatedPart("pins"), (_, start: string, end: string) => {
    const rows = Object.entries(TRUST_PROPERTIES).flatMap(([name, field]) => rowsOf(name, field));
    return `${start}\n${table(["Field", "Holds"], rows)}\n\n${end}`;
  });
}

/** A field, and the fields of its items. */
function rowsOf(path: string, { description = "", items }: Field): readonly (readonly string[])[] {
  const own = [`\`${path}\``, description];
  const inner = Object.entries(items?.properties ?? {});
  return [own, ...inner.flatMap(([name, field]) => rowsOf(`${path}[].${name}`, field))];
}
