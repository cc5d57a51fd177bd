import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Grant } from "../../components/cilium/grant.ts";
import { serverEndpoint } from "../../components/fhir/fhir-server-spec.ts";
import { WatchedEndpoint } from "../components/fhir/watched-endpoint.ts";
import { type Envoy, type Hop, startEnvoy } from "../envoy/index.ts";
import { type Labels, STORY_NAMESPACE, rulesBetween } from "../envoy/policy-hops.ts";
import { type Answer, ask, type Question } from "../socket-http.ts";
import { type FhirServer, IdentityProvider, startFhirServer } from "./index.ts";

/** Everything that a request of the story meets, from the client's command to the server. */

/** The story's server. */
export const SERVER = serverEndpoint({});

const HOST = `${SERVER.name}.${STORY_NAMESPACE}:${SERVER.port}`;

/** Base URL of the endpoint, as clients know it. */
export const SERVER_URL = `http://${HOST}${SERVER.basePath}`;

/** A pod that asks the server. */
export interface Client {
  readonly name: string;
  readonly labels: Labels;
}

export interface StageOptions {
  /** Absolute path of Envoy. */
  readonly envoy: string;
  /** What the FHIR server is run with. */
  readonly classpath: string;
  readonly clients: readonly Client[];
  /** The DebugMode that the endpoint has at first. */
  readonly debugMode: number;
}

/** How a command ended. */
export interface Ended {
  readonly exit: number;
  readonly output: string;
}

/**
 * The story's stage: the FHIR server, the script that watches over its endpoint, the identity provider, and between
 * clients and server what Cilium puts there: nothing as long as no policy stands, and under deny-all, for each client
 * that may ask the server, Envoy on the client's side and Envoy on the server's side.
 *
 * Cilium drops whatever no policy lets through before Envoy sees it (layers 3 and 4), and then a client waits in vain.
 * Here such a client has no address to connect to. What is dropped is computed from the policies' selectors; that Cilium
 * reads them in the same way is for Cilium's own policy engine to say.
 */
export class Stage {
  readonly endpoint: WatchedEndpoint;
  readonly provider: IdentityProvider;
  /** For the files of the clients; it goes with the stage. */
  readonly directory = mkdtempSync(join(tmpdir(), "attested-fhir-stage-"));
  readonly #options: StageOptions;
  readonly #server: FhirServer;
  #envoy: Envoy | undefined;
  /** The socket by which each client reaches the server; none for those who are dropped. */
  #ways = new Map<string, string>();

  private constructor(
    options: StageOptions,
    provider: IdentityProvider,
    endpoint: WatchedEndpoint,
    server: FhirServer,
  ) {
    this.#options = options;
    this.provider = provider;
    this.endpoint = endpoint;
    this.#server = server;
    for (const { name } of options.clients) mkdirSync(join(this.directory, name));
  }

  static async begin(options: StageOptions): Promise<Stage> {
    const endpoint = new WatchedEndpoint(options.debugMode, SERVER.basePath);
    const provider = await IdentityProvider.begin();
    try {
      const server = await startFhirServer({
        classpath: options.classpath,
        basePath: SERVER.basePath,
        settings: endpoint.file,
        introspectionUrl: provider.introspectionUrl,
      });
      const stage = new Stage(options, provider, endpoint, server);
      stage.open();
      return stage;
    } catch (error) {
      endpoint.dispose();
      await provider.stop();
      throw error;
    }
  }

  /** The socket of the server itself, with nothing before it. */
  get serverSocket(): string {
    return this.#server.socket;
  }

  /** No policy is applied: every client reaches the server. */
  open(): void {
    this.#ways = new Map(this.#options.clients.map(({ name }) => [name, this.serverSocket]));
  }

  /** Deny-all is applied, and the policies generated from the grants. */
  async enforce(grants: readonly Grant[]): Promise<void> {
    await this.#envoy?.stop();
    this.#ways = new Map();
    const hops = this.#options.clients.flatMap((client) => this.#hops(client, grants));
    const envoy = await startEnvoy(this.#options.envoy, hops);
    this.#envoy = envoy;
    for (const { name } of this.#options.clients) {
      if (hops.some((hop) => hop.name === `${name}-egress`))
        this.#ways.set(name, envoy.socket(`${name}-egress`));
    }
  }

  #hops({ name, labels }: Client, grants: readonly Grant[]): Hop[] {
    const rules = rulesBetween(labels, SERVER.labels, SERVER.port, { servers: [SERVER], grants });
    if (rules === undefined) return [];
    return [
      { name: `${name}-egress`, rules: rules.egress, to: { hop: `${name}-ingress` } },
      { name: `${name}-ingress`, rules: rules.ingress, to: { socket: this.serverSocket } },
    ];
  }

  /** The way of a client to the server; for one that is dropped, a socket that is not there. */
  #way({ name }: Client): string {
    return this.#ways.get(name) ?? join(this.directory, "dropped.sock");
  }

  /**
   * Runs a command of curl as a client's pod. The command stays as it is: curl's own configuration file leads it to
   * the server, and adds a header where one is given.
   */
  async run(client: Client, [program = "", ...args]: readonly string[], header?: string): Promise<Ended> {
    const home = join(this.directory, client.name);
    const lines = [
      `unix-socket = "${this.#way(client)}"`,
      ...(header === undefined ? [] : [`header = "${header}"`]),
    ];
    writeFileSync(join(home, ".curlrc"), `${lines.join("\n")}\n`);
    const env = { PATH: process.env.PATH, CURL_HOME: home };
    try {
      const { stdout } = await promisify(execFile)(program, args, { env });
      return { exit: 0, output: stdout };
    } catch (error) {
      const { code, stdout } = error as { code: number; stdout: string };
      return { exit: code, output: stdout };
    }
  }

  /** Sends a request as a client's pod; undefined where it is dropped. */
  async ask(client: Client, question: Question): Promise<Answer | undefined> {
    const headers = { host: HOST, ...question.headers };
    return ask(this.#way(client), { ...question, headers }).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    });
  }

  async stop(): Promise<void> {
    await this.#envoy?.stop();
    await this.#server.stop();
    await this.provider.stop();
    this.endpoint.dispose();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
