import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { credentials } from "@grpc/grpc-js";
import analyzerService, { type AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import { parse } from "yaml";
import { z } from "zod";
import { thrownMessage, UserError } from "../user-error.ts";
import type { Environment } from "../toolchain/find-toolchain.ts";
import { Child } from "./child-process.ts";
import type { Configuration } from "./configuration.ts";
import { configurationEnv } from "./program-process.ts";
import { CHANNEL } from "./grpc.ts";
import { OutputTail } from "./output-tail.ts";
import type { StackName } from "./urns.ts";

/** A policy pack, and the stack that it evaluates. */
export interface PackOptions {
  /** Directory of the PulumiPolicy.yaml. */
  readonly dir: string;
  readonly stack: StackName;
  readonly organization: string;
  readonly configuration: Configuration;
  readonly env: Environment;
  readonly onLog: (text: string) => void;
}

const HOST = join(import.meta.dirname, "pack-host.cjs");

const packFile = z.object({
  runtime: z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]),
  main: z.string().optional(),
});

const hostMessage = z.union([z.object({ failed: z.string() }), z.object({ loaded: z.literal(true) })]);

/** A policy pack that runs in its own process. */
export class PolicyPackProcess {
  /** The client of the pack; rejects with a UserError if the pack fails to load. */
  readonly client: Promise<AnalyzerClient>;
  /** Rejects with a UserError if the pack exits by itself. */
  readonly exited: Promise<never>;
  readonly #child: Child;

  private constructor(entry: string, { dir, stack, organization, configuration, env, onLog }: PackOptions) {
    const port = Promise.withResolvers<string>();
    const loaded = Promise.withResolvers<undefined>();
    const stderr = new OutputTail();
    const stdout = new OutputTail();
    this.#child = new Child({
      args: [HOST, entry],
      cwd: dir,
      env: { ...env, ...configurationEnv(configuration), ...stackEnv(stack, organization) },
      onText: (text, stream) => {
        (stream === "stderr" ? stderr : stdout).add(text);
        const found = /^(\d+)\s*\n/m.exec(stdout.toString())?.[1];
        if (stream === "stdout" && found !== undefined) port.resolve(found);
        onLog(text);
      },
      onMessage: (line) => {
        const message = hostMessage.parse(JSON.parse(line));
        if ("loaded" in message) loaded.resolve(undefined);
        else loaded.reject(new UserError(`The policy pack failed to load: ${message.failed}`));
      },
    });
    let hasLoaded = false;
    this.exited = this.#child.ended.then(({ code }) => {
      const why = stderr.toString().trim() || `it exited with code ${code ?? "none"}`;
      throw new UserError(`The policy pack failed${hasLoaded ? "" : " to load"}: ${why}`);
    });
    this.client = Promise.race([Promise.all([port.promise, loaded.promise]), this.exited]).then(([found]) => {
      hasLoaded = true;
      return new analyzerService.AnalyzerClient(`127.0.0.1:${found}`, credentials.createInsecure(), CHANNEL);
    });
    for (const promise of [this.exited, loaded.promise, this.client]) promise.catch(() => undefined);
  }

  /**
   * Starts a pack.
   *
   * @throws UserError if the directory has no pack, or one that is not for Node.js.
   */
  static async start(options: PackOptions): Promise<PolicyPackProcess> {
    const file = join(options.dir, "PulumiPolicy.yaml");
    const { runtime, main } = await readPackFile(file, options.dir);
    if (runtime !== "nodejs") {
      throw new UserError(`Embedded mode supports only the runtime nodejs: ${file} has ${runtime}.`);
    }
    const entry = main === undefined ? options.dir : join(options.dir, main);
    await stat(entry).catch((cause: unknown) => {
      throw new UserError(`${file}: main: ${main ?? ""} does not exist.`, { cause });
    });
    return new PolicyPackProcess(entry, options);
  }

  /** Kills the process, and waits until it has exited. */
  async end(): Promise<void> {
    await this.#child.end();
    await this.client.then(
      (client) => {
        client.close();
      },
      () => undefined,
    );
  }
}

async function readPackFile(file: string, dir: string): Promise<z.infer<typeof packFile>> {
  try {
    return packFile.parse(parse(await readFile(file, "utf8")));
  } catch (cause) {
    throw new UserError(
      `failed to load Pulumi policy project located at ${JSON.stringify(dir)}: ${thrownMessage(cause)}`,
      { cause },
    );
  }
}

/** The variables that describe the stack to packs (`constructEnv` in analyzer_plugin.go). */
function stackEnv({ project, stack }: StackName, organization: string): Environment {
  const facts = { ORGANIZATION: organization, PROJECT: project, STACK: stack, DRY_RUN: "true" };
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => [
      [`PULUMI_${name}`, value],
      [`PULUMI_NODEJS_${name}`, value],
    ]),
  );
}
