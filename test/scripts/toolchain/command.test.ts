import assert from "node:assert/strict";
import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pinnedTools, pinnedVersion } from "../../../preview/toolchain/pinned-versions.ts";
import { queryPluginVersion } from "../../../preview/toolchain/plugin-info.ts";
import { UserError } from "../../../preview/user-error.ts";
import { toolVersions } from "../../../preview/toolchain/tool-versions.ts";
import { toolchainCommand } from "../../../scripts/toolchain/command.ts";
import { toolchainOrSkip } from "../../toolchain.ts";
import { inTemporaryDirectory, repository, write } from "../../preview/support.ts";

/** A repository whose npm packages ask for the real CLI's version and for one provider. */
async function writeRepository(dir: string): Promise<{ root: string; version: string }> {
  const root = join(dir, "work", "main");
  const version = await pinnedVersion(repository, "@pulumi/pulumi");
  const packages = {
    pulumi: { version },
    cloud: { version: "1.2.3", pulumi: { resource: true } },
    policy: { version: "4.5.6" },
  };
  for (const [name, manifest] of Object.entries(packages)) {
    await write(join(root, "node_modules", "@pulumi", name, "package.json"), JSON.stringify(manifest));
  }
  const dependencies = {
    "@pulumi/pulumi": version,
    "@pulumi/cloud": "1.2.3",
    "@pulumi/policy": "4.5.6",
    zod: "1.0.0",
  };
  await write(join(root, "package.json"), JSON.stringify({ version: "0.0.0", dependencies }));
  return { root, version };
}

/** A CLI that says this version, lists these plugins, and writes down what it is told to install. */
function fakeCli(version: string, plugins: object[], log: string): string {
  return `#!/bin/sh
case "$1 $2" in
  "version ") echo v${version} ;;
  "plugin ls") echo '${JSON.stringify(plugins)}' ;;
  *) echo "$PULUMI_HOME $@" >> ${log} ;;
esac
`;
}

/** Runs the command on a machine with nothing but this CLI on PATH. */
async function runIn(dir: string, args: string[], root: string, cli?: string) {
  const said: string[] = [];
  const warned: string[] = [];
  if (cli !== undefined) await write(join(dir, "bin", "pulumi"), cli, 0o755);
  const env = {
    PATH: join(dir, "bin"),
    XDG_CACHE_HOME: join(dir, "cache"),
    PULUMI_HOME: join(dir, "home"),
  };
  await toolchainCommand(args, env, root, {
    say: (text) => said.push(text),
    warn: (text) => warned.push(text),
  });
  return { said, warned };
}

describe("npm run toolchain", () => {
  it("says how to get a CLI on a machine without one", () =>
    inTemporaryDirectory(async (dir) => {
      const { root, version } = await writeRepository(dir);
      await assert.rejects(runIn(dir, [], root), (error) => {
        assert.ok(error instanceof UserError);
        for (const way of [
          "npm run toolchain -- --install",
          "brew install",
          "choco install",
          "https://get.pulumi.com",
          '"Download & install Pulumi"',
          "PULUMI_TOOLCHAIN",
          version,
        ]) {
          assert.ok(error.message.includes(way), way);
        }
        return true;
      });
    }));

  it("says what was found, and warns of each tool that is missing or of another version", () =>
    inTemporaryDirectory(async (dir) => {
      const { root, version } = await writeRepository(dir);
      const plugins = [
        { name: "cloud", kind: "resource", version: "1.0.0" },
        { name: "other", kind: "resource", version: "9.9.9" },
      ];
      const { said, warned } = await runIn(dir, [], root, fakeCli("3.0.0", plugins, "/dev/null"));
      assert.deepEqual(said, [
        `Toolchain: ${join(dir, "bin")} (PATH)`,
        `  pulumi                         3.0.0  ${join(dir, "bin")}`,
        "  pulumi-language-nodejs         ?",
        "  pulumi-resource-pulumi-nodejs  ?",
        `  pulumi-resource-cloud          1.0.0  ${join(dir, "home", "plugins")}`,
      ]);
      assert.deepEqual(warned, [
        `pulumi is 3.0.0, but the npm packages ask for ${version}.`,
        `pulumi-language-nodejs was not found; the npm packages ask for ${version}. Try -- --install.`,
        `pulumi-resource-pulumi-nodejs was not found; the npm packages ask for ${version}. Try -- --install.`,
        "pulumi-resource-cloud is 1.0.0, but the npm packages ask for 1.2.3.",
      ]);
    }));

  it("prefers the pinned one among several plugins, as the engine does", () =>
    inTemporaryDirectory(async (dir) => {
      const { root } = await writeRepository(dir);
      const plugins = ["1.0.0", "1.2.3"].map((version) => ({ name: "cloud", kind: "resource", version }));
      const { said } = await runIn(dir, [], root, fakeCli("3.0.0", plugins, "/dev/null"));
      assert.match(said.at(-1) ?? "", /pulumi-resource-cloud +1\.2\.3 /);
    }));

  it("installs the plugins that are missing beside the CLI in the cache, and finds them afterwards", async function () {
    this.timeout(30_000);
    await inTemporaryDirectory(async (dir) => {
      const { root, version } = await writeRepository(dir);
      const installed = join(dir, "cache", "attested-fhir", `pulumi-${version}`);
      const log = join(dir, "log");
      await write(join(installed, "bin", "pulumi"), fakeCli(version, [], log), 0o755);
      for (const tool of ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
        await write(join(installed, "bin", tool), "#!/bin/sh\n", 0o755);
      }
      const { said } = await runIn(dir, ["--install"], root);
      assert.equal(
        await readFile(log, "utf8"),
        `${installed} plugin install resource cloud v1.2.3 --non-interactive\n`,
      );
      assert.ok(said.includes(`Installed: ${installed}`));
      assert.ok(said.includes(`Toolchain: ${join(installed, "bin")} (installed)`));
    });
  });

  it("installs the CLI again where it lacks its language host, and leaves none behind when that fails", () =>
    inTemporaryDirectory(async (dir) => {
      const { root, version } = await writeRepository(dir);
      const cli = join(dir, "cache", "attested-fhir", `pulumi-${version}`, "bin", "pulumi");
      await write(cli, fakeCli(version, [], "/dev/null"), 0o755);
      const { fetch } = globalThis;
      globalThis.fetch = () => Promise.reject(new TypeError("fetch failed"));
      try {
        await assert.rejects(
          runIn(dir, ["--install"], root),
          /^UserError: .* could not be installed: .*fetch failed\n/,
        );
      } finally {
        globalThis.fetch = fetch;
      }
      await assert.rejects(access(cli), { code: "ENOENT" });
    }));

  it("asks for npm ci where the npm packages are missing", () =>
    inTemporaryDirectory(async (dir) => {
      await assert.rejects(
        runIn(dir, [], join(dir, "nowhere")),
        new UserError("The npm package @pulumi/pulumi is not installed: run npm ci first."),
      );
    }));
});

describe("The official Pulumi tools", () => {
  it("are of the versions that the npm packages ask for", async function () {
    this.timeout(60_000);
    const toolchain = await toolchainOrSkip(this, {
      official: ["pulumi-language-nodejs", "pulumi-resource-gcp"],
    });
    const tools = await pinnedTools(repository);
    const names = tools.map(({ name }) => name);
    assert.ok(names.includes("pulumi-resource-gcp") && names.includes("pulumi-resource-kubernetes"));
    for (const { name, version, pinned } of await toolVersions(toolchain, tools, process.env)) {
      assert.equal(version, pinned, name);
    }
  });
});

describe("A plugin that is asked for its version", () => {
  it("gives none when it is no plugin, cannot be started, or ends without an answer", async () => {
    assert.equal(await queryPluginVersion("/nowhere/pulumi-resource-x", process.env), undefined);
    assert.equal(await queryPluginVersion("/bin/true", process.env), undefined);
    await inTemporaryDirectory(async (dir) => {
      await write(join(dir, "plugin"), "#!/bin/sh\necho 1\n", 0o755);
      assert.equal(await queryPluginVersion(join(dir, "plugin"), process.env), undefined);
    });
  });
});
