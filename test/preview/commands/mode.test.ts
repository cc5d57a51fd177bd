import assert from "node:assert/strict";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { NeededTool } from "../../../preview/toolchain/missing-tools.ts";
import { chooseMode, type EngineOptions } from "../../../preview/commands/mode.ts";
import { observeStack } from "../../../preview/commands/preview.ts";
import { UserError } from "../../../preview/user-error.ts";
import { readProject } from "../../../preview/project/project.ts";
import { StackFile } from "../../../preview/project/stack-file.ts";
import { stackPlugins } from "../../../preview/stack-plugins.ts";
import type { Environment } from "../../../preview/toolchain/find-toolchain.ts";
import { stack } from "../../infra/stacks.ts";
import { command, fixture, inTemporaryDirectory, loggedOut, repository, run, write } from "../support.ts";

const HOST = "pulumi-language-nodejs";
const GCP = "pulumi-resource-gcp";
const KUBERNETES = "pulumi-resource-kubernetes";

/** What the stacks of these tests need. */
const PLUGINS: readonly NeededTool[] = [
  { name: GCP, version: "9.35.0" },
  { name: KUBERNETES, version: "4.32.0" },
];

/** A Pulumi CLI that leaves a trace when it is executed, and says that the backend has the stack. */
const CLI = `#!/bin/sh
echo executed >> "$TRACE"
`;

/** A machine with this CLI, and these tools, each an executable by its path. */
class Machine {
  readonly root: string;
  readonly env: Environment;

  constructor(root: string) {
    this.root = root;
    this.env = { PATH: [this.at("bin"), this.at("path")].join(delimiter), TRACE: this.at("trace") };
  }

  at(place: string): string {
    return join(this.root, place);
  }

  async put(files: readonly string[]): Promise<void> {
    await write(this.at("bin/pulumi"), CLI, 0o755);
    for (const file of files) await write(this.at(file), "#!/bin/sh\nexit 1\n", 0o755);
  }

  async choose(more: Partial<EngineOptions> = {}) {
    const project = await readProject(fixture("things"));
    const options: EngineOptions = {
      root: project.root,
      stack: "dev",
      toolchain: { source: "PATH", binDir: this.at("bin"), pluginsDir: this.at("plugins") },
      env: this.env,
      pulumiHome: this.at("home"),
      needsGoogle: false,
      plugins: () => Promise.resolve(PLUGINS),
      noState: true,
      signal: new AbortController().signal,
      ...more,
    };
    return chooseMode(options, project, new StackFile("config: {}\n", "Pulumi.dev.yaml", "things"));
  }

  /** Whether the CLI was executed. */
  async wasExecuted(): Promise<boolean> {
    return access(this.at("trace")).then(
      () => true,
      () => false,
    );
  }
}

function onMachine<T>(files: readonly string[], use: (machine: Machine) => Promise<T>): Promise<T> {
  return inTemporaryDirectory(async (root) => {
    const machine = new Machine(root);
    await machine.put(files);
    return use(machine);
  });
}

/** Installations, and the line about what they lack; undefined where they lack nothing. */
const INSTALLATIONS: Readonly<Record<string, readonly [files: readonly string[], line: string | undefined]>> =
  {
    "everything in the CLI's directory": [[`bin/${HOST}`, `bin/${GCP}`, `bin/${KUBERNETES}`], undefined],
    "everything on PATH": [[`path/${HOST}`, `path/${GCP}`, `path/${KUBERNETES}`], undefined],
    "the plugins among the plugins": [
      [
        `bin/${HOST}`,
        `plugins/resource-gcp-v9.35.0/${GCP}`,
        `plugins/resource-kubernetes-v4.32.0/${KUBERNETES}`,
      ],
      undefined,
    ],
    "no language host": [
      [`bin/${GCP}`, `bin/${KUBERNETES}`],
      `missing: ${HOST}; npm run toolchain -- --install installs it`,
    ],
    "no gcp plugin": [
      [`bin/${HOST}`, `bin/${KUBERNETES}`],
      `missing: ${GCP} 9.35.0; npm run toolchain -- --install installs it`,
    ],
    "no kubernetes plugin": [
      [`bin/${HOST}`, `path/${GCP}`],
      `missing: ${KUBERNETES} 4.32.0; npm run toolchain -- --install installs it`,
    ],
    "neither of the plugins": [
      [`path/${HOST}`],
      `missing: ${GCP} 9.35.0, ${KUBERNETES} 4.32.0; npm run toolchain -- --install installs them`,
    ],
    "neither host nor gcp plugin": [
      [`plugins/resource-kubernetes-v4.32.0/${KUBERNETES}`],
      `missing: ${HOST}, ${GCP} 9.35.0; npm run toolchain -- --install installs them`,
    ],
    "nothing but the CLI": [
      [],
      `missing: ${HOST}, ${GCP} 9.35.0, ${KUBERNETES} 4.32.0; npm run toolchain -- --install installs them`,
    ],
  };

describe("The mode of a preview", () => {
  for (const [title, [files, line]] of Object.entries(INSTALLATIONS)) {
    it(`is ${line === undefined ? "the engine" : "embedded"} with ${title}, and no process is started to find that out`, () =>
      onMachine(files, async (machine) => {
        assert.deepEqual(
          await machine.choose(),
          line === undefined
            ? { kind: "engine", comparedWith: { kind: "nothing", because: "--no-state" } }
            : { kind: "embedded", because: line },
        );
        assert.equal(await machine.wasExecuted(), false);
      }));
  }

  it("is never embedded where the user asks for the engine, by name or by --refresh", () =>
    onMachine([`bin/${HOST}`, `bin/${KUBERNETES}`], async (machine) => {
      const problem = new UserError(
        `Pulumi's engine cannot preview this stack here (missing: ${GCP} 9.35.0; npm run toolchain -- --install installs it).`,
      );
      await assert.rejects(machine.choose({ engine: true }), problem);
      await assert.rejects(machine.choose({ refresh: true }), problem);
      const plugins = () => Promise.resolve([]);
      assert.equal((await machine.choose({ engine: true, plugins })).kind, "engine");
    }));

  it("goes by the language host alone for a program whose plugins are not known", () =>
    onMachine([`path/${HOST}`], async (machine) => {
      assert.equal((await machine.choose({ plugins: undefined })).kind, "engine");
    }));

  it("needs the language host of policy packs as well as the program's, and is not embedded for a program in Python", () =>
    onMachine(["bin/pulumi-language-python"], async (machine) => {
      const project = { ...(await readProject(fixture("things"))), runtime: { name: "python", options: {} } };
      const toolchain = {
        source: "PATH",
        binDir: machine.at("bin"),
        pluginsDir: machine.at("plugins"),
      } as const;
      const here = { root: project.root, stack: "dev", toolchain, env: machine.env };
      const options = { ...here, noState: true, needsGoogle: false };
      const modeWith = (policyPacks: string[]) =>
        chooseMode(
          { ...options, pulumiHome: machine.root, policyPacks, signal: new AbortController().signal },
          project,
          new StackFile("config: {}\n", "Pulumi.dev.yaml", "things"),
        );
      assert.equal((await modeWith([])).kind, "engine");
      await assert.rejects(
        modeWith(["pack"]),
        new UserError(
          `Pulumi's engine cannot preview this stack here (missing: ${HOST}; npm run toolchain -- --install installs it).`,
        ),
      );
    }));

  it("is the engine where that downloads its plugins, to compare with a state", () =>
    onMachine([`bin/${HOST}`], async (machine) => {
      const env = { ...machine.env, PULUMI_BACKEND_URL: "file:///state" };
      const compared = { noState: false, env };
      assert.deepEqual(await machine.choose(compared), {
        kind: "engine",
        comparedWith: { kind: "state", backend: "file:///state", stack: "dev" },
      });
      const offline = { ...env, PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" };
      assert.deepEqual(await machine.choose({ ...compared, env: offline }), {
        kind: "embedded",
        because: `missing: ${GCP} 9.35.0, ${KUBERNETES} 4.32.0; npm run toolchain -- --install installs them`,
      });
      await machine.put([`home/plugins/resource-gcp-v9.35.0/${GCP}`, `path/${KUBERNETES}`]);
      assert.equal((await machine.choose({ ...compared, env: offline })).kind, "engine");
    }));
});

describe("npm run preview with a CLI that lacks its language host", function () {
  this.timeout(60_000);

  function previewing(...args: string[]) {
    return onMachine([], async (machine) => {
      const env = {
        ...loggedOut(machine.at("home")),
        TRACE: machine.at("trace"),
        PULUMI_TOOLCHAIN: undefined,
        XDG_CACHE_HOME: machine.at("cache"),
        PATH: machine.at("bin"),
      };
      const ended = await run([command, "things", "--stack", "dev", ...args], env);
      return { ...ended, wasExecuted: await machine.wasExecuted() };
    });
  }

  it("previews in embedded mode, says in one line what is missing, and starts no engine", async () => {
    const { code, stdout, stderr, wasExecuted } = await previewing();
    assert.deepEqual([code, stderr, wasExecuted], [0, "", false]);
    const modes = stdout.split("\n").filter((line) => line.startsWith("Preview of "));
    assert.deepEqual(
      modes.map((line) => line.slice(0, line.indexOf(", which cannot know"))),
      [`Preview of dev in embedded mode (missing: ${HOST}; npm run toolchain -- --install installs it)`],
    );
  });

  it("ends with 2 and one clear error where the engine is asked for", async () => {
    for (const option of ["--engine", "--refresh"]) {
      assert.deepEqual(await previewing(option), {
        code: 2,
        stdout: "",
        stderr: `Pulumi's engine cannot preview this stack here (missing: ${HOST}; npm run toolchain -- --install installs it).\n`,
        wasExecuted: false,
      });
    }
  });
});

describe("npm run preview without a Pulumi CLI where the engine is asked for", function () {
  this.timeout(60_000);

  it("ends with 2 and says how to get one", () =>
    inTemporaryDirectory(async (dir) => {
      for (const option of ["--engine", "--refresh"]) {
        const env = { ...loggedOut(dir), PULUMI_TOOLCHAIN: undefined, XDG_CACHE_HOME: dir, PATH: "" };
        const { code, stdout, stderr } = await run([command, "things", "--stack", "dev", option], env);
        assert.deepEqual([code, stdout], [2, ""]);
        assert.match(stderr, /^No Pulumi CLI was found\. .*\n {2}npm run toolchain -- --install /);
      }
    }));
});

describe("The plugins that a stack needs", function () {
  this.timeout(120_000);

  for (const name of ["tutorial", "prod-signing", "prod", "kind"]) {
    it(`are the providers of its resources: ${name}`, async () => {
      const { seen } = await observeStack({
        root: repository,
        stack: name,
        env: process.env,
        pulumiHome: "",
        signal: new AbortController().signal,
      });
      const providers = seen.resources.flatMap(({ type }) => /^pulumi:providers:(.+)$/.exec(type)?.[1] ?? []);
      const needed = await stackPlugins(repository, stack(name));
      assert.deepEqual(
        needed.map(({ name: tool }) => tool).sort(),
        [...new Set(providers)].map((provider) => `pulumi-resource-${provider}`).sort(),
      );
    });
  }
});
