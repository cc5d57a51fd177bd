import { z } from "zod";
import { CONFIG_NAMESPACE } from "../../infra/config/parse-stack.ts";
import { stackSchema } from "../../infra/config/schema/stack.ts";
import { plainText } from "./markdown.ts";

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** The JSON schema of each key of a stack, by its name, as an editor reads it. */
export function keySchemas(): Readonly<Record<string, JsonSchema>> {
  const { properties = {} } = z.toJSONSchema(stackSchema, {
    target: "draft-7",
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      delete jsonSchema.shape;
      delete jsonSchema.keys;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.description !== undefined) jsonSchema.description = plainText(jsonSchema.description);
      if (zodSchema instanceof z.ZodPipe) Object.assign(jsonSchema, digits(zodSchema.out));
    },
  });
  return properties as Record<string, JsonSchema>;
}

/** What is text for the program, and may be written as a number in YAML. */
function digits(text: z.core.$ZodType): JsonSchema {
  const { pattern } = z.toJSONSchema(text);
  return { type: ["string", "integer"], ...(pattern === undefined ? {} : { pattern }) };
}

/**
 * stacks/stack.schema.json: Pulumi's form of a stack file, with the keys of this program under `config`. A key carries the
 * project's name or not, as Pulumi takes it; the keys of other namespaces are not validated.
 */
export function stackFileSchema(): object {
  const schemas = Object.entries(keySchemas());
  const references = schemas.flatMap(([key]) => {
    const reference = { $ref: `#/definitions/${key}` };
    return [
      [`${CONFIG_NAMESPACE}:${key}`, reference],
      [key, reference],
    ] as const;
  });
  const required = ["layers", `${CONFIG_NAMESPACE}:layers`].map((key) => ({ required: [key] }));
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: `Stack file of ${CONFIG_NAMESPACE}`,
    type: "object",
    required: ["config"],
    properties: {
      config: {
        type: "object",
        properties: Object.fromEntries(references),
        patternProperties: { [`^(?!${CONFIG_NAMESPACE}:)[^:]+:`]: {} },
        additionalProperties: false,
        anyOf: required,
      },
      secretsprovider: { type: "string", description: "The provider that encrypts the stack's secrets." },
      encryptedkey: { type: "string", description: "Written by Pulumi." },
      encryptionsalt: { type: "string", description: "Written by Pulumi." },
      environment: { description: "Environments of Pulumi ESC." },
    },
    additionalProperties: false,
    definitions: Object.fromEntries(schemas.map(([key, schema]) => [key, asPulumiWrites(schema)])),
  };
}

/** `pulumi config set` writes a truth value as text. */
function asPulumiWrites(schema: JsonSchema): JsonSchema {
  if (schema.type !== "boolean") return schema;
  return { ...schema, type: ["boolean", "string"], enum: [true, false, "true", "false"] };
}
