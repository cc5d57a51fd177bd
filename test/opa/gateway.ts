import { createServer, type Server as HttpServer } from "node:http";
import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundleArchive, bundleFiles, signBundle } from "../../components/dicom/bundle.ts";
import { envoyConfig, type Upstream } from "../../components/dicom/envoy-config.ts";
import { opaConfig } from "../../components/dicom/opa-server-spec.ts";
import type { ClinicRules, TokenIssuer } from "../../components/dicom/policy-settings.ts";
import { Supervision } from "../cluster/index.ts";
import { untilReady } from "../socket-http.ts";
import { type Bridge, startBridge } from "./bridge.ts";
import { jwks, type TokenKey } from "./tokens.ts";

/**
 * The DICOMweb gateway for tests: the real Envoy with the component's configuration, and the real OPA with the component's
 * configuration and bundle. Stand-ins are the upstream, the issuer, Google's metadata server, and the bridge for OPA's
 * Envoy plugin. Everything listens on Unix sockets, which take the place of the configuration's hosts.
 */
export interface Gateway {
  /** The socket that clients connect to. */
  readonly socket: string;
  /** What reached the upstream. */
  readonly upstream: Received[];
  /** The keys that the issuer publishes; undefined while it is down. */
  publish(keys: readonly TokenKey[] | undefined): void;
  /** What the metadata server answers; undefined for 500. */
  identity(token: string | undefined): void;
  readonly bridge: Bridge;
  /** Ends OPA. */
  killOpa(): Promise<void>;
  /** OPA's log, decisions included. */
  opaLog(): Promise<string>;
  stop(): Promise<void>;
}

/** A request as the upstream got it. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: NodeJS.Dict<string | string[]>;
}

export const ISSUER = { name: "https://issuer.example", audience: "viewer" };
const DECISION = "metacell/dicomweb/sources/authz/response";

export interface GatewaySettings {
  readonly clinics: Readonly<Record<string, ClinicRules>>;
  readonly keys: readonly TokenKey[];
  /** A Service by default. */
  readonly upstream?: Upstream;
  /** Whether Envoy asks plain OPA by HTTP, as it must not. Defaults to false. */
  readonly askByHttp?: boolean;
  /** How long keys are cached, in seconds. Defaults to 300. */
  readonly jwksCacheSeconds?: number;
}

/** Starts all of it; resolves when Envoy and OPA are ready. */
export async function startGateway(
  programs: { readonly envoy: string; readonly opa: string },
  settings: GatewaySettings,
): Promise<Gateway> {
  const supervision = await Supervision.begin();
  const { directory, ended } = supervision;
  const at = (name: string) => join(directory, `${name}.sock`);
  let keys: readonly TokenKey[] | undefined = settings.keys;
  let token: string | undefined = "workload";
  const upstream: Received[] = [];
  const servers = await Promise.all([
    serve(at("upstream"), ({ method, path, headers }) => {
      upstream.push({ method, path, headers });
      return { status: 200, body: "[]" };
    }),
    serve(at("issuer"), () =>
      keys === undefined ? { status: 503, body: "" } : { status: 200, body: JSON.stringify(jwks(keys)) },
    ),
    serve(at("metadata"), ({ headers }) =>
      token === undefined || headers["metadata-flavor"] !== "Google"
        ? { status: 500, body: "" }
        : { status: 200, body: JSON.stringify({ access_token: token, expires_in: 3599 }) },
    ),
  ]);
  const bridge = await startBridge(at("bridge"), at("opa"), DECISION);
  const stop = async () => {
    bridge.stop();
    for (const server of servers) server.closeAllConnections();
    for (const server of servers) server.close();
    await supervision.stop();
  };
  try {
    await startOpa(supervision, programs.opa, settings, at);
    await untilReady(at("opa"), "/health?bundles", ended);
    await startEnvoy(supervision, programs.envoy, settings, at);
    await untilReady(at("ready"), "/ready", ended);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    socket: at("gateway"),
    upstream,
    publish: (published) => (keys = published),
    identity: (given) => (token = given),
    bridge,
    killOpa: () => supervision.kill("opa"),
    opaLog: () => supervision.log("opa"),
    stop,
  };
}

type SocketAt = (name: string) => string;

function issuerAt(jwksUri: string, { jwksCacheSeconds = 300 }: GatewaySettings): TokenIssuer {
  return { ...ISSUER, algorithms: ["ES256"], jwksUri, jwksCacheSeconds, requireNotBefore: true };
}

/** OPA with the deployed configuration, but for the plugin that it lacks. */
async function startOpa(
  supervision: Supervision,
  program: string,
  settings: GatewaySettings,
  at: SocketAt,
): Promise<void> {
  const issuer = issuerAt(`unix://localhost/jwks?socket=${encodeURIComponent(at("issuer"))}`, settings);
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const files = bundleFiles({ issuer, clinics: settings.clinics });
  const bundle = join(supervision.directory, "bundle.tar.gz");
  await writeFile(bundle, bundleArchive(files, signBundle(files, privateKey)));
  const publicKey = createPublicKey(privateKey).export({ type: "spki", format: "pem" }).toString();
  const { plugins, ...config } = opaConfig(publicKey, bundle);
  if (plugins.envoy_ext_authz_grpc.path !== DECISION) throw new Error("the plugin's decision is another");
  await writeFile(join(supervision.directory, "opa.json"), JSON.stringify(config));
  const options = ["--config-file", "opa.json", "--skip-version-check", "--log-format", "json"];
  await supervision.start("opa", [program, "run", "--server", "--addr", `unix://${at("opa")}`, ...options]);
}

async function startEnvoy(
  supervision: Supervision,
  program: string,
  settings: GatewaySettings,
  at: SocketAt,
): Promise<void> {
  const issuer = issuerAt("http://issuer.example/jwks", settings);
  const { upstream = { kind: "service", host: "dicom.example", port: 80 } } = settings;
  const config = envoyConfig({ issuer, opaHost: "opa.example", opaPort: 9191, upstream });
  const { admin, static_resources: resources } = config;
  const grpc = JSON.stringify({
    admin: { ...admin, address: pipe(at("admin")) },
    static_resources: {
      listeners: resources.listeners.map((listener) => ({ ...listener, address: pipe(at(listener.name)) })),
      clusters: resources.clusters.map((cluster) => ({
        ...cluster,
        type: "STATIC",
        // The stand-ins speak no TLS.
        transport_socket: undefined,
        load_assignment: onSocket(cluster.name, at(cluster.name === "opa" ? "bridge" : cluster.name)),
      })),
    },
  });
  const text = settings.askByHttp === true ? askingByHttp(grpc) : grpc;
  await writeFile(join(supervision.directory, "envoy.json"), text);
  const options = ["--concurrency", "1", "--use-dynamic-base-id", "--log-level", "warn"];
  await supervision.start("envoy", [program, "--config-path", "envoy.json", ...options]);
}

/** The configuration with Envoy's HTTP authorization in place of its gRPC, and OPA itself in place of the bridge. */
function askingByHttp(text: string): string {
  const uri = { uri: "http://opa.example", cluster: "opa", timeout: "2s" };
  const http = { server_uri: uri, path_prefix: "/v1/data/metacell/dicomweb/sources/authz/allow?path=" };
  const plain = text
    .replace(/"grpc_service":\{.*?\}(?=,"failure)/, `"http_service":${JSON.stringify(http)}`)
    .replace(/"typed_extension_protocol_options":\{.*?\}\}\}\},?/, "")
    .replace("/bridge.sock", "/opa.sock");
  if (plain.includes("grpc_service") || plain.includes("bridge.sock"))
    throw new Error("nothing was replaced");
  return plain;
}

function onSocket(name: string, socket: string) {
  return { cluster_name: name, endpoints: [{ lb_endpoints: [{ endpoint: { address: pipe(socket) } }] }] };
}

function pipe(path: string) {
  return { pipe: { path } };
}

async function serve(
  socket: string,
  answer: (received: Received) => { readonly status: number; readonly body: string },
): Promise<HttpServer> {
  const server = createServer((asked, response) => {
    const { method = "", url: path = "", headers } = asked;
    asked.resume();
    const { status, body } = answer({ method, path, headers });
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return server;
}
