import assert from "node:assert/strict";
import { access, chmod } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { UserError } from "../../../preview/user-error.ts";
import {
  findToolchain,
  installDir,
  toolchainSearch,
  type ToolchainSearch,
} from "../../../preview/toolchain/find-toolchain.ts";
import { inTemporaryDirectory, write } from "../support.ts";

const PINNED = "3.2.1";

/** A machine with nothing but an installed npm package, on which each place for tools can be filled. */
class Machine {
  readonly root: string;
  readonly search: ToolchainSearch;

  constructor(root: string) {
    this.root = root;
    this.search = {
      repository: this.at("work/main"),
      cache: this.at("cache"),
      pulumiHome: this.at("home"),
      path: [this.at("empty"), this.at("path"), this.at("path2")].join(delimiter),
    };
  }

  at(place: string): string {
    return join(this.root, place);
  }

  async put(dir: string, tool = "pulumi", content = "#!/bin/sh\n"): Promise<string> {
    await write(this.at(join(dir, tool)), content, 0o755);
    return this.at(dir);
  }
}

async function onMachine(use: (machine: Machine) => Promise<void>): Promise<void> {
  await inTemporaryDirectory(async (root) => {
    const machine = new Machine(root);
    await machine.put(
      "work/main/node_modules/@pulumi/pulumi",
      "package.json",
      JSON.stringify({ version: PINNED }),
    );
    await use(machine);
  });
}

describe("The search for the toolchain", () => {
  it("finds nothing on a machine without any", () =>
    onMachine(async ({ search }) => {
      assert.equal(await findToolchain(search), undefined);
    }));

  it("goes by what the user names, then what was installed here, then PATH", () =>
    onMachine(async (machine) => {
      const { search } = machine;
      const plugins = machine.at("home/plugins");
      const path = await machine.put("path2");
      assert.deepEqual(await findToolchain(search), { source: "PATH", binDir: path, pluginsDir: plugins });

      const installed = await installDir(search);
      assert.equal(installed, machine.at(`cache/attested-fhir/pulumi-${PINNED}`));
      await write(join(installed, "bin", "pulumi"), "", 0o755);
      const own = {
        source: "installed",
        binDir: join(installed, "bin"),
        pluginsDir: join(installed, "plugins"),
      };
      assert.deepEqual(await findToolchain(search), own);

      const named = await machine.put("named");
      assert.deepEqual(await findToolchain({ ...search, named }), {
        source: "PULUMI_TOOLCHAIN",
        binDir: named,
        pluginsDir: plugins,
      });
    }));

  it("takes the first directory of PATH that holds an executable pulumi", () =>
    onMachine(async (machine) => {
      await machine.put("path2");
      const first = await machine.put("path");
      assert.equal((await findToolchain(machine.search))?.binDir, first);
      await chmod(join(first, "pulumi"), 0o644);
      assert.equal((await findToolchain(machine.search))?.binDir, machine.at("path2"));
    }));

  it("never passes over what the user names", () =>
    onMachine(async (machine) => {
      await machine.put("path");
      await assert.rejects(
        findToolchain({ ...machine.search, named: machine.at("empty") }),
        new UserError(`PULUMI_TOOLCHAIN: ${machine.at("empty")} does not contain pulumi.`),
      );
    }));

  it("executes nothing that lies outside the checkout and is not named", () =>
    onMachine(async (machine) => {
      const trace = machine.at("executed");
      for (const dir of ["work/shared/toolchain", "work/main", "work"]) {
        await machine.put(dir, "install", `#!/bin/sh\ntouch ${trace}; echo ${machine.at("path")}\n`);
      }
      await machine.put("work/shared/toolchain");
      assert.equal(await findToolchain(machine.search), undefined);
      await assert.rejects(access(trace), { code: "ENOENT" });
    }));

  it("looks where the environment says, and takes an empty variable for none", () => {
    const env = { PULUMI_TOOLCHAIN: "/t", XDG_CACHE_HOME: "/c", PULUMI_HOME: "/h", PATH: "/p" };
    assert.deepEqual(toolchainSearch(env, "/r"), {
      named: "/t",
      repository: "/r",
      cache: "/c",
      pulumiHome: "/h",
      path: "/p",
    });
    const bare = toolchainSearch({ PULUMI_TOOLCHAIN: "", XDG_CACHE_HOME: "", PULUMI_HOME: "" }, "/r");
    assert.equal(bare.named, undefined);
    assert.match(bare.cache, /\.cache$/);
    assert.match(bare.pulumiHome, /\.pulumi$/);
  });
});
