import { stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { UserError } from "../user-error.ts";
import type { PulumiProject } from "../project/project.ts";
import type { Environment } from "../toolchain/find-toolchain.ts";
import { Child, type ProcessEnd } from "./child-process.ts";
import type { Configuration } from "./configuration.ts";
import { OutputTail } from "./output-tail.ts";
import type { StackName } from "./urns.ts";

/** A program, and the address that it registers its resources at. */
export interface ProgramOptions {
  readonly project: PulumiProject;
  readonly stack: StackName;
  readonly organization: string;
  readonly configuration: Configuration;
  /** Address of the resource monitor and the engine service. */
  readonly address: string;
  readonly env: Environment;
  readonly onLog: (text: string) => void;
}

/** A running program. */
export interface ProgramProcess {
  readonly child: Child;
  /** How it exited, and the tail of its standard error. */
  readonly ended: Promise<ProcessEnd & { readonly stderr: string }>;
}

const HOST = join(import.meta.dirname, "program-host.cjs");

/** Exit code of a program that has already logged its errors to the engine (cmd/run/index.ts). */
export const ERROR_REPORTED = 32;

/**
 * Starts a program with the SDK's run script, as Pulumi's language host for Node.js does. TypeScript is transpiled if
 * necessary, but not type-checked.
 *
 * @throws UserError if the program is not for Node.js, or its entry point or its SDK is missing.
 */
export async function startProgram(options: ProgramOptions): Promise<ProgramProcess> {
  const { project, env, onLog } = options;
  if (project.runtime.name !== "nodejs") {
    throw new UserError(
      `Embedded mode supports only the runtime nodejs: Pulumi.yaml has ${project.runtime.name}.`,
    );
  }
  const { dir, main } = await entryPoint(project);
  const stderr = new OutputTail();
  const child = new Child({
    args: [...nodeArguments(project), HOST, runScript(dir), ...hostArguments(options, dir), main],
    cwd: project.root,
    env: { ...env, ...configurationEnv(options.configuration), ...typescriptEnv(project) },
    onText: (text, stream) => {
      if (stream === "stderr") stderr.add(text);
      onLog(text);
    },
  });
  return {
    child,
    ended: child.ended.then((end) => ({
      ...end,
      stderr: stripVTControlCharacters(stderr.toString()).trim(),
    })),
  };
}

/** The variables that programs and policy packs read their configuration from. */
export function configurationEnv({ values, secretKeys }: Configuration): Environment {
  const config = [...values].map(([key, value]) => [key.replace(":", ":config:"), value] as const);
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(config)),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys),
  };
}

/** The working directory and the entry point, as in `getPwdMain` (pkg/engine/project.go). */
async function entryPoint({ root, main }: PulumiProject): Promise<{ dir: string; main: string }> {
  if (main === undefined) return { dir: root, main: "." };
  const path = resolve(root, main);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new UserError(`Pulumi.yaml: main: ${main} does not exist.`);
  return found.isDirectory() ? { dir: path, main: "." } : { dir: dirname(path), main: basename(path) };
}

function runScript(dir: string): string {
  try {
    return createRequire(join(dir, "package.json")).resolve("@pulumi/pulumi/cmd/run");
  } catch (cause) {
    throw new UserError(`Cannot find the npm package @pulumi/pulumi from ${dir}: run npm install first.`, {
      cause,
    });
  }
}

function hostArguments({ project, stack, organization, address }: ProgramOptions, dir: string): string[] {
  const named = {
    monitor: address,
    engine: address,
    organization,
    project: stack.project,
    "root-directory": project.root,
    stack: stack.stack,
    pwd: dir,
    parallel: "8",
  };
  return [...Object.entries(named).flatMap(([name, value]) => [`--${name}`, value]), "--dry-run"];
}

/** The Node options of the project (runtime.options.nodeargs). */
function nodeArguments({ runtime: { options } }: PulumiProject): string[] {
  const { nodeargs } = options;
  return typeof nodeargs === "string" ? nodeargs.split(/\s+/).filter((argument) => argument !== "") : [];
}

function typescriptEnv({ runtime: { options } }: PulumiProject): Environment {
  if (options.typescript === false) return {};
  return {
    PULUMI_NODEJS_TYPESCRIPT: "true",
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    // Programs that are ES modules are transpiled by ts-node alone.
    TS_NODE_TRANSPILE_ONLY: "true",
  };
}
