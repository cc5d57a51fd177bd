import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { serve } from "../../../preview/embedded/grpc.ts";
import { whenParentEnds } from "../../language-host/parent.ts";
import { Provider } from "./provider.ts";
import { resourceProvider } from "./service.ts";

/** The stand-in as the engine starts it: prints its port, and serves until the engine ends it, or ends. */

const end = () => process.exit();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
whenParentEnds(end);

const provider = new Provider(process.env.GOOGLE_OAUTH_ACCESS_TOKEN);
const { address } = await serve([resourceProvider(provider, `${pinnedVersion()}+stand-in`)]);
process.stdout.write(`${address.slice(address.lastIndexOf(":") + 1)}\n`);

/** The version of the SDK that the stacks are made with; its plugin has the same. */
function pinnedVersion(): string {
  const file = fileURLToPath(import.meta.resolve("@pulumi/gcp/package.json"));
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
