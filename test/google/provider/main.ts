import { Client, connectivityState, credentials } from "@grpc/grpc-js";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CHANNEL, serve } from "../../../preview/embedded/rpc.ts";
import { Provider } from "./provider.ts";
import { resourceProvider } from "./service.ts";

/** The stand-in as the engine starts it: serves until the engine cancels or is gone, and prints its port. */

const end = () => process.exit(0);
const provider = new Provider(process.env.GOOGLE_OAUTH_ACCESS_TOKEN);
// The answer to Cancel goes out first.
const host = { version: `${pinnedVersion()}+stand-in`, onCancel: () => setImmediate(end) };
const { address } = await serve([resourceProvider(provider, host)]);
console.log(address.slice(address.lastIndexOf(":") + 1));
const [, , engine] = process.argv;
if (engine !== undefined) endWith(engine);

/** The version of the SDK that the stacks are made with; its plugin has the same. */
function pinnedVersion(): string {
  const file = fileURLToPath(import.meta.resolve("@pulumi/gcp/package.json"));
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

/** Ends with the engine: once there was a connection to it, its end is the engine's. */
function endWith(address: string): void {
  // No idle connection is given up: nothing is ever asked by it.
  const options = { ...CHANNEL, "grpc.client_idle_timeout_ms": 2 ** 31 - 1 };
  const channel = new Client(address, credentials.createInsecure(), options).getChannel();
  const watch = (state: connectivityState, wasReady: boolean): void => {
    if (wasReady && state !== connectivityState.READY) end();
    channel.watchConnectivityState(state, Infinity, () => {
      watch(channel.getConnectivityState(true), wasReady || state === connectivityState.READY);
    });
  };
  watch(channel.getConnectivityState(true), false);
}
