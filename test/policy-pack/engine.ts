import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import {
  type EngineEvent,
  LocalWorkspace,
  PulumiCommand,
  type Stack,
} from "@pulumi/pulumi/automation/index.js";
import { guardrails } from "../../policy-pack/list.ts";
import { startOfflineProxy } from "../../preview/engine/offline-proxy.ts";
import { REPOSITORY } from "../toolchain.ts";
import type { Toolchain } from "../../preview/toolchain/find-toolchain.ts";

/** Pulumi's engine, with the real providers and this pack, on an ephemeral backend without any credentials. */

/** A violation that the engine reported. */
export interface EngineViolation {
  readonly policy: string;
  readonly enforcement: string;
  readonly severity: string;
  /** `TYPE NAME`. */
  readonly resource: string;
  readonly message: string;
}

/** An ephemeral engine; `close` it. */
export interface Engine {
  /**
   * Previews the program with additional environment variables, and returns in order what the policies report.
   *
   * @param configuration of the pack; none when absent
   */
  preview(
    environment: Readonly<Record<string, string>>,
    configuration?: object,
  ): Promise<readonly EngineViolation[]>;
  /**
   * Updates an empty stack by `--skip-preview --continue-on-error`.
   *
   * @returns what the policies report, and the names of the resources that exist afterwards
   */
  update(environment: Readonly<Record<string, string>>, configuration?: object): Promise<Updated>;
  close(): Promise<void>;
}

/** What an update has done. */
export interface Updated {
  readonly violations: readonly EngineViolation[];
  readonly names: readonly string[];
}

const INFORMING = new Set(guardrails.flatMap(({ name, informs }) => (informs === true ? [name] : [])));

/** The violations among what policies reported: not what only informs. */
export function violationsIn(found: readonly EngineViolation[] = []): readonly EngineViolation[] {
  return found.filter(({ policy }) => !INFORMING.has(policy));
}

/** Makes an engine for one program of test/policy-pack/programs. */
export async function startEngine(toolchain: Toolchain, program: string): Promise<Engine> {
  const directory = await mkdtemp(join(tmpdir(), "policy-engine-"));
  const proxy = await startOfflineProxy();
  const close = async () => {
    await proxy.close();
    await rm(directory, { recursive: true });
  };
  try {
    const stack = await createStack(toolchain, program, directory, proxy.address);
    const file = join(directory, "policy.json");
    const written = async (configuration?: object) => {
      if (configuration !== undefined) await writeFile(file, JSON.stringify(configuration));
      return configuration === undefined ? [] : [file];
    };
    return {
      preview: async (environment, configuration) =>
        preview(stack, environment, await written(configuration)),
      update: async (environment, configuration) => update(stack, environment, await written(configuration)),
      close,
    };
  } catch (error) {
    // An open server would keep the tests from ending.
    await close();
    throw error;
  }
}

async function createStack(
  toolchain: Toolchain,
  program: string,
  directory: string,
  proxy: string,
): Promise<Stack> {
  await symlink(toolchain.binDir, join(directory, "bin"));
  const project = {
    name: "policy",
    main: join(REPOSITORY, "test/policy-pack/programs", program),
    runtime: { name: "nodejs", options: { typescript: false } },
    backend: { url: `file://${directory}` },
  };
  return LocalWorkspace.createStack(
    { stackName: "test", workDir: directory },
    {
      projectSettings: project,
      pulumiCommand: await PulumiCommand.get({ root: directory }),
      pulumiHome: join(directory, "home"),
      envVars: {
        PATH: [toolchain.binDir, process.env.PATH ?? ""].join(delimiter),
        PULUMI_CONFIG_PASSPHRASE: "",
        PULUMI_SKIP_UPDATE_CHECK: "1",
        GOOGLE_OAUTH_ACCESS_TOKEN: "none",
        GCE_METADATA_HOST: proxy,
        HTTPS_PROXY: `http://${proxy}`,
        NO_PROXY: "127.0.0.1",
      },
    },
  );
}

async function preview(
  stack: Stack,
  environment: Readonly<Record<string, string>>,
  policyPackConfigs: string[],
): Promise<readonly EngineViolation[]> {
  Object.assign(stack.workspace.envVars, environment);
  return collect(async (onEvent) => {
    await stack.preview({ policyPacks: [PACK], policyPackConfigs, onEvent });
  });
}

/** Updates as `pulumi up --skip-preview --continue-on-error` does, and goes on where a resource is refused. */
async function update(
  stack: Stack,
  environment: Readonly<Record<string, string>>,
  policyPackConfigs: string[],
): Promise<Updated> {
  Object.assign(stack.workspace.envVars, environment);
  const violations = await collect(async (onEvent) => {
    await stack.up({ policyPacks: [PACK], policyPackConfigs, continueOnError: true, onEvent });
  });
  const exported: { readonly deployment: unknown } = await stack.exportStack();
  const state = exported.deployment as { readonly resources?: readonly { readonly urn: string }[] };
  const { resources = [] } = state;
  return { violations, names: resources.map(({ urn }) => urn.split("::").at(-1) ?? "") };
}

const PACK = join(REPOSITORY, "policy-pack");

async function collect(
  run: (onEvent: (event: EngineEvent) => void) => Promise<void>,
): Promise<readonly EngineViolation[]> {
  const violations: EngineViolation[] = [];
  try {
    await run(({ policyEvent }) => {
      if (policyEvent === undefined) return;
      // The SDK's type lacks the severity, which the engine reports all the same.
      const event: typeof policyEvent & { readonly severity?: string } = policyEvent;
      const { policyName, enforcementLevel, severity, message, resourceUrn = "" } = event;
      violations.push({
        policy: policyName,
        enforcement: enforcementLevel,
        severity: severity ?? "",
        resource: resourceUrn.split("::").slice(2).join(" ").replace(/^.*\$/, ""),
        // The host puts the policy's description before the message, and the engine ends it with a newline.
        message: message.slice(message.indexOf("\n") + 1).trimEnd(),
      });
    });
  } catch (error) {
    // A mandatory violation fails a preview and an update; any other failure is a bug in the test.
    if (violations.length === 0) throw error;
  }
  return violations;
}
