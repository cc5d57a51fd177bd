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

/** A program, and whom it reports to. */
export interface ProgramOptions {
  readonly project: PulumiProject;
  readonly stack: StackName;
  readonly organization: string;
  readonly configuration: Configuration;
  /** Where the resource monitor and the engine are served. */
  readonly address: string;
  readonly env: Environment;
  readonly onLog: (text: string) => void;
}

/** A program that runs. */
export interface ProgramProcess {
  readonly child: Child;
  /** How it ended, and the end of what it wrote to its standard error. */
  readonly ended: Promise<ProcessEnd & { readonly stderr: string }>;
}

const HOST = join(import.meta.dirname, "program-host.cjs");

/** Exit code of a program that has told the engine all there is to say of its errors (cmd/run/index.ts). */
export const ERROR_REPORTED = 32;

/**
 * Starts a program by the SDK's own host script, as Pulumi's language host for Node.js does; TypeScript is transpiled,
 * if it has to be, but never checked.
 *
 * @throws UserError when it is not for Node.js, not there, or without its SDK.
 */
export async function startProgram(options: ProgramOptions): Promise<ProgramProcess> {
  const { project, env, onLog } = options;
  if (project.runtime.name !== "nodejs") {
    throw new UserError(
      `Embedded mode runs programs for nodejs, and this one is for ${project.runtime.name}.`,
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

/** The variables that programs, and policy packs, find their configuration in. */
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
  if (found === undefined)
    throw new UserError(`Pulumi.yaml names ${main} as the program, which does not exist.`);
  return found.isDirectory() ? { dir: path, main: "." } : { dir: dirname(path), main: basename(path) };
}

function runScript(dir: string): string {
  try {
    return createRequire(join(dir, "package.json")).resolve("@pulumi/pulumi/cmd/run");
  } catch (cause) {
    throw new UserError(
      `The npm package @pulumi/pulumi is not to be found from ${dir}: run npm install first.`,
      {
        cause,
      },
    );
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

/** What the project wants Node itself to be told. */
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
