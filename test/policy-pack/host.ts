import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { credentials } from "@grpc/grpc-js";
import grpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/analyzer_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct, { type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import type { EnforcementLevel } from "../../packages/policy-config/settings.ts";
import { guardrails } from "../../policy-pack/list.ts";
import { configureRequest } from "../../preview/embedded/configure-pack.ts";

/** The policy host with this pack, started as the engine starts it and called over the engine's own protocol. */

const PACK = fileURLToPath(new URL("../../policy-pack/", import.meta.url));
const HOST = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run-policy-pack");

/** How the engine represents a string that is not known yet. */
export const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** How the engine represents a list that is not known yet. */
export const UNKNOWN_LIST = "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2";

/** A secret value as the engine represents it. */
export function secret(value: JavaScriptValue): JavaScriptValue {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

/** A resource as the engine sends it. */
export interface Shown {
  readonly type: string;
  readonly name: string;
  /** The type of its parent, where it has one. */
  readonly below?: string;
  readonly props: Record<string, JavaScriptValue>;
  readonly protect?: boolean;
}

/** The configuration of one policy. */
export interface Setting {
  readonly enforcementLevel?: EnforcementLevel;
  readonly [parameter: string]: unknown;
}

/** A violation as the engine receives it. */
export interface Violation {
  readonly policy: string;
  readonly enforcement: "mandatory" | "advisory" | "other";
  readonly message: string;
  readonly urn: string;
}

/** The URN under which a resource is sent. */
export function urnOf({ type, name, below }: Pick<Shown, "type" | "name" | "below">): string {
  return `urn:pulumi:test::policy::${below === undefined ? "" : `${below}$`}${type}::${name}`;
}

/** A running policy host; `stop` it. */
export class PolicyHost {
  readonly #child: ChildProcess;
  readonly #client: grpc.AnalyzerClient;

  private constructor(child: ChildProcess, client: grpc.AnalyzerClient) {
    this.#child = child;
    this.#client = client;
  }

  /** Starts the host. No server listens at the engine's address, which the pack does not need. */
  static async start(): Promise<PolicyHost> {
    const child = spawn(process.execPath, [HOST, "127.0.0.1:9", "."], {
      cwd: PACK,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [port] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
    return new PolicyHost(child, new grpc.AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure()));
  }

  async stop(): Promise<void> {
    this.#client.close();
    this.#child.kill();
    await once(this.#child, "exit");
  }

  /** The policies that the pack lists. */
  async policies(): Promise<messages.PolicyInfo.AsObject[]> {
    const info = await answer<messages.AnalyzerInfo>((done) =>
      this.#client.getAnalyzerInfo(new empty.Empty(), done),
    );
    return info.toObject().policiesList;
  }

  /**
   * Configures the pack, as the engine does before it sends a resource.
   *
   * @throws Error with the pack's own message when it rejects the configuration.
   */
  async configure(given: Readonly<Record<string, Setting>>): Promise<void> {
    const info = await answer<messages.AnalyzerInfo>((done) =>
      this.#client.getAnalyzerInfo(new empty.Empty(), done),
    );
    const settings = Object.entries(given).map(
      ([name, { enforcementLevel, ...parameters }]) =>
        [name, { ...(enforcementLevel !== undefined && { enforcementLevel }), parameters }] as const,
    );
    const request = configureRequest(info, new Map(settings));
    await answer((done) => this.#client.configure(request, done));
  }

  /** Sends one resource, with its inputs. */
  async analyze(shown: Shown): Promise<readonly Violation[]> {
    const request = new messages.AnalyzeRequest();
    describe(request, shown);
    return violations(await answer((done) => this.#client.analyze(request, done)));
  }

  /** Sends all resources of the stack, with their outputs; returns the violations without what only informs. */
  async analyzeStack(...shown: readonly Shown[]): Promise<readonly Violation[]> {
    const request = new messages.AnalyzeStackRequest();
    request.setResourcesList(
      shown.map((one) => {
        const resource = new messages.AnalyzerResource();
        describe(resource, one);
        return resource;
      }),
    );
    const all = violations(await answer((done) => this.#client.analyzeStack(request, done)));
    return all.filter(({ policy }) => !INFORMING.has(policy));
  }
}

const INFORMING = new Set(guardrails.flatMap(({ name, informs }) => (informs === true ? [name] : [])));

function describe(message: messages.AnalyzeRequest | messages.AnalyzerResource, shown: Shown): void {
  message.setType(shown.type);
  message.setName(shown.name);
  message.setUrn(urnOf(shown));
  message.setProperties(struct.Struct.fromJavaScript(shown.props));
  const options = new messages.AnalyzerResourceOptions();
  options.setProtect(shown.protect ?? false);
  message.setOptions(options);
}

function answer<T>(ask: (done: (error: Error | null, response: T) => void) => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    ask((error, response) => {
      if (error) reject(error);
      else resolve(response);
    });
  });
}

const LEVELS: Readonly<Record<number, Violation["enforcement"]>> = {
  [messages.EnforcementLevel.ADVISORY]: "advisory",
  [messages.EnforcementLevel.MANDATORY]: "mandatory",
};

function violations(response: messages.AnalyzeResponse): readonly Violation[] {
  return response.toObject().diagnosticsList.map(({ policyname, enforcementlevel, message, urn }) => ({
    policy: policyname,
    enforcement: LEVELS[enforcementlevel] ?? "other",
    // The host puts the policy's description before the message.
    message: message.slice(message.indexOf("\n") + 1),
    urn,
  }));
}
