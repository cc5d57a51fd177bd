import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import * as tokens from "../../packages/stack-model/type-tokens.ts";
import { guardrails } from "../../policy-pack/list.ts";

const PACK = new URL("../../policy-pack/", import.meta.url);
/** The files that run only in Pulumi's policy host. */
const HOSTED = /^(?:index\.ts$|crossguard\/)/;

/** Where the Kubernetes SDK, whose type tokens name no files, defines a kind. */
function fileOf(module: string, kind: string): string {
  const group = module.replace(/\.(?:k8s\.io|sh)(?=\/)/, "");
  return `${group}/${kind.charAt(0).toLowerCase()}${kind.slice(1)}`;
}

describe("the guardrails", () => {
  it("have unique names in kebab-case", () => {
    const names = guardrails.map(({ name }) => name);
    assert.deepEqual([...new Set(names)], names);
    for (const name of names) assert.match(name, /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
  });

  for (const { name, description, remediation, framework } of guardrails) {
    it(`document the requirement, its source and the remediation: ${name}`, () => {
      for (const sentence of [description, ...remediation]) assert.match(sentence, /^\S.*[.]$/);
      assert.ok(remediation.length > 0);
      for (const word of [framework.name, framework.version, framework.reference]) assert.notEqual(word, "");
    });
  }

  it("apply to types that Pulumi has", async () => {
    const named = guardrails.flatMap((guardrail) => (guardrail.kind === "resource" ? guardrail.types : []));
    const all = new Set([...named, ...Object.values(tokens)].filter((type) => typeof type === "string"));
    all.delete(tokens.ROOT);
    all.delete(tokens.STACK);
    for (const token of all) {
      const [plugin = "", module = "", kind = ""] = token.split(":");
      const file = plugin === "kubernetes" ? fileOf(module, kind) : module;
      const sdk = (await import(`@pulumi/${plugin}/${file}.js`)) as Record<string, { __pulumiType?: string }>;
      assert.equal(sdk[kind]?.__pulumiType, token);
    }
  });

  it("load neither Pulumi nor the program, and read no environment variables", () => {
    const files = globSync("**/*.ts", { cwd: PACK, exclude: ["node_modules/**"] }).filter(
      (name) => !HOSTED.test(name),
    );
    assert.ok(files.includes("policies/images/image-attested.ts"));
    for (const file of files) {
      const source = readFileSync(new URL(file, PACK), "utf8");
      const imported = [...source.matchAll(/from "(?<module>[^"]+)"/g)].map(
        (match) => match.groups?.module ?? "",
      );
      for (const module of imported)
        assert.match(
          module,
          /^(?:(?:\.\/|(?:\.\.\/)+)(?!crossguard)[a-z]|@attested-fhir\/|node:|yaml$)/,
          `${file} imports ${module}`,
        );
      assert.doesNotMatch(source, /process\.|import\(|require\(/, file);
    }
  });
});
