import assert from "node:assert/strict";
import { z } from "zod";
import { stackSchema } from "../../infra/config/schema/stack.ts";
import { ROLES } from "../../infra/config/schema/projects.ts";
import { attestationSchema } from "../../infra/config/schema/attestations.ts";
import { read, tableRows } from "./documents.ts";

/** A key of the schema, and its default as docs/configuration.md writes it. */
interface Key {
  readonly path: string;
  readonly byDefault: string;
}

/** The schema within optional, default and preprocessing wrappers, and what holds where the value is left out. */
function unwrap(schema: z.core.$ZodType): { readonly bare: z.core.$ZodType; readonly byDefault: string } {
  if (schema instanceof z.ZodOptional) return { ...unwrap(schema.unwrap()), byDefault: "none" };
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return { ...unwrap(schema.unwrap()), byDefault: inWords(schema.def.defaultValue) };
  }
  if (schema instanceof z.ZodNonOptional) return { ...unwrap(schema.unwrap()), byDefault: "required" };
  if (schema instanceof z.ZodPipe) return unwrap(schema.out);
  return { bare: schema, byDefault: "required" };
}

function inWords(value: unknown): string {
  const text = typeof value === "string" && value !== "" ? value : JSON.stringify(value);
  return `\`${text}\``;
}

/** Every key of a schema, at every depth; `[]` stands for each item of a list, `<name>` for each name of a record. */
function keysOf(schema: z.core.$ZodType, path: string): Key[] {
  const { bare } = unwrap(schema);
  if (bare instanceof z.ZodArray) return keysOf(bare.element, `${path}[]`);
  if (bare instanceof z.ZodRecord) return keysOf(bare.valueType, `${path}.<name>`);
  if (!(bare instanceof z.ZodObject)) return [];
  const shape: Readonly<Record<string, z.core.$ZodType>> = bare.shape;
  return Object.entries(shape).flatMap(([name, part]) => {
    const at = path === "" ? name : `${path}.${name}`;
    return [{ path: at, byDefault: unwrap(part).byDefault }, ...keysOf(part, at)];
  });
}

/** The roles have the same keys, which the document gives once. */
function withoutRoles({ path, byDefault }: Key): Key {
  return {
    path: path.replace(new RegExp(`^projects\\.(?:${ROLES.join("|")})\\b`), "projects.<role>"),
    byDefault,
  };
}

const document = read("docs/configuration.md");
const documented = new Map(
  tableRows(document)
    .filter((cells) => cells.length === 4 && cells[0] !== "Key")
    .map(([key, , byDefault]) => [key?.replaceAll("`", ""), byDefault]),
);
const keys = new Map(
  keysOf(stackSchema, "")
    .map(withoutRoles)
    .map(({ path, byDefault }) => [path, byDefault]),
);

describe("docs/configuration.md", () => {
  it("gives every key of a stack with its default", () => {
    assert.ok(keys.size > 140, "the schema was not walked");
    for (const [path, byDefault] of keys) assert.equal(documented.get(path), byDefault, path);
  });

  it("gives no key that a stack does not have", () => {
    assert.deepEqual(
      [...documented.keys()].filter((path) => path === undefined || !keys.has(path)),
      [],
    );
  });

  it("gives every key of an attestation", () => {
    const [, paragraph = ""] = /^(The attestations' file .*)$/m.exec(document) ?? [];
    for (const key of Object.keys(attestationSchema.shape)) assert.ok(paragraph.includes(`\`${key}\``), key);
  });
});
