import type { TokenIssuer } from "./policy-settings.ts";

/** Envoy's configuration as the DICOMweb gateway, as pure data. */

/** The port that clients connect to. */
export const GATEWAY_PORT = 8080;

/** The port that only says whether Envoy is ready. */
export const READY_PORT = 8081;

/** Where requests go that are allowed. */
export type Upstream =
  | {
      /** A Service that serves DICOMweb by HTTP. */
      readonly kind: "service";
      readonly host: string;
      readonly port: number;
    }
  | {
      /** A DICOM store of the Cloud Healthcare API, which the gateway reaches by its own Workload Identity. */
      readonly kind: "google";
      /** `projects/PROJECT/locations/LOCATION/datasets/DATASET/dicomStores/STORE`. */
      readonly store: string;
    };

export interface EnvoyConfigArgs {
  readonly issuer: TokenIssuer;
  readonly opaHost: string;
  readonly opaPort: number;
  readonly upstream: Upstream;
}

/** The host of Google's API of DICOM stores. */
export const HEALTHCARE_HOST = "healthcare.googleapis.com";

/** GKE's metadata server, which issues Workload Identity tokens. */
const METADATA_HOST = "metadata.google.internal";

const SYSTEM_CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt";

/** Headers by which servers are asked for another method or another path than the one that was decided on. */
const OVERRIDES = [
  "x-http-method-override",
  "x-http-method",
  "x-method-override",
  "x-original-url",
  "x-rewrite-url",
];

/**
 * The bootstrap: tokens are verified against the issuer's keys, then OPA decides; whatever fails on the way is denied. A
 * path is normalized before either sees it, one with escaped slashes is refused, and OPA never gets a body.
 *
 * Source: Envoy's API v3, `HttpConnectionManager`, `JwtAuthentication` and `ExtAuthz`.
 */
export function envoyConfig(args: EnvoyConfigArgs) {
  const jwks = new URL(args.issuer.jwksUri);
  return {
    admin: { address: address("127.0.0.1", 9901) },
    static_resources: {
      listeners: [
        listener("gateway", GATEWAY_PORT, gateway(args)),
        listener("ready", READY_PORT, {
          stat_prefix: "ready",
          http_filters: [router()],
          route_config: hosts([{ match: { path: "/ready" }, direct_response: { status: 200 } }]),
        }),
      ],
      clusters: [
        cluster("issuer", jwks.hostname, portOf(jwks), jwks.protocol === "https:"),
        {
          ...cluster("opa", args.opaHost, args.opaPort, false),
          typed_extension_protocol_options: http2(),
        },
        ...upstreamClusters(args.upstream),
      ],
    },
  };
}

function portOf({ port, protocol }: URL): number {
  if (port !== "") return Number(port);
  return protocol === "https:" ? 443 : 80;
}

function gateway({ issuer, upstream }: EnvoyConfigArgs) {
  return {
    stat_prefix: "gateway",
    use_remote_address: true,
    normalize_path: true,
    merge_slashes: true,
    path_with_escaped_slashes_action: "REJECT_REQUEST",
    common_http_protocol_options: {
      headers_with_underscores_action: "REJECT_REQUEST",
      idle_timeout: "300s",
    },
    request_headers_timeout: "10s",
    stream_idle_timeout: "300s",
    server_header_transformation: "PASS_THROUGH",
    http_filters: [
      jwtAuthentication(issuer),
      externalAuthorization(),
      ...(upstream.kind === "google" ? [workloadIdentity()] : []),
      router(),
    ],
    route_config: { ...hosts(routes(upstream)), request_headers_to_remove: removedHeaders(upstream) },
  };
}

function jwtAuthentication(issuer: TokenIssuer) {
  const provider = {
    issuer: issuer.name,
    audiences: [issuer.audience],
    // Only this header: by default a token in the query would count, too.
    from_headers: [{ name: "Authorization", value_prefix: "Bearer " }],
    // OPA verifies it once more.
    forward: true,
    require_expiration: true,
    clock_skew_seconds: 1,
    remote_jwks: {
      http_uri: { uri: issuer.jwksUri, cluster: "issuer", timeout: "5s" },
      cache_duration: `${issuer.jwksCacheSeconds}s`,
    },
  };
  return typed("envoy.filters.http.jwt_authn", "JwtAuthentication", {
    providers: { issuer: provider },
    rules: [{ match: { prefix: "/" }, requires: { provider_name: "issuer" } }],
  });
}

/** By gRPC: to a plain HTTP authorization server, Envoy takes every 200 for a yes, OPA's refusals included. */
function externalAuthorization() {
  return typed("envoy.filters.http.ext_authz", "ExtAuthz", {
    transport_api_version: "V3",
    grpc_service: { envoy_grpc: { cluster_name: "opa" }, timeout: "2s" },
    failure_mode_allow: false,
    status_on_error: { code: "Forbidden" },
    allowed_headers: { patterns: [{ exact: "authorization", ignore_case: true }] },
    include_peer_certificate: false,
  });
}

/** Puts the gateway's own token in place of the user's; without one, nothing goes on. */
const WORKLOAD_IDENTITY = `
local cached
function envoy_on_request(handle)
  if cached == nil or cached.expiry <= os.time() then
    local headers, body = handle:httpCall("metadata", {
      [":method"] = "GET",
      [":path"] = "/computeMetadata/v1/instance/service-accounts/default/token",
      [":authority"] = "${METADATA_HOST}",
      ["metadata-flavor"] = "Google",
    }, "", 5000)
    local token = string.match(body or "", '"access_token"%s*:%s*"([^"]+)"')
    local life = tonumber(string.match(body or "", '"expires_in"%s*:%s*(%d+)'))
    if headers[":status"] ~= "200" or token == nil or life == nil then
      cached = nil
      handle:respond({[":status"] = "503"}, "")
      return
    end
    cached = {token = token, expiry = os.time() + life - 60}
  end
  handle:headers():replace("authorization", "Bearer " .. cached.token)
end
`.trim();

function workloadIdentity() {
  return typed("envoy.filters.http.lua", "Lua", {
    default_source_code: { inline_string: WORKLOAD_IDENTITY },
  });
}

/** The user's token ends here; Google gets the gateway's. */
function removedHeaders(upstream: Upstream): string[] {
  return upstream.kind === "google" ? OVERRIDES : ["authorization", ...OVERRIDES];
}

/** The paths that lead to the upstream; any other is not found. */
function routes(upstream: Upstream) {
  const route = {
    cluster: "upstream",
    timeout: "300s",
    ...(upstream.kind === "google" && { host_rewrite_literal: HEALTHCARE_HOST }),
  };
  const prefixes =
    upstream.kind === "google" ? [`/v1/${upstream.store}/dicomWeb/`] : ["/clinic/", "/v1/projects/"];
  return [
    ...prefixes.map((prefix) => ({ match: { prefix }, route })),
    { match: { prefix: "/" }, direct_response: { status: 404 } },
  ];
}

function upstreamClusters(upstream: Upstream) {
  if (upstream.kind === "service") return [cluster("upstream", upstream.host, upstream.port, false)];
  return [cluster("upstream", HEALTHCARE_HOST, 443, true), cluster("metadata", METADATA_HOST, 80, false)];
}

function cluster(name: string, host: string, port: number, tls: boolean) {
  const endpoints = [{ lb_endpoints: [{ endpoint: { address: address(host, port) } }] }];
  return {
    name,
    type: "STRICT_DNS",
    connect_timeout: "2s",
    load_assignment: { cluster_name: name, endpoints },
    ...(tls && { transport_socket: tlsTo(host) }),
  };
}

function tlsTo(host: string) {
  const message = "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext";
  return {
    name: "envoy.transport_sockets.tls",
    typed_config: {
      "@type": message,
      sni: host,
      common_tls_context: {
        tls_params: { tls_minimum_protocol_version: "TLSv1_2" },
        validation_context: {
          trusted_ca: { filename: SYSTEM_CERTIFICATES },
          match_typed_subject_alt_names: [{ san_type: "DNS", matcher: { exact: host } }],
        },
      },
    },
  };
}

function http2() {
  const name = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";
  return {
    [name]: {
      "@type": `type.googleapis.com/${name}`,
      explicit_http_config: { http2_protocol_options: {} },
    },
  };
}

function listener(name: string, port: number, connections: object) {
  const manager = typed(
    "envoy.filters.network.http_connection_manager",
    "HttpConnectionManager",
    connections,
  );
  return { name, address: address("0.0.0.0", port), filter_chains: [{ filters: [manager] }] };
}

function hosts(routes: readonly object[]) {
  return { virtual_hosts: [{ name: "all", domains: ["*"], routes }] };
}

function router() {
  return typed("envoy.filters.http.router", "Router", {});
}

function address(host: string, port: number) {
  return { socket_address: { address: host, port_value: port } };
}

function typed(name: string, message: string, config: object) {
  const type = `type.googleapis.com/envoy.extensions.${name.replace(/^envoy\./, "")}.v3.${message}`;
  return { name, typed_config: { "@type": type, ...config } };
}
