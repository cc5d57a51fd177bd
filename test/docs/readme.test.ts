import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { USAGE } from "../../preview/commands/command-line.ts";
import { guardrails } from "../../policy-pack/list.ts";
import { STACK_NAMES } from "../stack-names.ts";
import { anchors, codeBlocks, codeSpans, DOCUMENTS, links, read, ROOT, tableRows } from "./documents.ts";

/** The row of one of a document's tables that begins with a name in backticks. */
function rowOf(document: string, name: string): string[] {
  const row = tableRows(read(document)).find(([first]) => first === `\`${name}\``);
  assert.ok(row, `${document} has no row for ${name}`);
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
  const README = read("README.md");

  it("has at most 170 lines", () => {
    assert.ok(README.trimEnd().split("\n").length <= 170);
  });

  it("lists each stack of the repository with its file", () => {
    for (const name of STACK_NAMES) {
      const file = `stacks/Pulumi.${name}.yaml`;
      assert.equal(rowOf("README.md", name)[1], `[${file}](${file})`);
    }
  });

  it("has a Quickstart of two commands: one sets up and previews, one tests", () => {
    const [, quickstart = ""] = /^## Quickstart\n([\s\S]*?)^## /m.exec(README) ?? [];
    const [first] = codeBlocks(quickstart, "sh");
    assert.equal(first, "npm ci && npm run preview -- --stack tutorial\nnpm test\n");
  });

  it("shows an unattested image as the preview reports it", function () {
    this.timeout(60_000);
    const [, command = "", report = ""] =
      /<!-- test: unattested image -->\s*```sh\n([\s\S]*?)```[\s\S]*?```text\n([\s\S]*?)```/.exec(README) ??
      [];
    const args = command.replaceAll("\\\n", " ").trim().split(/\s+/);
    assert.deepEqual(args.slice(0, 4), ["npm", "run", "preview", "--"]);
    const { status, stdout } = spawnSync(process.execPath, ["preview/start.mjs", ...args.slice(4)], {
      cwd: ROOT,
      encoding: "utf8",
    });
    assert.equal(status, 1);
    assert.ok(report.startsWith("Mandatory, critical: image-attested\n"));
    assert.ok(stdout.includes(report), stdout);
  });
});

describe("docs/stacks.md", () => {
  it("lists each stack of the repository with its file", () => {
    for (const name of STACK_NAMES) {
      const file = `stacks/Pulumi.${name}.yaml`;
      assert.equal(rowOf("docs/stacks.md", name)[1], `[${file}](../${file})`);
    }
  });
});

describe("docs/preview.md", () => {
  it("lists every option of the preview", () => {
    const options = [...USAGE.matchAll(/^ {2}(--[\w-]+)/gm)].map(([, option]) => option ?? "");
    assert.ok(options.length > 0, "the options were not found");
    const document = read("docs/preview.md");
    for (const option of options) assert.ok(document.includes(option), option);
  });
});

describe("docs/guardrails.md", () => {
  it("says that every guardrail that does not only inform is mandatory, only while that is so", () => {
    const advisory = guardrails.filter(
      ({ enforcement, informs }) => enforcement !== "mandatory" && informs !== true,
    );
    const isSaid = read("docs/guardrails.md").includes("Every guardrail is mandatory");
    assert.equal(isSaid, advisory.length === 0);
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
