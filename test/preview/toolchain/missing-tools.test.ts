import assert from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { delimiter, join } from "node:path";
import fc from "fast-check";
import { describeMissing, missingTools, type NeededTool } from "../../../preview/toolchain/missing-tools.ts";
import type { Toolchain } from "../../../preview/toolchain/find-toolchain.ts";
import { inTemporaryDirectory, write } from "../support.ts";

const HOST = { name: "pulumi-language-nodejs" };
const DYNAMIC = { name: "pulumi-resource-pulumi-nodejs" };
const GCP = { name: "pulumi-resource-gcp", version: "9.35.0" };
const KUBERNETES = { name: "pulumi-resource-kubernetes", version: "4.32.0" };
const TOOLS: readonly NeededTool[] = [HOST, DYNAMIC, GCP, KUBERNETES];

/** A machine with a CLI in one directory, another directory on PATH, and a directory of plugins. */
class Machine {
  readonly root: string;
  readonly toolchain: Toolchain;

  constructor(root: string) {
    this.root = root;
    this.toolchain = { source: "installed", binDir: join(root, "bin"), pluginsDir: join(root, "plugins") };
  }

  put(dir: string, name: string, mode = 0o755): Promise<void> {
    return write(join(this.root, dir, name), "#!/bin/sh\nexit 1\n", mode);
  }

  putPlugin({ name }: NeededTool, version: string): Promise<void> {
    return this.put(join("plugins", `${name.slice("pulumi-".length)}-v${version}`), name);
  }

  missing(tools: readonly NeededTool[] = TOOLS): Promise<NeededTool[]> {
    const path = [this.toolchain.binDir, join(this.root, "path")].join(delimiter);
    return missingTools(this.toolchain, tools, path);
  }
}

function onMachine(use: (machine: Machine) => Promise<void>): Promise<void> {
  return inTemporaryDirectory(async (root) => {
    const machine = new Machine(root);
    await machine.put("bin", "pulumi");
    await use(machine);
  });
}

/** Where a tool may be, and whether the engine finds it there. */
const PLACES: Readonly<
  Record<string, readonly [isFound: boolean, put: (machine: Machine, tool: NeededTool) => Promise<void>]>
> = {
  nowhere: [false, () => Promise.resolve()],
  "in the CLI's directory": [true, (machine, { name }) => machine.put("bin", name)],
  "on PATH": [true, (machine, { name }) => machine.put("path", name)],
  "on PATH without the right to execute it": [false, (machine, { name }) => machine.put("path", name, 0o644)],
  "among the plugins": [true, (machine, tool) => machine.putPlugin(tool, tool.version ?? "3.259.0")],
  "among the plugins, half installed": [
    false,
    async (machine, tool) => {
      const version = tool.version ?? "3.259.0";
      await machine.putPlugin(tool, version);
      await machine.put("plugins", `${tool.name.slice("pulumi-".length)}-v${version}.partial`);
    },
  ],
};

describe("The search for missing tools", () => {
  it("finds each tool in every place where the engine looks, whatever else is there", async function () {
    this.timeout(30_000);
    const place = fc.constantFrom(...Object.keys(PLACES));
    const placed = fc.tuple(...TOOLS.map((tool) => place.map((name) => ({ tool, name }))));
    await fc.assert(
      fc.asyncProperty(placed, (all) =>
        onMachine(async (machine) => {
          for (const { tool, name } of all) await PLACES[name]?.[1](machine, tool);
          const expected = all.filter(({ name }) => PLACES[name]?.[0] === false).map(({ tool }) => tool);
          assert.deepEqual(await machine.missing(), expected);
        }),
      ),
      { numRuns: 60 },
    );
  });

  it("takes an older plugin on PATH, and among the plugins the pinned version alone, as the engine does", () =>
    onMachine(async (machine) => {
      await machine.putPlugin(KUBERNETES, "4.25.0");
      await machine.putPlugin(HOST, "3.1.0");
      assert.deepEqual(await machine.missing([HOST, KUBERNETES]), [KUBERNETES]);
      await machine.put("path", KUBERNETES.name);
      assert.deepEqual(await machine.missing([HOST, KUBERNETES]), []);
    }));

  it("follows a link to the CLI, for what is bundled with it and for nothing else", () =>
    onMachine(async (machine) => {
      for (const { name } of [...TOOLS, { name: "pulumi" }]) await machine.put("cellar", name);
      const linked = new Machine(join(machine.root, "linked"));
      await linked.put("path", "anything");
      await symlink(join(machine.root, "cellar"), join(linked.root, "cellar"));
      await write(join(linked.root, "bin", "README"), "");
      await symlink(join(machine.root, "cellar", "pulumi"), join(linked.root, "bin", "pulumi"));
      assert.deepEqual(await linked.missing(), [GCP, KUBERNETES]);
    }));

  it("finds a CLI without anything to lack everything", () =>
    onMachine(async (machine) => {
      assert.deepEqual(await machine.missing(), TOOLS);
    }));
});

describe("The line about missing tools", () => {
  it("names each tool, the version that is needed, and the command that installs it", () => {
    const line = (missing: readonly NeededTool[], source: Toolchain["source"]) =>
      describeMissing(missing, { source, binDir: "/bin", pluginsDir: "/plugins" });
    assert.equal(
      line([HOST], "PATH"),
      "missing: pulumi-language-nodejs; npm run toolchain -- --install installs it",
    );
    assert.equal(
      line([HOST, GCP], "installed"),
      "missing: pulumi-language-nodejs, pulumi-resource-gcp 9.35.0; npm run toolchain -- --install installs them",
    );
    assert.equal(
      line([KUBERNETES], "PULUMI_TOOLCHAIN"),
      "missing: pulumi-resource-kubernetes 4.32.0; once PULUMI_TOOLCHAIN is unset, npm run toolchain -- --install installs it",
    );
  });
});
