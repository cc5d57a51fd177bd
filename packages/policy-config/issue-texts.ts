import { closest } from "fastest-levenshtein";
import type { z } from "zod";

/** What is wrong with the parameters of a policy, in the words of a message. */

/** A JSON schema, as far as names of fields are found in it. */
export interface FieldSchema {
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly items?: FieldSchema;
}

/** Says what an issue is and where, `attestors[0].name: …`; of an unknown field also which one comes nearest. */
export function issueTexts(issue: z.core.$ZodIssue, schema: FieldSchema): readonly string[] {
  if (issue.code !== "unrecognized_keys") return [`${pathText(issue.path)}: ${issue.message}`];
  const fields = fieldsAt(issue.path, schema);
  return issue.keys.map(
    (key) =>
      `${pathText([...issue.path, key])}: there is no such field. Did you mean ${closest(key, fields)}?`,
  );
}

function fieldsAt(path: readonly PropertyKey[], schema: FieldSchema): readonly string[] {
  let found: FieldSchema | undefined = schema;
  for (const step of path) {
    const properties: FieldSchema["properties"] = found?.properties;
    const name = String(step);
    if (typeof step === "number") found = found?.items;
    else found = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
  }
  return Object.keys(found?.properties ?? {});
}

function pathText(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`));
  return steps.join("").replace(/^\./, "");
}
