import type { HttpRules } from "../l7/http-rules.ts";
import type { PeerSelector } from "./peer-selector.ts";
import type { PortRange } from "./ports.ts";
import type { Requirement, Selector } from "../identity/selectors.ts";

/** Policies as they are evaluated: selectors read, namespaces filled in, what Cilium refuses left out. */

/** Which policy something belongs to. */
export interface PolicyName {
  readonly kind: string;
  /** Empty for a policy of the whole cluster. */
  readonly namespace: string;
  readonly name: string;
}

export type Direction = "ingress" | "egress";

/** One `spec` of a policy. */
export interface Rule {
  readonly policy: PolicyName;
  readonly subject: Selector;
  /** Whether it is about nodes, and not about pods. */
  readonly node: boolean;
  readonly ingress: RuleSection;
  readonly egress: RuleSection;
  /** Why it is not known what Cilium makes of it. */
  readonly fault?: string | undefined;
}

/** One direction of a `spec`. */
export interface RuleSection {
  readonly entries: readonly RuleEntry[];
  /** Whether it denies what no rule allows, to those whom the spec selects. */
  readonly defaultDeny: boolean;
  /** What peers must be like besides, of `fromRequires` or `toRequires`, for allowing and for denying entries. */
  readonly required: readonly Requirement[];
  readonly requiredOfDenied: readonly Requirement[];
}

/** One element of `ingress`, `ingressDeny`, `egress` or `egressDeny`. */
export interface RuleEntry {
  readonly policy: PolicyName;
  /** Where it stands in its policy: `spec.egress[0]`. */
  readonly at: string;
  readonly deny: boolean;
  /** Its peers; empty when it names none (all peers), undefined for an explicit empty list, which matches no peer. */
  readonly peers: readonly PeerSelector[] | undefined;
  /** Peers that `fromEndpoints` or `toEndpoints` names come first; so many. What is required holds for them alone. */
  readonly endpoints: number;
  /** Its ports; undefined when it names none, and applies to all. */
  readonly ports: readonly PortEntry[] | undefined;
  /** The mode of mutual authentication that it requires; empty for an authentication object without a mode. */
  readonly authentication: string | undefined;
}

/** One element of `toPorts` or `icmps`. */
export interface PortEntry {
  readonly ranges: readonly PortRange[];
  readonly layer7?: Layer7 | undefined;
}

/** What a rule asks of layer 7. */
export interface Layer7 {
  /** Where it stands: `spec.egress[0].toPorts[0].rules`. */
  readonly at: string;
  /** What reads the connection: rules of different parsers on one port exclude one another. */
  readonly parser: string;
  /** The custom listener that reads it. */
  readonly listener?: string | undefined;
  /** Rules for HTTP. Without them the connection is read by something that is not modelled here. */
  readonly http?: HttpRules | undefined;
  /** Whether anything is asked of what is sent: `l7proto` alone asks for nothing. */
  readonly redirects: boolean;
  /** Whether it needs keys for TLS: without the secret that holds them, the whole policy of an endpoint fails. */
  readonly needsSecret?: boolean | undefined;
}

/** The name of a policy as kubectl would have it. */
export function describePolicy({ kind, namespace, name }: PolicyName): string {
  return `${kind} ${namespace === "" ? name : `${namespace}/${name}`}`;
}
