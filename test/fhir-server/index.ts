import { join } from "node:path";
import { Supervision } from "../cluster/index.ts";
import { untilReady } from "../socket-http.ts";

export { fhirServerOrSkip } from "./classpath.ts";
export { IdentityProvider } from "./identity-provider.ts";

export interface FhirServerOptions {
  /** What it is run with; `fhirServerOrSkip` gets it. */
  readonly classpath: string;
  /** Path of the endpoint, without a slash at its end. */
  readonly basePath: string;
  /** Absolute path of the file that holds the endpoint's settings, `{ path, settings: { DebugMode } }`. */
  readonly settings: string;
  /** Where the identity provider is asked whether a token is good. */
  readonly introspectionUrl: string;
}

/** A running FHIR server. */
export interface FhirServer {
  /** The absolute path of the Unix socket at which it takes requests. */
  readonly socket: string;
  /** Ends it; resolves when it is gone, and its files with it. */
  stop(): Promise<void>;
}

/** For a server that lives for seconds: start soon rather than run fast. */
const JVM = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"];

/**
 * Starts a FHIR R5 server (FhirServer.java) at a Unix socket: it opens no port. Java compiles the source as it starts.
 * Resolves when it is ready. All of it goes when it is stopped, and when this process ends, however it does.
 *
 * @throws Error with the server's last lines where it ends early
 */
export async function startFhirServer(options: FhirServerOptions): Promise<FhirServer> {
  const { classpath, basePath, settings, introspectionUrl } = options;
  const supervision = await Supervision.begin();
  try {
    const socket = join(supervision.directory, "fhir.sock");
    const program = join(import.meta.dirname, "FhirServer.java");
    const args = [socket, basePath, settings, introspectionUrl];
    await supervision.start("fhir-server", ["java", ...JVM, "-cp", classpath, program, ...args]);
    await untilReady(socket, `${basePath}/metadata`, supervision.ended);
    return { socket, stop: () => supervision.stop() };
  } catch (error) {
    await supervision.stop();
    throw error;
  }
}
