import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startOfflineProxy } from "./offline-proxy.ts";
import type { Environment, Toolchain } from "../toolchain/find-toolchain.ts";

/** A file backend in a temporary directory with an empty stack, and an environment without accounts and network. */
export interface EphemeralBackend {
  /** The environment of the engine: no credentials of the user, no address beyond loopback. */
  readonly env: Environment;
  /** Stops the proxy. The caller removes the directory. */
  close(): Promise<void>;
}

/** Variables that point the engine, a provider or a client library to the user's accounts or into the network. */
const LEADS_OUT = /^(?:PULUMI_|GOOGLE_|GCLOUD_|GCE_|CLOUDSDK_|AUTH0_|KUBE|OTEL_)|_proxy$/i;

/**
 * Creates an ephemeral backend with one stack without resources.
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

/** Removes the variables that point to the user's accounts or into the network. */
export function withoutAccounts(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !LEADS_OUT.test(name)));
}

/** Writes what `pulumi stack init` writes (deployment schema 3), but saves the 0.3 s that it takes. */
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
    // The provider fails without a token; with this one it queries the user info, and accepts a 404.
    GOOGLE_OAUTH_ACCESS_TOKEN: "preview",
    GCE_METADATA_HOST: proxy,
    PULUMI_GCP_SKIP_REGION_VALIDATION: "true",
    KUBECONFIG: kubeconfig,
  };
}
