import assert from "node:assert/strict";
import { existsSync, globSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { USAGE } from "../../preview/commands/command-line.ts";
import { guardrails } from "../../policy-pack/list.ts";
import { anchors, codeBlocks, codeSpans, DOCUMENTS, links, read, ROOT, tableRows } from "./documents.ts";

const README = read("README.md");
const rows = tableRows(README);

/** The row of one of README's tables that begins with a name in backticks. */
function rowOf(name: string): string[] {
  const row = rows.find(([first]) => first === `\`${name}\``);
  assert.ok(row, `README.md has no row for ${name}`);
  return row;
}

describe("the documents", () => {
  for (const document of DOCUMENTS) {
    const text = read(document);

    it(`${document} links to files and headings that exist`, () => {
      for (const target of links(text).filter((link) => !/^https?:/.test(link))) {
        const [path = "", anchor] = target.split("#");
        const file = path === "" ? document : normalize(join(dirname(document), path));
        assert.ok(existsSync(join(ROOT, file)), `${document} links to ${target}, which does not exist`);
        if (anchor === undefined) continue;
        const known = anchors(read(file));
        assert.ok(known.includes(anchor), `${document} links to ${target}; ${file} has ${known.join(", ")}`);
      }
    });

    it(`${document} mentions only files that exist`, () => {
      const mentioned = codeSpans(text).filter((code) =>
        /^[\w@.-]+(?:\/[\w@.-]+)+\.(?:ts|mjs|cjs|md|ya?ml|json|sh|example)$/.test(code),
      );
      for (const path of mentioned) {
        assert.ok(existsSync(join(ROOT, path)), `${document} mentions ${path}, which does not exist`);
      }
    });

    it(`${document} mentions only npm scripts that package.json has`, () => {
      const { scripts } = JSON.parse(read("package.json")) as { scripts?: Record<string, string> };
      const mentioned = [...text.matchAll(/npm (?:run (?:--\S+ )*([\w:-]+)|(test|start)\b)/g)];
      for (const [command, run, own] of mentioned) {
        const script = run ?? own ?? "";
        assert.ok(
          scripts?.[script] !== undefined,
          `${document} says "${command}": package.json has no such script`,
        );
      }
    });
  }
});

describe("README.md", () => {
  it("names every component with the file that it is in", () => {
    const components = globSync("components/**/*.ts", { cwd: ROOT, exclude: ["components/*/crds/**"] })
      .map((file) => file.replaceAll("\\", "/"))
      .flatMap((file) =>
        [...read(file).matchAll(/^export class (\w+) extends pulumi\.ComponentResource/gm)].map(
          ([, name]) => ({ name: name ?? "", file }),
        ),
      );
    assert.ok(components.length > 10, "the components were not found");
    for (const { name, file } of components) assert.equal(rowOf(name)[1], `[${file}](${file})`);
  });

  it("names every stack with its file", () => {
    const stacks = globSync("stacks/Pulumi.*.yaml", { cwd: ROOT });
    assert.ok(stacks.length > 0, "the stacks were not found");
    for (const path of stacks) {
      const file = path.replaceAll("\\", "/");
      const name = /Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? "";
      assert.equal(rowOf(name)[1], `[${file}](${file})`);
    }
  });

  it("gives every guardrail in its own words and severity", () => {
    for (const { name, severity, description } of guardrails) {
      const words = description.replaceAll("|", "\\|");
      assert.deepEqual(rowOf(name), [`\`${name}\``, severity, words]);
    }
  });

  it("names no guardrail that the pack does not have", () => {
    const severities: readonly string[] = ["critical", "high", "medium", "low"];
    const named = rows.filter(([, severity]) => severities.includes(severity ?? "")).map(([name]) => name);
    const known = guardrails.map(({ name }) => `\`${name}\``);
    assert.deepEqual(named.toSorted(), known.toSorted());
  });

  it("says that every guardrail stops an update only while that is so", () => {
    const advisory = guardrails.filter(({ enforcement }) => enforcement !== "mandatory");
    assert.equal(README.includes("All of them stop an update."), advisory.length === 0);
  });

  it("names every output of a stack", () => {
    const layers = { signed: "signing", running: "runtime", serving: "fhir" };
    const outputs = [...read("infra/index.ts").matchAll(/^ {2}(\w+): (signed|running|serving)\?\./gm)];
    assert.equal(outputs.length, [...read("infra/index.ts").matchAll(/^ {2}\w+: \w+\?\./gm)].length);
    assert.ok(outputs.length > 10, "the outputs were not found");
    for (const [, name, layer] of outputs) {
      assert.equal(rowOf(name ?? "")[1], layers[layer as keyof typeof layers]);
    }
  });

  it("names every option of the preview", () => {
    const options = [...USAGE.matchAll(/^ {2}(--\w+)/gm)].map(([, option]) => option ?? "");
    assert.ok(options.length > 0, "the options were not found");
    for (const option of options) assert.ok(README.includes(option), `README.md does not mention ${option}`);
  });

  it("begins with the command that sets up and previews, and the command that tests", () => {
    const [first] = codeBlocks(README, "sh");
    assert.equal(first, "npm ci && npm run preview -- --stack tutorial\nnpm test\n");
  });
});

describe("the documents' outputs of stacks", () => {
  it("are outputs that the program has", () => {
    const program = read("infra/index.ts");
    for (const document of DOCUMENTS) {
      for (const [command, output] of read(document).matchAll(/pulumi stack output (\w+)/g)) {
        assert.match(program, new RegExp(`^  ${output ?? ""}: `, "m"), `${document}: ${command}`);
      }
    }
  });
});
