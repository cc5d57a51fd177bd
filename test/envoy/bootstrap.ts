import type { HttpRuleObject } from "../../packages/cilium-access/l7/http-rules.ts";

/**
 * Envoy's configuration, as Cilium makes it. The source is Cilium 1.16.0, pkg/envoy/xds_server.go:
 * getHttpFilterChainProto for the connection manager, with the defaults of pkg/envoy/cell.go, and getHTTPRule for the
 * rules; 1.20.2 does the same in pkg/envoy/model.go.
 *
 * One thing differs. Cilium's Envoy has a filter of Cilium's own, which looks a connection's policy up by the
 * identities of its two ends. Envoy's own RBAC filter stands here in its place: it takes the same matchers of headers,
 * and each pair of ends has a listener of its own.
 */

/** One passage of requests through Envoy, out of a pod or into one. */
export interface Hop {
  /** Of letters, digits and `-`, each name once. */
  readonly name: string;
  /**
   * The requests that pass: those that any rule matches, and a rule matches where all that it names does. Without any
   * rule, all pass: so does Cilium take an empty list.
   */
  readonly rules: readonly HttpRuleObject[];
  /**
   * Where requests go on to: another hop, or the absolute path of a Unix socket. Where it is absent, Envoy itself
   * answers with 200, and with the path that it matched in the header `x-path`.
   */
  readonly to?: { readonly hop: string } | { readonly socket: string };
}

/** What all hops have in common. */
export interface EnvoySettings {
  /** `re2.max_program_size.error_level`, the largest RE2 program that Envoy takes. Defaults to Envoy's own, 100. */
  readonly re2ProgramLimit?: number | undefined;
}

/** The socket of the administration interface, in Envoy's working directory. */
export const ADMIN_SOCKET = "admin.sock";

/** The socket of a hop, in Envoy's working directory. */
export function hopSocket(name: string): string {
  return `hop-${name}.sock`;
}

/** The bootstrap configuration, to be written as JSON. */
export function bootstrap(hops: readonly Hop[], { re2ProgramLimit }: EnvoySettings) {
  const runtime = { "re2.max_program_size.error_level": re2ProgramLimit };
  return {
    admin: { address: pipe(ADMIN_SOCKET) },
    layered_runtime: {
      layers: [{ name: "settings", static_layer: re2ProgramLimit === undefined ? {} : runtime }],
    },
    static_resources: { listeners: hops.map(listener), clusters: hops.flatMap(clusters) },
  };
}

function listener(hop: Hop) {
  return {
    name: hop.name,
    address: pipe(hopSocket(hop.name)),
    filter_chains: [
      {
        filters: [
          typed("envoy.filters.network.http_connection_manager", "HttpConnectionManager", connections(hop)),
        ],
      },
    ],
  };
}

function connections(hop: Hop) {
  return {
    stat_prefix: "proxy",
    use_remote_address: true,
    skip_xff_append: true,
    stream_idle_timeout: "0s",
    // http-normalize-path, which is on by default.
    normalize_path: true,
    merge_slashes: true,
    path_with_escaped_slashes_action: "UNESCAPE_AND_REDIRECT",
    http_filters: [
      typed("envoy.filters.http.rbac", "RBAC", { rules: allow(hop.rules) }),
      typed("envoy.filters.http.router", "Router", {}),
    ],
    local_reply_config: { mappers: [DENIAL] },
    route_config: { virtual_hosts: [{ name: "default_route", domains: ["*"], ...route(hop) }] },
  };
}

/** A refusal has the body that Cilium's filter gives it. Only the RBAC filter answers with 403 here. */
const DENIAL = {
  filter: {
    status_code_filter: { comparison: { op: "EQ", value: { default_value: 403, runtime_key: "denial" } } },
  },
  body: { inline_string: "Access denied\r\n" },
};

function allow(rules: Hop["rules"]) {
  const permissions = rules.length === 0 ? [{ any: true }] : rules.map(permission);
  return { action: "ALLOW", policies: { granted: { principals: [{ any: true }], permissions } } };
}

/**
 * What a rule names is regular expressions, which Envoy gets as they are and RE2 matches as a whole, and headers. Those
 * of `headerMatches` with a mismatch or a secret are for Cilium's own filter.
 */
function permission({ path, method, host, headers = [], headerMatches = [] }: HttpRuleObject) {
  const rules = [
    ...Object.entries({ ":path": path, ":method": method, ":authority": host }).flatMap(([name, regex]) =>
      regex ? [{ header: { name, string_match: { safe_regex: { regex } } } }] : [],
    ),
    ...headers.map((text) => {
      const [name = "", value] = text.split(/ (.*)/s);
      return withHeader(value === undefined ? name : name.replace(/:+$/, ""), value);
    }),
    ...headerMatches.map(({ name, value }) => withHeader(name, value)),
  ];
  return rules.length === 0 ? { any: true } : { and_rules: { rules } };
}

/** A header with one value, or with any. */
function withHeader(name: string, value: string | undefined) {
  return { header: value ? { name, string_match: { exact: value } } : { name, present_match: true } };
}

function route({ name, to }: Hop) {
  const match = { prefix: "/" };
  if (to === undefined) {
    return {
      response_headers_to_add: [{ header: { key: "x-path", value: "%REQ(:PATH)%" } }],
      routes: [{ match, direct_response: { status: 200 } }],
    };
  }
  const retry_policy = { retry_on: "5xx", num_retries: 3, per_try_timeout: "0s" };
  return { routes: [{ match, route: { cluster: name, timeout: "3600s", retry_policy } }] };
}

/** Cilium goes on to the connection's original destination, which a Unix socket has none of. */
function clusters({ name, to }: Hop) {
  if (to === undefined) return [];
  const address = pipe("hop" in to ? hopSocket(to.hop) : to.socket);
  const endpoints = [{ lb_endpoints: [{ endpoint: { address } }] }];
  return [{ name, connect_timeout: "2s", load_assignment: { cluster_name: name, endpoints } }];
}

function pipe(path: string) {
  return { pipe: { path } };
}

function typed(name: string, message: string, config: object) {
  const folder = name.replace(/^envoy\./, "").replaceAll(/[^.\w]/g, "");
  return {
    name,
    typed_config: { "@type": `type.googleapis.com/envoy.extensions.${folder}.v3.${message}`, ...config },
  };
}
