import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pinnedTools } from "../../preview/toolchain/pinned-versions.ts";
import type { ToolchainSearch } from "../../preview/toolchain/find-toolchain.ts";
import { REPOSITORY } from "../toolchain.ts";
import { type Composition, composeToolchain } from "./composition.ts";

const HOSTS = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

describe("The toolchain that tests use", () => {
  let machine: string;
  const made: Composition[] = [];

  beforeEach(async () => (machine = await realpath(await mkdtemp(join(tmpdir(), "attested-fhir-test-")))));
  afterEach(async () => {
    for (const composition of made.splice(0)) await composition.close();
    await rm(machine, { recursive: true, force: true });
  });

  async function install(dir: string, ...names: readonly string[]): Promise<void> {
    await mkdir(join(machine, dir), { recursive: true });
    for (const name of names) {
      await writeFile(join(machine, dir, name), "#!/bin/sh\n");
      await chmod(join(machine, dir, name), 0o755);
    }
  }

  async function compose(more: Partial<ToolchainSearch> = {}): Promise<Composition | undefined> {
    const [cache, pulumiHome] = [join(machine, "cache"), join(machine, "home")];
    const search = { repository: REPOSITORY, cache, pulumiHome, path: "", ...more };
    const composition = await composeToolchain(search, [join(machine, "stand-ins")]);
    if (composition !== undefined) made.push(composition);
    return composition;
  }

  /** Which file each executable of the toolchain is, relative to the machine. */
  async function files({ toolchain: { binDir } }: Composition): Promise<Record<string, string>> {
    const names = (await readdir(binDir)).sort();
    const targets = names.map(async (name) => [
      name,
      (await realpath(join(binDir, name))).slice(machine.length + 1),
    ]);
    return Object.fromEntries((await Promise.all(targets)) as [string, string][]);
  }

  it("does not exist without a Pulumi CLI, even where stand-ins replace the rest", async () => {
    await install("stand-ins", ...HOSTS);
    assert.equal(await compose(), undefined);
  });

  it("is the installed one, as it is, where nothing is missing", async () => {
    const tools = (await pinnedTools(REPOSITORY)).map(({ name }) => name);
    await install("tools", ...tools);
    await install("stand-ins", ...tools);
    const composition = (await compose({ path: join(machine, "tools") })) ?? assert.fail();
    assert.equal(composition.toolchain.binDir, join(machine, "tools"));
    assert.deepEqual([composition.standIns, composition.missing], [[], []]);
  });

  it("has stand-ins for what is absent, and nothing else is stood in for", async () => {
    await install("tools", "pulumi", "pulumi-resource-kubernetes", "kwok");
    await install("stand-ins", ...HOSTS, "pulumi-resource-kubernetes");
    const composition = (await compose({ named: join(machine, "tools") })) ?? assert.fail();
    assert.deepEqual(await files(composition), {
      kwok: "tools/kwok",
      pulumi: "tools/pulumi",
      "pulumi-language-nodejs": "stand-ins/pulumi-language-nodejs",
      "pulumi-resource-kubernetes": "tools/pulumi-resource-kubernetes",
      "pulumi-resource-pulumi-nodejs": "stand-ins/pulumi-resource-pulumi-nodejs",
    });
    assert.deepEqual(composition.standIns, HOSTS);
    assert.deepEqual(composition.missing, ["pulumi-resource-auth0", "pulumi-resource-gcp"]);
  });

  it("takes installed plugins from wherever the engine would, before any stand-in", async () => {
    const tools = await pinnedTools(REPOSITORY);
    const { version = "" } = tools.find(({ name }) => name === "pulumi-resource-gcp") ?? {};
    await install("tools", "pulumi", "pulumi-resource-kubernetes");
    await install("elsewhere", "pulumi-language-nodejs");
    await install(`home/plugins/resource-gcp-v${version}`, "pulumi-resource-gcp");
    await install("stand-ins", ...HOSTS, "pulumi-resource-gcp");
    const path = [join(machine, "tools"), join(machine, "elsewhere")].join(":");
    const composition = (await compose({ path })) ?? assert.fail();
    const found = await files(composition);
    assert.equal(found["pulumi-language-nodejs"], "elsewhere/pulumi-language-nodejs");
    assert.equal(found["pulumi-resource-gcp"], `home/plugins/resource-gcp-v${version}/pulumi-resource-gcp`);
    assert.deepEqual(composition.standIns, ["pulumi-resource-pulumi-nodejs"]);
  });

  it("is one directory for each run, and leaves none behind", async () => {
    await install("tools", "pulumi");
    await install("stand-ins", ...HOSTS);
    const runs = await Promise.all([1, 2, 3].map(() => compose({ named: join(machine, "tools") })));
    const dirs = runs.map((run) => run?.toolchain.binDir ?? assert.fail());
    assert.equal(new Set(dirs).size, 3);
    for (const run of runs) await run?.close();
    for (const dir of dirs) await assert.rejects(readdir(dir), { code: "ENOENT" });
  });
});
