import assert from "node:assert/strict";
import { z } from "zod";
import { attestationSchema } from "../../../infra/config/schema/attestations.ts";
import { projectNumberSchema, text } from "../../../infra/config/schema/names.ts";
import { stackSchema } from "../../../infra/config/schema/stack.ts";
import { configKeys } from "../../../scripts/docs/configuration-keys.ts";
import { configurationPage } from "../../../scripts/docs/configuration.ts";
import { plainText } from "../../../scripts/docs/markdown.ts";
import { pulumiYaml } from "../../../scripts/docs/pulumi-yaml.ts";

/** The shape of a value, as a table of docs/configuration.md shows it. */
function shape(schema: z.ZodType): string | undefined {
  return configKeys(z.strictObject({ key: schema.describe("A key.") }))[0]?.shape;
}

describe("The keys of a configuration schema", () => {
  it("are found at every depth, with defaults, lists and records", () => {
    const schema = z.strictObject({
      list: z.array(z.strictObject({ name: z.string().describe("A name.") })).describe("A list."),
      inner: z
        .strictObject({ count: z.int().positive().default(3).describe("A count.") })
        .prefault({})
        .describe("An object."),
      byName: z
        .record(z.string(), z.strictObject({ on: z.boolean().describe("A switch.") }))
        .describe("All."),
      absent: z.string().optional().describe("A text."),
      empty: z.string().default("").describe("A text."),
    });
    assert.deepEqual(
      configKeys(schema).map(({ path, byDefault }) => [path, byDefault]),
      [
        ["list", "required"],
        ["list[].name", "required"],
        ["inner", "`{}`"],
        ["inner.count", "`3`"],
        ["byName", "required"],
        ["byName.<name>.on", "required"],
        ["absent", "none"],
        ["empty", '`""`'],
      ],
    );
  });

  it("have a shape that follows from their type", () => {
    const shapes: [z.ZodType, string][] = [
      [z.boolean().default(true), "true or false"],
      [z.int(), "whole number"],
      [z.int().positive().default(1), "whole number, 1 or more"],
      [z.int().min(0).max(6), "whole number, 0 to 6"],
      [z.int().positive().max(100).optional(), "whole number, 1 to 100"],
      [z.string(), "text"],
      [z.string().min(1).max(64), "1 to 64 characters"],
      [z.enum(["A", "B", "C"]), "`A`, `B` or `C`"],
      [z.array(z.enum(["A", "B"])).min(1), "list of `A`, `B`; at least one"],
      [z.array(z.strictObject({})), "list"],
      [z.record(text(/^a$/, "a name: a"), z.string()), "object, by name: name: a"],
      [z.strictObject({}), "object"],
      [text(/^x$/, "a folder: folders/NUMBER, with _ and *"), "folder: `folders/NUMBER`, with `_` and `*`"],
      [text(/^x$/, "the topic").refine(() => true), "topic"],
      [projectNumberSchema, "project number: digits only, as the project's dashboard shows it"],
      [z.string().meta({ shape: "a `shape` of its own" }).optional(), "a `shape` of its own"],
    ];
    for (const [schema, expected] of shapes) assert.equal(shape(schema), expected);
  });

  it("without a description or a shape are an error that names the key", () => {
    const inner = z.strictObject({ a: z.strictObject({ b: z.string() }).describe("A.") });
    assert.throws(() => configKeys(inner), {
      message: "a.b has no description: add .describe() to its schema",
    });
    assert.throws(() => shape(z.date()), { message: "no shape for a schema of type date" });
  });

  it("are more than 140 in a stack file, and list the projects of all roles once", () => {
    const paths = configKeys(stackSchema).map(({ path }) => path);
    assert.ok(paths.length > 140);
    assert.equal(new Set(paths).size, paths.length);
    assert.ok(paths.includes("projects.<role>.create.billingAccount"));
    assert.ok(!paths.some((path) => path.startsWith("projects.kms")));
    assert.deepEqual(
      configKeys(attestationSchema).map(({ path }) => path),
      ["image", "keyId", "payload", "signature"],
    );
  });
});

describe("docs/configuration.md as it is generated", () => {
  const page = (...names: string[]) =>
    names
      .map((name) => `<!-- generated: ${name} -->\nSTALE\n<!-- end of generated -->`)
      .join("\n\nKept.\n\n");
  const all = Object.keys(stackSchema.shape);

  it("has a table between two comments, and keeps the text around it", () => {
    const [first = "", ...rest] = all;
    const text = configurationPage(page(first, rest.join(" "), "of an attestation"));
    assert.ok(!text.includes("STALE"));
    assert.equal(text.split("Kept.").length, 3);
    for (const { path } of configKeys(stackSchema)) assert.ok(text.includes(`| \`${path}\` |`), path);
  });

  it("shows each key of the schema exactly once", () => {
    const message = (keys: string) => ({ message: `docs/configuration.md must show each key once: ${keys}` });
    assert.throws(() => configurationPage(page(all.slice(1).join(" "))), message("layers"));
    assert.throws(() => configurationPage(page([...all, "note"].join(" "))), message("note"));
    assert.throws(() => configurationPage(page([...all, "nodes"].join(" "))), message("nodes"));
  });
});

describe("Pulumi.yaml as it is generated", () => {
  it("keeps what stands above the line that marks the generated part", () => {
    assert.throws(() => pulumiYaml("config:\n"), /^Error: Pulumi\.yaml has no line "# Generated by/);
    const head =
      "name: x\nconfig:\n  # Generated by `npm run docs` from infra/config/schema/, to the end of the file.\n";
    const file = pulumiYaml(`${head}  stale: {}\n`);
    assert.ok(file.startsWith(`${head}  layers:\n`));
    assert.ok(!file.includes("stale"));
  });
});

describe("A description in plain text", () => {
  it("has neither backticks nor the targets of links", () => {
    assert.equal(plainText("`NAME.yaml` in [stacks/](../stacks)"), "NAME.yaml in stacks/");
  });
});
