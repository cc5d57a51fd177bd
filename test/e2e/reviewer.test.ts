import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Report } from "../../preview/report/report.ts";
import type { Toolchain } from "../../preview/toolchain/find-toolchain.ts";
import { type NeededPlugins, REPOSITORY, toolchainOrSkip } from "../toolchain.ts";
import { Engine } from "./engine.ts";

const ADAPTER = "gcr.io/cloud-healthcare-containers/mllp-adapter";

/** What the previews of the stacks on Google Cloud need. */
const GOOGLE: NeededPlugins = { plugins: ["pulumi-resource-gcp"] };
const STACKS: Readonly<Record<string, NeededPlugins>> = {
  tutorial: GOOGLE,
  "prod-signing": GOOGLE,
  prod: GOOGLE,
  kind: {},
};

/** The tutorial's unsigned image. */
const UNSIGNED = `${ADAPTER}@sha256:edea3487df8a00e75a471cfe1ee3c3c8032f0339421ab00e376acf841d1408a1`;

describe("What a reviewer sees by `npm run preview`", function () {
  this.timeout(120_000);
  let tools: Toolchain;
  let dir: string;

  before(async function () {
    tools = await toolchainOrSkip(this);
    dir = await mkdtemp(join(tmpdir(), "attested-fhir-reviewer-"));
  });

  after(async () => {
    if (dir) await rm(dir, { recursive: true, force: true });
  });

  interface Seen {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
  }

  function preview(repository: string, ...args: readonly string[]): Promise<Seen> {
    const env = { ...process.env, PULUMI_TOOLCHAIN: tools.binDir, PULUMI_BACKEND_URL: "", CI: "true" };
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        ["preview/index.ts", ...args],
        { cwd: repository, env },
        (error, stdout, stderr) => {
          resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
        },
      );
    });
  }

  async function reported(...args: readonly string[]): Promise<{ seen: Seen; report: Report }> {
    const file = join(dir, "report.json");
    const seen = await preview(REPOSITORY, ...args, "--json", file);
    return { seen, report: JSON.parse(await readFile(file, "utf8")) as Report };
  }

  /** A copy of the checkout, to spoil something in. */
  async function copied(): Promise<string> {
    const copy = join(dir, "copy");
    await cp(REPOSITORY, copy, {
      recursive: true,
      filter: (source) => ![".git", "node_modules"].includes(basename(source)),
    });
    await symlink(join(REPOSITORY, "node_modules"), join(copy, "node_modules"));
    return copy;
  }

  for (const [stack, needed] of Object.entries(STACKS)) {
    it(`${stack}: keeps every guardrail`, async function () {
      await toolchainOrSkip(this, needed);
      const { seen, report } = await reported("--stack", stack);
      assert.equal(seen.code, 0, seen.stderr);
      assert.deepEqual(report.violations, []);
      assert.equal(report.totals.violations.mandatory + report.totals.violations.advisory, 0);
    });
  }

  it("tutorial with the unsigned image: one violation, which names it", async function () {
    await toolchainOrSkip(this, GOOGLE);
    const { seen, report } = await reported(
      "--stack",
      "tutorial",
      "--config",
      `mllpAdapter.image=${UNSIGNED}`,
    );
    assert.equal(seen.code, 1);
    assert.equal(report.violations.length, 1);
    const [violation] = report.violations;
    assert.equal(violation?.guardrail, "image-attested");
    assert.match(violation.urn ?? "", /::mllp-adapter-deployment$/);
    assert.match(
      violation.reason,
      /edea3487\w+, which the attestor projects\/attestor-proj-id\/attestors\/attestor-id has not attested/,
    );
  });

  it("tutorial with a tag instead of a digest: one error, before anything is started", async () => {
    const seen = await preview(
      REPOSITORY,
      "--stack",
      "tutorial",
      "--config",
      `mllpAdapter.image=${ADAPTER}:latest`,
    );
    assert.equal(seen.code, 2);
    assert.equal(seen.stdout, "");
    assert.equal(
      seen.stderr,
      `stacks/Pulumi.tutorial.yaml: 1 error\n  attested-fhir:mllpAdapter.image = "${ADAPTER}:latest": ` +
        'has the tag "latest", and a tag can be moved to another image: write HOST/NAME@sha256: and 64 hexadecimal digits\n',
    );
  });

  it("prod with a forged signature in stacks/attestations.yaml: an error that names file and image", async () => {
    const copy = await copied();
    const file = join(copy, "stacks/attestations.yaml");
    const text = await readFile(file, "utf8");
    const signature = /signature: (\S+)/.exec(text)?.[1] ?? assert.fail();
    const forged = Buffer.from(signature, "base64");
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
    await writeFile(file, text.replace(signature, forged.toString("base64")));
    const seen = await preview(copy, "--stack", "prod");
    assert.equal(seen.code, 2);
    assert.match(seen.stderr, /^stacks\/attestations\.yaml: 1 error\n {2}\[0\] = /);
    assert.match(
      seen.stderr,
      /the attestation of gcr\.io\/cloud-healthcare-containers\/mllp-adapter@sha256:231b\w+ is refused: its signature does not verify/,
    );
  });

  it("the story's first step, where nothing is denied: every client that gets requests without a grant, and how", async () => {
    const { seen, report } = await reported("--stack", "kind", "--step", "registered");
    assert.equal(seen.code, 1);
    const guardrails = new Set(report.violations.map(({ guardrail }) => guardrail));
    assert.deepEqual(
      [...guardrails],
      ["access-equals-grants", "deny-all-both-directions", "no-world-to-fhir", "every-pod-policed"],
    );
    const [first] = report.violations;
    assert.match(
      first?.reason ?? "",
      /'s GET \S+ to coruscanthealth is allowed, because no policy applies: .* No grant says so/,
    );
  });

  it("the story's other steps: each keeps every guardrail, the endpoint opened or not", async () => {
    for (const step of ["break-glass", "grant-payer"]) {
      const { seen, report } = await reported("--stack", "kind", "--step", step);
      assert.deepEqual([seen.code, report.violations], [0, []], step);
      assert.equal(report.access?.servers[0]?.server, "coruscanthealth");
    }
  });

  it("is what plain `pulumi preview --policy-pack policy-pack` sees too", async function () {
    await toolchainOrSkip(this, GOOGLE);
    const engine = await Engine.startWith(tools, "tutorial");
    try {
      const pack = ["--policy-pack", join(REPOSITORY, "policy-pack")];
      const clean = await engine.pulumi("preview", ...pack);
      assert.equal(clean.code, 0, clean.output);
      const file = await readFile(join(REPOSITORY, "stacks/Pulumi.tutorial.yaml"), "utf8");
      const adapter = file.lastIndexOf(`image: ${ADAPTER}@`);
      await engine.configure(
        file.slice(0, adapter) + file.slice(adapter).replace(/image: \S+/, `image: ${UNSIGNED}`),
      );
      const unsigned = await engine.pulumi("preview", ...pack);
      assert.notEqual(unsigned.code, 0);
      assert.match(unsigned.output, /\[mandatory\] \[severity: critical\] {2}image-attested/);
    } finally {
      await engine.stop();
    }
  });
});
