import type { PolicyDocument, RuleDocument } from "./policy-document.ts";

/** What 1.16.0 makes of CiliumCIDRGroups. */

/**
 * Where a policy names a CiliumCIDRGroup, 1.16.0 gives each entry that names no block an empty list of blocks, which
 * matches no peer.
 *
 * Source: pkg/policy/k8s/cilium_cidr_group.go of 1.16.0, `translateSpec`.
 */
export function withTranslatedGroups(document: PolicyDocument): PolicyDocument {
  const { spec, specs } = document;
  if (![spec, ...(specs ?? [])].some((rule) => rule !== undefined && namesGroup(rule))) return document;
  return { ...document, spec: spec && translated(spec), specs: specs?.map(translated) };
}

function namesGroup({ ingress = [], ingressDeny = [], egress = [], egressDeny = [] }: RuleDocument): boolean {
  const sets = [
    ...[...ingress, ...ingressDeny].map(({ fromCIDRSet }) => fromCIDRSet),
    ...[...egress, ...egressDeny].map(({ toCIDRSet }) => toCIDRSet),
  ];
  return sets.flatMap((set) => set ?? []).some(({ cidr = "" }) => cidr === "");
}

function translated(rule: RuleDocument): RuleDocument {
  const from = <Entry extends object>(entry: Entry): Entry => ({ fromCIDRSet: [], ...entry });
  // Addresses of services are added to the list.
  const to = <Entry extends { toServices?: unknown }>(entry: Entry): Entry =>
    entry.toServices === undefined ? { toCIDRSet: [], ...entry } : entry;
  return {
    ...rule,
    ingress: rule.ingress?.map(from),
    ingressDeny: rule.ingressDeny?.map(from),
    egress: rule.egress?.map(to),
    egressDeny: rule.egressDeny?.map(to),
  };
}
