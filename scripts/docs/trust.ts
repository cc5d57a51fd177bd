import { EXEMPTIONS_PROPERTIES, SELECTION_PROPERTIES, TRUST_PROPERTIES } from "@attested-fhir/policy-config";
import { generatedPart, table } from "./markdown.ts";

/** A JSON schema, as far as a table shows it. */
interface Field {
  readonly description?: string;
  readonly items?: Field;
  readonly properties?: Readonly<Record<string, Field>>;
}

/** The tables, by the comments that they stand between: the parameters of a policy. */
const TABLES = {
  pins: TRUST_PROPERTIES,
  exemptions: EXEMPTIONS_PROPERTIES,
  selection: SELECTION_PROPERTIES,
};

/** docs/trust.md: its tables of what the configuration may hold, from the schema of policies; the text between is kept. */
export function trustPage(page: string): string {
  return Object.entries(TABLES).reduce(
    (text, [name, properties]) =>
      text.replace(generatedPart(name), (_, start: string, end: string) => {
        const rows = Object.entries(properties).flatMap(([field, schema]) => rowsOf(field, schema));
        return `${start}\n${table(["Field", "Holds"], rows)}\n\n${end}`;
      }),
    page,
  );
}

/** A field, and the fields of its items. */
function rowsOf(path: string, { description = "", items }: Field): readonly (readonly string[])[] {
  const own = [`\`${path}\``, description];
  const inner = Object.entries(items?.properties ?? {});
  return [own, ...inner.flatMap(([name, field]) => rowsOf(`${path}[].${name}`, field))];
}
