import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { findOnPath } from "../../preview/toolchain/find-toolchain.ts";
import { codeBlocks, read, ROOT, shellBlocks, USER_DOCUMENTS } from "./documents.ts";

/** What runs the blocks that need more than a command line: the name in their marker, and the test file. */
const RUN_ELSEWHERE: Readonly<Record<string, string>> = {
  "test: openssl": "test/docs/examples.test.ts",
  "test: unattested image": "test/docs/readme.test.ts",
  "test: walkthrough": "test/docs/story.test.ts",
};

const NEEDS_CLOUD = "needs: cloud";
const EXIT_CODE = /^test: exit code (\d)$/;

const blocks = USER_DOCUMENTS.flatMap((document) =>
  shellBlocks(read(document)).map((block) => ({ document, ...block })),
);

/**
 * A directory as the examples take it for the checkout's: `manifests/` with the pods of docs/access.md, a policy in
 * new-policy.yaml, and in `DIR` a Pulumi program of somebody else.
 */
async function prepare(dir: string): Promise<void> {
  const [, pods = ""] = /<!-- test: pods -->\s*```yaml\n([\s\S]*?)```/.exec(read("docs/access.md")) ?? [];
  const [policy = ""] = codeBlocks(read("docs/access.md"), "yaml").slice(1);
  await mkdir(join(dir, "manifests"));
  await writeFile(join(dir, "manifests", "pods.yaml"), pods);
  await writeFile(join(dir, "new-policy.yaml"), policy);
  const items = parseAllDocuments(pods).map((document) => document.toJS() as unknown);
  await writeFile(join(dir, "cluster.json"), JSON.stringify({ apiVersion: "v1", kind: "List", items }));
  await mkdir(join(dir, "DIR"));
  await writeFile(join(dir, "DIR", "Pulumi.yaml"), "name: program\nruntime: nodejs\nmain: index.cjs\n");
  await writeFile(join(dir, "DIR", "index.cjs"), 'require("@pulumi/pulumi");\n');
  await symlink(join(ROOT, "node_modules"), join(dir, "DIR", "node_modules"));
}

/**
 * Stands for npm and kubectl. A script of package.json runs as it does by npm, but in the directory of the examples;
 * `npm ci` and `npm install` do nothing, as everything is installed, nor does `npm test`, which runs this test.
 */
async function standIns(bin: string, dir: string): Promise<void> {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const cases = Object.entries(scripts).flatMap(([name, script]) => {
    const [, file] = /^node (\S+)$/.exec(script) ?? [];
    return file === undefined
      ? []
      : [`  "run ${name}") shift 2; shift; exec node "${join(ROOT, file)}" "$@" ;;`];
  });
  const npm = [
    'case "$*" in ci | test | "install "*) exit 0 ;; esac',
    'case "$1 $2" in',
    ...cases,
    "esac",
    "exit 9",
  ];
  const kubectl = [`exec node -p 'fs.readFileSync("${join(dir, "cluster.json")}", "utf8")'`];
  await mkdir(bin);
  for (const [name, lines] of Object.entries({ npm, kubectl })) {
    await writeFile(join(bin, name), `#!/bin/sh\n${lines.join("\n")}\n`, { mode: 0o755 });
  }
  await symlink(process.execPath, join(bin, "node"));
}

/** Runs a block in bash without Pulumi CLI, kubeconfig and credentials; its exit code, and all that it printed. */
async function runBlock(
  code: string,
  dir: string,
  bin: string,
): Promise<{ status: unknown; output: string }> {
  const bash = join((await findOnPath(process.env.PATH ?? "", "bash")) ?? "/bin", "bash");
  const env = {
    PATH: bin,
    HOME: join(dir, "home"),
    TMPDIR: tmpdir(),
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
  };
  return new Promise((resolve) => {
    execFile(bash, ["-euo", "pipefail", "-c", code], { cwd: dir, env }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : error.code, output: stdout + stderr });
    });
  });
}

describe("The shell commands in README.md and docs/", function () {
  this.timeout(120_000);
  let dir: string;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "attested-fhir-commands-"));
    await prepare(dir);
    await standIns(join(dir, "bin"), dir);
  });

  after(async () => {
    await rm(dir, { recursive: true });
  });

  it("are all marked as run by a test, or as needing a cloud", () => {
    assert.ok(blocks.length > 30, "the blocks were not found");
    for (const { document, code, marker } of blocks) {
      const isKnown =
        marker !== undefined &&
        (marker === NEEDS_CLOUD || EXIT_CODE.test(marker) || RUN_ELSEWHERE[marker] !== undefined);
      assert.ok(isKnown, `${document}: mark with <!-- test: … --> or <!-- ${NEEDS_CLOUD} -->:\n${code}`);
    }
  });

  it("that need a cloud use its CLI or credentials, or state that is there", () => {
    for (const { document, code } of blocks.filter(({ marker }) => marker === NEEDS_CLOUD)) {
      assert.match(code, /^(?: *)(?:gcloud|pulumi) |GOOGLE_/m, `${document}:\n${code}`);
    }
  });

  it("that another test runs are found there by their marker", () => {
    for (const [marker, file] of Object.entries(RUN_ELSEWHERE)) {
      assert.ok(
        blocks.some((block) => block.marker === marker),
        `no block is marked ${marker}`,
      );
      assert.ok(read(file).includes(marker), `${file} does not read blocks marked ${marker}`);
    }
  });

  for (const { document, code, marker } of blocks) {
    const [, exitCode] = EXIT_CODE.exec(marker ?? "") ?? [];
    if (exitCode === undefined) continue;
    it(`end with exit code ${exitCode}: ${document}: ${code.trim().replace(/\s*\n\s*/g, "; ")}`, async () => {
      const { status, output } = await runBlock(code, dir, join(dir, "bin"));
      assert.equal(status, Number(exitCode), output);
      assert.ok(output.trim() !== "" || /^npm (?:ci|test)$/.test(code.trim()), "nothing was printed");
    });
  }
});
