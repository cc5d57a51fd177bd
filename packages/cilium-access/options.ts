/** The versions of Cilium whose semantics are known here, as minor versions. */
export const VERSIONS = ["1.16", "1.20"] as const;

/** A minor version of Cilium. */
export type Version = (typeof VERSIONS)[number];

/** What Cilium does with endpoints: `default` denies where a rule asks for it, `always` denies all that no rule allows. */
export type EnforcementMode = "default" | "always" | "never";

/** How Cilium is configured, as far as it decides about requests. */
export interface Options {
  readonly version: Version;
  /** Whether it is 1.16.0, the first release of 1.16, whose engine differs from that of 1.16.19. */
  readonly firstPatch: boolean;
  /** The setting `policyEnforcementMode`. */
  readonly enforcement: EnforcementMode;
  /** The setting `policyAuditMode`: what layers 3 and 4 would drop passes, and is logged. Layer 7 denies as ever. */
  readonly auditMode: boolean;
  /** The setting `l7Proxy`; without it, policies with rules of layer 7 are refused. */
  readonly l7Proxy: boolean;
  /** The setting `hostFirewall.enabled`: nodes are subject to policies, too. */
  readonly hostFirewall: boolean;
  /** The setting `nodeSelectorLabels`; without it, policies with `fromNodes` or `toNodes` are refused. */
  readonly nodeSelectorLabels: boolean;
  /** The setting `allow-localhost`, on Kubernetes always: a node reaches its own pods unless a rule denies it. */
  readonly allowLocalhost: boolean;
  /** The setting `cluster.name`. */
  readonly clusterName: string;
  /** The setting `clustermesh.policyDefaultLocalCluster`, of 1.20: peers are of this cluster unless they name another. */
  readonly defaultLocalCluster: boolean;
  /** The setting `http-normalize-path`: Envoy brings paths into normal form before they are matched. */
  readonly normalizePath: boolean;
  /** Envoy's setting `re2.max_program_size.error_level`: it refuses regular expressions whose program is larger. */
  readonly re2ProgramLimit: number;
}

/**
 * Envoy's limit of a regular expression, `re2.max_program_size.error_level`, unless its bootstrap sets another.
 * Envoy refuses a policy with a larger one, and then the pod is left unprotected (cilium#41314).
 */
export const DEFAULT_RE2_PROGRAM_LIMIT = 100;

/** What Cilium's chart sets where its user sets nothing. */
export const DEFAULT_OPTIONS: Options = {
  version: "1.16",
  firstPatch: false,
  enforcement: "default",
  auditMode: false,
  l7Proxy: true,
  hostFirewall: false,
  nodeSelectorLabels: false,
  allowLocalhost: true,
  clusterName: "default",
  defaultLocalCluster: true,
  normalizePath: true,
  re2ProgramLimit: DEFAULT_RE2_PROGRAM_LIMIT,
};
