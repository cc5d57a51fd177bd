import assert from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import { ConfigError, keyPath, salvage, schemaIssues } from "../../../infra/config/errors.ts";
import { stackSchema } from "../../../infra/config/schema/stack.ts";
import { KNOWN_FHIR_ERRORS } from "../known-fhir-errors.ts";
import { KNOWN_ERRORS } from "../known-errors.ts";
import { changed, stack } from "../stacks.ts";

describe("keyPath", () => {
  it("writes a path as `pulumi config --path` takes it", () => {
    assert.equal(keyPath(["images", 0, "image"]), "images[0].image");
    assert.equal(keyPath([1, "keyId"]), "[1].keyId");
    assert.equal(keyPath(["signer"]), "signer");
  });
});

describe("ConfigError", () => {
  it("lists each file's errors by number, key and value", () => {
    const error = new ConfigError([
      {
        file: "one.yaml",
        prefix: "app:",
        data: { a: { b: [1, "x"] } },
        issues: [
          { path: ["a", "b", 1], message: "is wrong" },
          { path: ["a", "c", "d"], message: "is missing" },
        ],
      },
      { file: "two.yaml", prefix: "", data: [null], issues: [{ path: [0], message: "is wrong" }] },
    ]);
    assert.equal(
      error.message,
      [
        "one.yaml: 2 errors",
        '  app:a.b[1] = "x": is wrong',
        "  app:a.c.d: is missing",
        "two.yaml: 1 error",
        "  [0] = null: is wrong",
      ].join("\n"),
    );
  });

  it("cuts long values, and shows none of a private key", () => {
    const shown = (value: string) =>
      new ConfigError([
        { file: "f", prefix: "", data: { a: value }, issues: [{ path: ["a"], message: "m" }] },
      ]).message.split("\n")[1];
    assert.equal(shown("x".repeat(98)), `  a = "${"x".repeat(98)}": m`);
    assert.equal(shown("x".repeat(99)), `  a = "${"x".repeat(96)}…: m`);
    for (const kind of ["PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY"]) {
      const frame = `-----BEGIN ${kind}-----`;
      assert.equal(shown(`${frame}\nMIGHAgEA`), `  a = "${frame}…: m`);
    }
  });
});

describe("schemaIssues", () => {
  const messages = (schema: z.ZodType, data: unknown) =>
    schemaIssues(schema, data).map(({ path, message }) => `${keyPath(path)} ${message}`);

  const CASES: [string, z.ZodType, unknown, string][] = [
    ["a missing value", z.string(), undefined, "is missing"],
    ["another type", z.string(), 5, "is not a string"],
    ["no object", z.object({}), [], "is not an object"],
    ["nothing by names", z.record(z.string(), z.string()), "a", "is not an object"],
    ["no whole number", z.int(), 1.5, "is not a whole number"],
    ["no choice", z.enum(["A", "B"]), "C", "is not one of A, B"],
    ["a number above the bound", z.number().max(3), 4, "is more than 3"],
    ["a number below the bound", z.number().min(3), 2, "is less than 3"],
    ["a number on a bound that is excluded", z.number().positive(), 0, "is not more than 0"],
    ["a text that is too long", z.string().max(3), "abcd", "is longer than 3"],
    ["a text that is too short", z.string().min(3), "ab", "is shorter than 3"],
    ["an empty text", z.string().min(1), "", "is empty"],
    ["an empty list", z.array(z.string()).min(1), [], "is empty"],
    ["words of the schema's own", z.string({ error: "is no name" }), 5, "is no name"],
    ["words of a check's own", z.string().min(3, "is no name"), "a", "is no name"],
  ];
  for (const [what, schema, data, message] of CASES) {
    it(`puts ${what} in plain words`, () => {
      assert.deepEqual(messages(schema, data), [` ${message}`]);
    });
  }

  it("reports an invalid key of a record, and still checks its value", () => {
    const name = z.string().regex(/^[a-z]+$/, "is not a name");
    const schema = z.strictObject({ byName: z.record(name, z.strictObject({ size: z.number() })) });
    assert.deepEqual(messages(schema, { byName: { ONE: { size: 1 }, two: { size: "2", sise: 3 } } }), [
      "byName.ONE has a name that is not a name",
      "byName.two.size is not a number",
      "byName.two.sise is an unknown key: did you mean size?",
    ]);
  });

  it("reports every unknown key, with the known ones", () => {
    const item = z.strictObject({ name: z.string(), pem: z.string().optional() });
    const schema = z.strictObject({ list: z.array(item).default([]), inner: item.optional() });
    assert.deepEqual(
      messages(schema, {
        list: [{ name: "a", nmae: "b" }],
        inner: { name: "a", x: 1, pen: "c" },
        lists: [],
      }),
      [
        "list[0].nmae is an unknown key: did you mean name?",
        "inner.x is an unknown key: the keys are name, pem",
        "inner.pen is an unknown key: did you mean pem?",
        "lists is an unknown key: did you mean list?",
      ],
    );
  });
});

describe("salvage", () => {
  const stacks = ["tutorial", "prod-signing", "prod", "kind"].map((name) => stack(name));

  it("is the parsed value of whatever is valid", () => {
    const optional = fc.constantFrom(
      { separateDuties: true },
      { mergedRoles: [["kms", "note"]] },
      { "endpoints.kms": "https://kms.example/v1/" },
      { allowedLocations: ["us", "eu"] },
      { "projects.deployer": { id: "deployer-proj-id", number: 123456 } },
      { "fhirClients.payer": { org: "payer", class: "insurance", patient: "DarthVader" } },
      { fhirCluster: { google: { name: "fhir", location: "us-central1" } } },
      { grants: [{ org: "payer", id: "DarthVader", server: "coruscanthealth" }] },
      { customerManagedKeys: { rotationDays: 30 } },
      { images: [{ image: `gcr.io/a/b@sha256:${"0".repeat(64)}`, owner: "a", reason: "b" }] },
    );
    fc.assert(
      fc.property(fc.constantFrom(...stacks), fc.array(optional), (data, changes) => {
        const valid = changes.reduce<typeof data>((data, change) => changed(data, change), data);
        const whole = stackSchema.parse(valid);
        assert.deepEqual(salvage(stackSchema, valid), whole);
        assert.deepEqual(stackSchema.parse(whole), whole);
      }),
    );
  });

  it("never throws, whatever the value", () => {
    const keys = Object.keys(stackSchema.shape);
    const shaped = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue());
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.jsonValue(), shaped), (value) => {
        assert.doesNotThrow(() => salvage(stackSchema, value));
      }),
    );
  });

  it("keeps everything that is well formed around an error", () => {
    const known = { tutorial: KNOWN_ERRORS, kind: KNOWN_FHIR_ERRORS };
    for (const [name, errors] of Object.entries(known)) {
      const data = stack(name);
      const whole = stackSchema.parse(data);
      for (const { changes } of errors) {
        const wrongKeys = new Set(Object.keys(changes).map((path) => /^\w+/.exec(path)?.[0]));
        const rest = Object.fromEntries(Object.entries(whole).filter(([key]) => !wrongKeys.has(key)));
        const kept = salvage(stackSchema, changed(data, changes)) ?? {};
        assert.deepEqual(Object.fromEntries(Object.entries(kept).filter(([key]) => key in rest)), rest);
      }
    }
  });

  it("goes into objects and records key by key and into lists of objects item by item", () => {
    const schema = z.object({
      inner: z.object({ one: z.string(), two: z.string() }),
      items: z.array(z.object({ name: z.string() })),
      names: z.array(z.string()),
      byName: z.record(z.string().regex(/^[a-z]$/), z.object({ one: z.string(), two: z.string() })),
    });
    const data = {
      inner: { one: "a", two: 2 },
      items: [{ name: "a" }, { name: 2 }, 3],
      names: ["a", 2],
      byName: { a: { one: "a", two: "b" }, b: { one: "a", two: 2 }, c: 3, D: { one: "a", two: "b" } },
    };
    assert.deepEqual(salvage(schema, data), {
      inner: { one: "a", two: undefined },
      items: [{ name: "a" }, {}, {}],
      names: undefined,
      byName: {
        a: { one: "a", two: "b" },
        b: { one: "a", two: undefined },
        c: undefined,
        D: { one: "a", two: "b" },
      },
    });
  });
});
