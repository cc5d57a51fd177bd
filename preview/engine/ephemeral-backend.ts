import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startOfflineProxy } from "./offline-proxy.ts";
import type { Environment, Toolchain } from "../toolchain/find-toolchain.ts";

/** A backend of its own in a directory, with an empty stack, and an environment that is shut off from the world. */
export interface EphemeralBackend {
  /** For the engine: no credentials of the user, no address beyond loopback. */
  readonly env: Environment;
  /** Stops what answers the engine. The directory is the caller's to remove. */
  close(): Promise<void>;
}

/** Variables that would lead the engine, a provider or a client library to the user's accounts or into the network. */
const LEADS_OUT = /^(?:PULUMI_|GOOGLE_|GCLOUD_|GCE_|CLOUDSDK_|AUTH0_|KUBE|OTEL_)|_proxy$/i;

/**
 * Makes a throwaway backend that holds one stack without resources.
 *
 * @param dir an existing, empty directory
 * @param project the project's name, as in Pulumi.yaml
 * @param stack the stack's name, without an organization
 */
export async function createEphemeralBackend(
  dir: string,
  project: string,
  stack: string,
  toolchain: Toolchain,
  env: Environment,
): Promise<EphemeralBackend> {
  const backend = join(dir, "backend");
  const home = join(dir, "home");
  await writeEmptyStack(join(backend, ".pulumi"), project, stack);
  await mkdir(home);
  await symlink(toolchain.pluginsDir, join(home, "plugins"), "junction");
  const proxy = await startOfflineProxy();
  const sealed = { ...withoutAccounts(env), ...localOnly(proxy.address, join(dir, "kubeconfig")) };
  const own = {
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: pathToFileURL(backend).href,
    PULUMI_CONFIG_PASSPHRASE: "",
  };
  return {
    env: { ...sealed, ...own, PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" },
    close: () => proxy.close(),
  };
}

/** An environment without what leads to the user's accounts or into the network. */
export function withoutAccounts(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !LEADS_OUT.test(name)));
}

/** What `pulumi stack init` would write (deployment schema 3), without the third of a second that it takes. */
async function writeEmptyStack(pulumi: string, project: string, stack: string): Promise<void> {
  const stacks = join(pulumi, "stacks", project);
  await mkdir(stacks, { recursive: true });
  await writeFile(join(pulumi, "meta.yaml"), "version: 1\n");
  const checkpoint = { stack: `organization/${project}/${stack}`, latest: null };
  await writeFile(join(stacks, `${stack}.json`), JSON.stringify({ version: 3, checkpoint }));
}

function localOnly(proxy: string, kubeconfig: string): Record<string, string> {
  const url = `http://${proxy}`;
  const loopback = "localhost,127.0.0.1,::1";
  return {
    HTTP_PROXY: url,
    HTTPS_PROXY: url,
    NO_PROXY: loopback,
    http_proxy: url,
    https_proxy: url,
    no_proxy: loopback,
    // Without any token the provider refuses to start; with this one it asks who that is, and takes no answer for one.
    GOOGLE_OAUTH_ACCESS_TOKEN: "preview",
    GCE_METADATA_HOST: proxy,
    PULUMI_GCP_SKIP_REGION_VALIDATION: "true",
    KUBECONFIG: kubeconfig,
  };
}
