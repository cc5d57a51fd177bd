import { parseHttpRules } from "../l7/http-rules.ts";
import type { Options } from "../options.ts";
import { compilePattern } from "../re2/regex-pattern.ts";
import type { PortRuleDocument } from "./policy-document.ts";
import { decimalNumber, isPortName, parsePortNumber, type PortRange } from "./ports.ts";
import { rejectPolicy } from "./invalid-policy-error.ts";
import type { Direction, Layer7, PortEntry } from "./rules.ts";

/**
 * What policies say about ports and about layer 7.
 *
 * Source: pkg/policy/api/rule_validation.go; pkg/policy/l4.go, `createL4Filter`.
 */

const MAX_PORTS = 40;
const TRANSPORTS = ["TCP", "UDP", "SCTP"] as const;
/** Protocols without ports, of 1.20; no request of ours uses them. */
const PORTLESS = ["VRRP", "IGMP", "GRE", "IPIP", "IPV6", "ESP", "AH"];

type PortDocument = NonNullable<PortRuleDocument["ports"]>[number];
type Layer7Document = NonNullable<PortRuleDocument["rules"]>;

/** What must be known to read ports. */
export interface PortScope {
  readonly direction: Direction;
  readonly node: boolean;
  readonly options: Options;
}

/**
 * Reads one element of `toPorts`.
 *
 * @throws InvalidPolicyError when Cilium would not take it
 */
export function portEntry(rule: PortRuleDocument, at: string, scope: PortScope): PortEntry {
  const { ports = [], rules } = rule;
  const { version } = scope.options;
  const count = countOf(rules);
  checkPosition(rules, at, scope);
  checkServerNames(rule, count, at);
  if (ports.length > MAX_PORTS) rejectPolicy(at, `has ${ports.length} ports, and may have ${MAX_PORTS}`);
  const dns = (rules?.dns ?? []).length > 0;
  const ranges = ports.flatMap((port, index) =>
    portRanges(port, `${at}.ports[${index}]`, scope, version === "1.20" ? dns : count > 0),
  );
  if (count > 0 && !dns && ports.some(({ protocol }) => protocol?.toUpperCase() !== "TCP")) {
    rejectPolicy(at, "rules of layer 7 need protocol: TCP on every port, except DNS rules");
  }
  checkListener(rule, count, at, scope);
  if (count > 0 && ranges.some(({ port, name }) => port === 0 && name === undefined)) {
    rejectPolicy(at, "rules of layer 7 cannot be for port 0");
  }
  if (rules !== undefined && count > 0) checkRules(rules, ports.length, `${at}.rules`);
  return { ranges, layer7: layer7Of(rule, count, at, scope.options) };
}

/** Reads the ports of a rule that denies. */
export function deniedPorts(ports: readonly PortDocument[], at: string, scope: PortScope): PortEntry {
  if (ports.length > MAX_PORTS) rejectPolicy(at, `has ${ports.length} ports, and may have ${MAX_PORTS}`);
  return {
    ranges: ports.flatMap((port, index) => portRanges(port, `${at}.ports[${index}]`, scope, false)),
  };
}

function countOf(rules: Layer7Document | undefined): number {
  const { http = [], dns = [], kafka = [], l7 = [] } = rules ?? {};
  return http.length + dns.length + kafka.length + l7.length;
}

function checkPosition(rules: Layer7Document | undefined, at: string, scope: PortScope): void {
  if (countOf(rules) === 0) return;
  const { direction, node, options } = scope;
  if (!options.l7Proxy) rejectPolicy(at, "rules of layer 7 need Cilium's proxy, and it is not enabled");
  const dns = (rules?.dns ?? []).length > 0;
  if (dns && direction === "ingress") rejectPolicy(at, "DNS rules are for egress only");
  const nodeMayHaveIt = options.version === "1.20" && direction === "egress" && dns;
  if (node && !nodeMayHaveIt) rejectPolicy(at, "a policy for nodes cannot have rules of layer 7");
}

function checkServerNames({ serverNames = [], terminatingTLS }: PortRuleDocument, count: number, at: string) {
  if (serverNames.length > 0 && count > 0 && terminatingTLS === undefined) {
    rejectPolicy(at, "serverNames with rules of layer 7 need terminatingTLS");
  }
  if (serverNames.includes("")) rejectPolicy(at, "serverNames has an empty name");
}

function checkListener({ listener }: PortRuleDocument, count: number, at: string, scope: PortScope): void {
  if (listener === undefined) return;
  if (scope.direction === "ingress") rejectPolicy(at, "a listener is for egress only");
  if (count > 0) rejectPolicy(at, "a listener cannot be combined with rules of layer 7");
  if (listener.envoyConfig === undefined) rejectPolicy(at, "a listener needs its envoyConfig");
}

function portRanges(
  { port, endPort = 0, protocol = "" }: PortDocument,
  at: string,
  { direction, options: { version, firstPatch } }: PortScope,
  single: boolean,
) {
  if (port === undefined || port === "") rejectPolicy(at, "has no port");
  const upper = protocol.toUpperCase();
  const isPortless = version === "1.20" && PORTLESS.includes(upper);
  const transports = upper === "" || upper === "ANY" ? TRANSPORTS : TRANSPORTS.filter((it) => it === upper);
  if (isPortName(port)) {
    if (transports.length === 0 && !isPortless) refuseProtocol(protocol, at);
    const name = port.toLowerCase();
    // Where each peer has its own number for a name, the name is one port to all but the proxy.
    const last =
      version === "1.20" && direction === "egress" ? { endPort: 0, proxyEndPort: endPort } : { endPort };
    return transports.map((transport): PortRange => ({ protocol: transport, port: 0, name, ...last }));
  }
  const number = parsePortNumber(port);
  if (number === undefined) rejectPolicy(at, `port "${port}" is neither a number up to 65535 nor a name`);
  if (isPortless && port !== "0") rejectPolicy(at, `${upper} has no ports: port must be "0"`);
  if (single && endPort > number && !firstPatch)
    rejectPolicy(at, "rules of layer 7 cannot be for a range of ports");
  if (transports.length === 0 && !isPortless) refuseProtocol(protocol, at);
  const decimal = decimalNumber(port);
  const filedUnder = version === "1.16" && decimal !== number ? decimal : undefined;
  return transports.map((transport): PortRange => ({
    protocol: transport,
    port: number,
    endPort,
    filedUnder,
  }));
}

function refuseProtocol(protocol: string, at: string): never {
  rejectPolicy(at, `protocol "${protocol}" is none of TCP, UDP, SCTP, ANY`);
}

function checkRules(rules: Layer7Document, ports: number, at: string): void {
  for (const [index, { path = "", method = "", headerMatches = [] }] of (rules.http ?? []).entries()) {
    const here = `${at}.http[${index}]`;
    checkPattern(path, `${here}.path`);
    checkPattern(method, `${here}.method`);
    for (const { name, mismatch = "", secret } of headerMatches) {
      if (name === "") rejectPolicy(here, "headerMatches has no name");
      if (!["", "LOG", "ADD", "DELETE", "REPLACE"].includes(mismatch)) {
        rejectPolicy(here, `mismatch "${mismatch}" is none of LOG, ADD, DELETE, REPLACE`);
      }
      if (secret?.name === "") rejectPolicy(here, "the secret of headerMatches has no name");
    }
  }
  if (rules.dns !== undefined && ports === 0) rejectPolicy(at, "DNS rules need port 53");
  for (const [index, name] of (rules.dns ?? []).entries()) checkDnsName(name, `${at}.dns[${index}]`);
  if (rules.l7 !== undefined && !rules.l7proto) rejectPolicy(at, "l7 needs l7proto");
  if (rules.l7?.some((rule) => "" in rule)) rejectPolicy(at, "l7 has an empty key");
  const { http, kafka, dns, l7proto } = rules;
  const parsers = [http, kafka, dns, l7proto === "" ? undefined : l7proto].filter(
    (part) => part !== undefined,
  );
  if (parsers.length > 1) rejectPolicy(at, "has rules for more than one protocol");
}

function checkPattern(pattern: string, at: string): void {
  try {
    compilePattern(pattern);
  } catch (error) {
    rejectPolicy(
      at,
      `"${pattern}" is not a regular expression: ${error instanceof Error ? error.message : ""}`,
    );
  }
}

/** Checks a name or a pattern of names. */
export function checkDnsName(
  {
    matchName = "",
    matchPattern = "",
  }: { matchName?: string | undefined; matchPattern?: string | undefined },
  at: string,
): void {
  if (matchName !== "" && !/^[-\w.]+$/.test(matchName)) {
    rejectPolicy(at, `matchName "${matchName}" has other characters than letters, digits, "-", "_" and "."`);
  }
  if (matchPattern !== "" && !/^[-\w.*]+$/.test(matchPattern)) {
    rejectPolicy(
      at,
      `matchPattern "${matchPattern}" has other characters than letters, digits, "-", "_", "." and "*"`,
    );
  }
}

function layer7Of(rule: PortRuleDocument, count: number, at: string, options: Options): Layer7 | undefined {
  const { terminatingTLS, originatingTLS } = rule;
  const read = readerOf(rule, count, at, options);
  return read && { ...read, needsSecret: terminatingTLS !== undefined || originatingTLS !== undefined };
}

function readerOf(rule: PortRuleDocument, count: number, at: string, options: Options): Layer7 | undefined {
  const { rules, listener, terminatingTLS, originatingTLS, serverNames = [] } = rule;
  const tls = terminatingTLS !== undefined || originatingTLS !== undefined || serverNames.length > 0;
  const here = `${at}.rules`;
  if (listener !== undefined) {
    const name = JSON.stringify([listener.envoyConfig, listener.name, listener.priority]);
    return { at: `${at}.listener`, parser: "crd", listener: name, redirects: true };
  }
  if ((rules?.dns ?? []).length > 0) return { at: here, parser: "dns", redirects: true };
  const http = rules?.http ?? [];
  if (http.length > 0) {
    // What is read behind TLS is not modelled.
    const compiled = tls ? undefined : parseHttpRules(http, `${here}.http`, options);
    return { at: here, parser: "http", http: compiled, redirects: true };
  }
  if ((rules?.kafka ?? []).length > 0) return { at: here, parser: "kafka", redirects: true };
  if (rules?.l7proto) return { at: here, parser: rules.l7proto, redirects: tls || count > 0 };
  return tls ? { at, parser: "tls", redirects: true } : undefined;
}
