import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Supervision } from "../cluster/index.ts";
import { untilReady } from "../socket-http.ts";
import { ADMIN_SOCKET, bootstrap, type EnvoySettings, type Hop, hopSocket } from "./bootstrap.ts";

export type { EnvoySettings, Hop } from "./bootstrap.ts";
export { envoyOrSkip } from "./program.ts";

/** A running Envoy. */
export interface Envoy {
  /** The absolute path of the Unix socket at which a hop takes requests. */
  socket(hop: string): string;
  /** Ends it; resolves when it is gone, and its files with it. */
  stop(): Promise<void>;
}

/**
 * Starts Envoy with hops as Cilium makes them (bootstrap.ts), each at a Unix socket: it opens no port. Resolves when
 * every hop takes requests. All of it goes when it is stopped, and when this process ends, however it does.
 *
 * @param program absolute path of Envoy; `envoyOrSkip` finds it
 * @throws Error with Envoy's last lines where it does not take the configuration
 */
export async function startEnvoy(
  program: string,
  hops: readonly Hop[],
  settings: EnvoySettings = {},
): Promise<Envoy> {
  const supervision = await Supervision.begin();
  try {
    const { directory, ended } = supervision;
    await writeFile(join(directory, "envoy.json"), JSON.stringify(bootstrap(hops, settings)));
    const options = ["--concurrency", "1", "--use-dynamic-base-id", "--log-level", "warn"];
    await supervision.start("envoy", [program, "--config-path", "envoy.json", ...options]);
    await untilReady(join(directory, ADMIN_SOCKET), "/ready", ended);
    return { socket: (hop) => join(directory, hopSocket(hop)), stop: () => supervision.stop() };
  } catch (error) {
    await supervision.stop();
    throw error;
  }
}
