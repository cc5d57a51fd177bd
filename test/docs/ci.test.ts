import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findOnPath } from "../../preview/toolchain/find-toolchain.ts";
import { read, ROOT, tableRows } from "./documents.ts";

const VARIABLES = ["CILIUM_DIR", "GCP_RECORDINGS_DIR", "GOOGLE_DISCOVERY_DIR", "PULUMI_TOOLCHAIN"];

/** Programs of the machine that runs these tests, which the script may use as they are. */
const REAL = ["bash", "cat", "dirname", "env", "sed", "sort", "tail"];

/** Stand-ins for what the script looks for; each writes down how it was called, where that matters. */
const TOOLS: Readonly<Record<string, string>> = {
  npm: `echo "npm $*" >> "$LOG"; env >> "$LOG.env"`,
  "apt-get": `echo "apt-get $*" >> "$LOG"`,
  python3: "exit 0",
  go: `[ "$*" = "env GOTOOLCHAIN" ] && echo auto`,
  javac: "echo javac 17.0.1",
  mvn: "exit 1",
  openssl: "exit 1",
  ip: "exit 1",
  setpriv: "exit 1",
  xz: "exit 1",
  nginx: "exit 1",
  apache2: "exit 1",
  chromium: "exit 1",
};

/**
 * Runs the script on a machine with these stand-ins and nothing else.
 *
 * @param use which stand-ins are absent or different, the script that unpacks a shared toolchain (nothing is shared when
 * absent), and more variables
 */
async function ciRun(
  use: { without?: readonly string[]; tools?: typeof TOOLS; shared?: string; env?: NodeJS.ProcessEnv } = {},
) {
  const machine = await mkdtemp(join(tmpdir(), "attested-fhir-test-"));
  try {
    const bin = join(machine, "bin");
    await mkdir(bin);
    for (const name of REAL) {
      const dir = await findOnPath(process.env.PATH ?? "", name);
      await symlink(join(dir ?? "/bin", name), join(bin, name));
    }
    const script = async (file: string, text: string) => {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    };
    for (const [name, text] of Object.entries({ ...TOOLS, ...use.tools })) {
      if (!use.without?.includes(name)) await script(join(bin, name), text);
    }
    const run = join(machine, "main", ".ci", "run");
    await mkdir(dirname(run), { recursive: true });
    await copyFile(join(ROOT, ".ci", "run"), run);
    if (use.shared !== undefined) {
      for (const dir of ["cilium", "gcp-discovery", "recorded"]) {
        await mkdir(join(machine, "shared", dir), { recursive: true });
      }
      await script(join(machine, "shared", "toolchain", "install"), use.shared);
    }
    const log = join(machine, "log");
    const env = { LOG: log, PATH: bin, ...use.env };
    const { status, stderr } = spawnSync(join(bin, "bash"), [run], { env, encoding: "utf8" });
    const text = async (file: string) => readFile(file, "utf8").catch(() => "");
    const exported = Object.fromEntries(
      (await text(`${log}.env`)).split("\n").map((line) => line.split("=", 2) as [string, string]),
    );
    const shared = join(machine, "shared");
    return { status, stderr, calls: (await text(log)).split("\n").slice(0, -1), exported, shared };
  } finally {
    await rm(machine, { recursive: true });
  }
}

describe(".ci/run", () => {
  it("ends in npm ci and the README's test command", () => {
    assert.deepEqual(read(".ci/run").trim().split("\n").slice(-2), ["npm ci", "npm test"]);
    assert.match(read("README.md"), /^npm test$/m);
  });

  it("installs nothing and names no directory on a machine that has every tool and nothing shared", async () => {
    const { status, stderr, calls, exported } = await ciRun();
    assert.deepEqual([status, stderr, calls], [0, "", ["npm ci", "npm test"]]);
    assert.equal(exported.CI, "true");
    for (const name of VARIABLES) assert.equal(exported[name], undefined, name);
  });

  it("names what is shared, and leaves what is named already", async () => {
    const { exported, shared } = await ciRun({ shared: "echo /unpacked" });
    assert.equal(exported.CILIUM_DIR, join(shared, "cilium"));
    assert.equal(exported.GCP_RECORDINGS_DIR, join(shared, "recorded"));
    assert.equal(exported.GOOGLE_DISCOVERY_DIR, join(shared, "gcp-discovery"));
    assert.equal(exported.PULUMI_TOOLCHAIN, "/unpacked");
    const env = Object.fromEntries(VARIABLES.map((name) => [name, `/mine/${name}`]));
    const kept = await ciRun({ shared: "exit 1", env });
    for (const name of VARIABLES) assert.equal(kept.exported[name], `/mine/${name}`);
  });

  it("installs what is missing from Debian's packages, after one update of their lists", async () => {
    const install = "apt-get install --yes --no-install-recommends ca-certificates";
    const missing = await ciRun({ without: ["mvn", "javac", "ip"] });
    assert.deepEqual(missing.calls, [
      "apt-get update",
      `${install} maven iproute2 default-jdk-headless`,
      "npm ci",
      "npm test",
    ]);
    const old = await ciRun({ tools: { javac: "echo javac 11.0.2 >&2", python3: "exit 1" } });
    assert.equal(old.calls[1], `${install} default-jdk-headless python3-pip`);
  });

  it("says what to install where there is no apt-get", async () => {
    const { status, stderr, calls } = await ciRun({ without: ["mvn", "apt-get"] });
    assert.deepEqual([status, stderr, calls], [1, "install first, by their names in Debian: maven\n", []]);
  });

  it("fails where the shared toolchain cannot be unpacked", async () => {
    const { status, stderr, calls } = await ciRun({ shared: "echo checksum differs >&2; exit 1" });
    assert.deepEqual([status, stderr, calls], [1, "checksum differs\n", []]);
  });
});

describe("CONTRIBUTING.md", () => {
  it("lists every variable that names something outside the checkout", () => {
    const listed = tableRows(read("CONTRIBUTING.md")).map(([first]) => first);
    for (const name of VARIABLES) assert.ok(listed.includes(`\`${name}\``), name);
    const set = [...read(".ci/run").matchAll(/\b(\w+_(?:DIR|TOOLCHAIN))\b/g)].map(([, name]) => name ?? "");
    assert.deepEqual([...new Set(set)].filter((name) => name !== "GOTOOLCHAIN").sort(), VARIABLES);
  });
});
