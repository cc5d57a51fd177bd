import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { parse } from "yaml";
import type { StackConfig } from "../../infra/config/stack-config.ts";
import { kindAt, kindOf, theStory } from "../story.ts";
import { toolchainOrSkip } from "../toolchain.ts";
import { read, ROOT, shellBlocks } from "./documents.ts";

const run = promisify(execFile);

const WALKTHROUGH = shellBlocks(read("docs/story.md")).filter(({ marker }) => marker === "test: walkthrough");

/**
 * Stands for each command of the walkthrough, by its name: writes it down, and does nothing. Pulumi's own CLI does what
 * concerns stack and file, and at each `pulumi up` the file is kept.
 */
const STAND_IN = `#!/bin/sh
name=$(basename "$0")
echo "$name $*" >> "$SEEN/log"
case "$name $1 $2" in
  "pulumi up "*) cp stacks/Pulumi.kind.yaml "$SEEN/up-$(grep -c '^pulumi up' "$SEEN/log").yaml" ;;
  "pulumi stack init" | "pulumi config "*)
    "$PULUMI" --non-interactive "$@" || echo "FAILED $name $*" >> "$SEEN/log" ;;
esac
`;
const COMMANDS = ["pulumi", "npm", "kind", "kubectl", "cilium", "hubble", "git"];

/** What the walkthrough did: its commands, and the stack's file at each `pulumi up`. */
interface Walked {
  readonly log: readonly string[];
  readonly files: readonly string[];
}

/** Runs all commands of the walkthrough, in order, in a copy of what they write to. */
async function walk(pulumi: string): Promise<Walked> {
  const dir = await mkdtemp(join(tmpdir(), "attested-fhir-story-"));
  try {
    const [bin, seen, state, project] = [
      join(dir, "bin"),
      join(dir, "seen"),
      join(dir, "state"),
      join(dir, "project"),
    ];
    for (const one of [bin, seen, state, project]) await mkdir(one);
    await writeFile(join(bin, "stand-in"), STAND_IN, { mode: 0o755 });
    for (const name of COMMANDS) await symlink("stand-in", join(bin, name));
    await cp(join(ROOT, "stacks"), join(project, "stacks"), { recursive: true });
    await cp(join(ROOT, "Pulumi.yaml"), join(project, "Pulumi.yaml"));
    const env = {
      PATH: [bin, dirname(process.execPath), process.env.PATH].join(delimiter),
      PULUMI_HOME: join(dir, "home"),
      // `pulumi login --local` would keep the stack in the home of whoever runs the tests, whatever HOME says.
      PULUMI_BACKEND_URL: pathToFileURL(state).href,
      PULUMI_SKIP_UPDATE_CHECK: "1",
      PULUMI: pulumi,
      SEEN: seen,
    };
    await run("bash", ["-u", "-c", WALKTHROUGH.map(({ code }) => code).join("")], { cwd: project, env });
    const log = (await readFile(join(seen, "log"), "utf8")).trimEnd().split("\n");
    const ups = log.filter((line) => line.startsWith("pulumi up"));
    const files = ups.map((_, index) => readFile(join(seen, `up-${String(index + 1)}.yaml`), "utf8"));
    return { log, files: await Promise.all(files) };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** The number of the `pulumi up` after which each step is taken, by the step's name. */
function stepsIn(log: readonly string[]): Map<string, number> {
  const steps = new Map<string, number>();
  let ups = 0;
  let step: string | undefined;
  for (const line of log) {
    step = /^npm run preview -- --stack kind --step (\S+)$/.exec(line)?.[1] ?? step;
    if (!line.startsWith("pulumi up")) continue;
    ups += 1;
    if (step !== undefined) steps.set(step, ups);
    step = undefined;
  }
  return steps;
}

/** A stack without the second in which it was opened; the walkthrough counts from its own present. */
function withoutSeconds({ breakGlass, ...rest }: StackConfig) {
  if (breakGlass === undefined) return rest;
  const { expiry, ...request } = breakGlass;
  return {
    ...rest,
    breakGlass: { ...request, hours: Math.round((Date.parse(expiry) - Date.now()) / 3_600_000) },
  };
}

describe("The walkthrough in docs/story.md", function () {
  this.timeout(60_000);
  let walked: Walked;

  before(async function () {
    const { binDir } = await toolchainOrSkip(this);
    walked = await walk(join(binDir, "pulumi"));
  });

  /** The stack at the nth `pulumi up`. */
  const stackAtUp = (up: number) => withoutSeconds(kindOf(walked.files[up - 1] ?? "", new Date()));

  it("is understood by Pulumi's CLI, command by command", () => {
    assert.deepEqual(
      walked.log.filter((line) => line.startsWith("FAILED")),
      [],
    );
    assert.ok(walked.log.filter((line) => line.startsWith("pulumi config")).length > 8);
  });

  it("shows every step of the story, in its order, and builds it", async () => {
    const { steps } = await theStory();
    assert.deepEqual(
      [...stepsIn(walked.log).keys()],
      steps.map(({ name }) => name),
    );
  });

  it("leaves the stack's file at each step with the values that the story has there", async () => {
    for (const [step, up] of stepsIn(walked.log)) {
      assert.deepEqual(stackAtUp(up), withoutSeconds(await kindAt(step, new Date())), step);
    }
  });

  it("makes flows visible between the first two steps, and then no longer", () => {
    const steps = stepsIn(walked.log);
    const first = steps.get("registered") ?? 0;
    assert.equal(steps.get("deny-all"), first + 3);
    assert.deepEqual(stackAtUp(first + 1), { ...stackAtUp(first), flowVisibility: true });
    assert.deepEqual(stackAtUp(first + 2), stackAtUp(first));
  });

  it("takes away all that it made, and keeps the stack's file", () => {
    assert.deepEqual(walked.log.slice(-4), [
      "pulumi destroy",
      "pulumi stack rm kind --preserve-config",
      "kind delete cluster --name galactic-fhir",
      "git checkout stacks/Pulumi.kind.yaml",
    ]);
  });
});

describe("The cluster of the story", () => {
  const cluster = parse(read("stacks/kind.cluster.yaml")) as {
    readonly kind: string;
    readonly apiVersion: string;
    readonly name: string;
    readonly nodes: readonly { readonly role: string }[];
    readonly networking: Readonly<Record<string, unknown>>;
  };

  it("is one control plane and three workers, and has no network but Cilium's", () => {
    assert.deepEqual([cluster.kind, cluster.apiVersion], ["Cluster", "kind.x-k8s.io/v1alpha4"]);
    assert.deepEqual(
      cluster.nodes.map(({ role }) => role),
      ["control-plane", "worker", "worker", "worker"],
    );
    assert.deepEqual(cluster.networking, { disableDefaultCNI: true });
  });

  it("is the one that the stack names, by the context that kind makes for it", async () => {
    const { fhirCluster } = await kindAt(undefined, new Date());
    assert.equal(fhirCluster?.context, `kind-${cluster.name}`);
  });
});
