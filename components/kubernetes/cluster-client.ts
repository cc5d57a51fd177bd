import { type IncomingMessage, request as overHttp } from "node:http";
import { request as overHttps, type RequestOptions } from "node:https";
import { setTimeout } from "node:timers/promises";
import type { KubeConfig } from "@kubernetes/client-node";

/** The response of an API server. */
export interface ApiResponse {
  /** HTTP status. */
  readonly status: number;
  /** The JSON that it sent; undefined where it sent something else. */
  readonly body: unknown;
}

/** Milliseconds for a kubeconfig's exec command to return credentials: those of cloud providers use the network. */
const CREDENTIALS_TIMEOUT = 20_000;

/**
 * Calls an API server as kubectl does: with the address, the certificates and the credentials of a kubeconfig, and
 * through the proxy that the environment names for it.
 */
export class ClusterClient {
  private readonly server: string;
  private readonly options: RequestOptions;
  private readonly timeout: number;

  private constructor(server: string, options: RequestOptions, timeout: number) {
    this.server = server;
    this.options = options;
    this.timeout = timeout;
  }

  /**
   * Gets the credentials; connects to nothing yet.
   *
   * @param kubeconfig its text; the current context counts
   * @param timeout milliseconds that the server may take for each answer
   * @throws Error when the kubeconfig's current context names no cluster, or when its exec command fails or takes longer than 20 seconds
   */
  static async of(kubeconfig: string, timeout: number): Promise<ClusterClient> {
    const config = await load(kubeconfig);
    const server = config.getCurrentCluster()?.server;
    if (server === undefined) throw new Error("the kubeconfig's current context names no cluster");
    const options: RequestOptions = {};
    await Promise.race([config.applyToHTTPSOptions(options), expiry(CREDENTIALS_TIMEOUT)]);
    return new ClusterClient(server, options, timeout);
  }

  /**
   * @param path the API's own, with a query where needed: `/apis/apps/v1/daemonsets?labelSelector=…`
   * @throws Error when the server cannot be reached, or does not answer in time
   */
  get(path: string): Promise<ApiResponse> {
    return this.ask("GET", path);
  }

  /** Requests the deletion of an object; see `get`. */
  delete(path: string): Promise<ApiResponse> {
    return this.ask("DELETE", path);
  }

  private async ask(method: string, path: string): Promise<ApiResponse> {
    const url = new URL(`${this.server}${path}`);
    const send = url.protocol === "http:" ? overHttp : overHttps;
    const signal = AbortSignal.timeout(this.timeout);
    try {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        send(url, { ...this.options, method, signal })
          .once("response", resolve)
          .once("error", reject)
          .end();
      });
      return { status: response.statusCode ?? 0, body: await json(response) };
    } catch (error) {
      if (signal.aborted) throw new Error(`no answer within ${this.timeout} ms`, { cause: error });
      throw error;
    }
  }
}

async function load(kubeconfig: string): Promise<KubeConfig> {
  // Loading it takes a quarter of a second, so it is loaded only when a cluster is called.
  const { KubeConfig } = await import("@kubernetes/client-node");
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  const proxied = await Promise.all(
    config.getClusters().map(async (cluster) => ({
      ...cluster,
      proxyUrl: cluster.proxyUrl ?? (await proxyFor(cluster.server)),
      // The library rejects an address without TLS unless verification is skipped.
      skipTLSVerify: cluster.skipTLSVerify || cluster.server.startsWith("http:"),
    })),
  );
  config.loadFromOptions({
    clusters: proxied,
    contexts: config.getContexts(),
    users: config.getUsers(),
    currentContext: config.getCurrentContext(),
  });
  return config;
}

/** As the provider does, which uses no proxy for its own machine. */
async function proxyFor(server: string): Promise<string | undefined> {
  const { hostname } = new URL(server);
  if (hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.")) return undefined;
  const { getProxyForUrl } = await import("proxy-from-env");
  return getProxyForUrl(server) || undefined;
}

async function expiry(milliseconds: number): Promise<never> {
  await setTimeout(milliseconds, undefined, { ref: false });
  throw new Error(`the kubeconfig's exec command returned no credentials within ${milliseconds / 1000} s`);
}

async function json(response: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of response.setEncoding("utf8") as AsyncIterable<string>) text += chunk;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
