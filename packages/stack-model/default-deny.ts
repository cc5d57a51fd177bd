import {
  ANY,
  type Direction,
  type RuleEntry,
  K8S,
  type ClusterModel,
  NAMESPACE_LABEL,
  type TrafficParty,
  describeNamespace,
  podIdentity,
  type PortRange,
  requirementsOf,
  reservedIdentity,
  type Rule,
} from "@attested-fhir/cilium-access";

/** Whether a cluster denies by default: everything, to all pods but those of its own namespaces. */

export const DIRECTIONS: readonly Direction[] = ["ingress", "egress"];

/** Says in one sentence each what keeps a cluster from denying everything by default; nothing where it does. */
export function defaultDenyViolations(
  { policies, options }: ClusterModel,
  systemNamespaces: readonly string[],
): readonly string[] {
  if (options.auditMode) return ["policyAuditMode is on: what is denied passes, and is only logged"];
  if (options.enforcement === "always") return [];
  if (options.enforcement === "never") return ["policyEnforcementMode is never: no policy is enforced"];
  const rules = policies.flatMap((policy) => policy.rules);
  return DIRECTIONS.filter(
    (direction) => !rules.some((rule) => deniesAll(rule, direction, systemNamespaces)),
  ).map(
    (direction) =>
      `no policy denies ${direction} by default to every pod outside the namespaces ${systemNamespaces.join(", ")}`,
  );
}

/** Whether a rule denies by default, and selects at least all pods of all other namespaces, those to come too. */
function deniesAll(rule: Rule, direction: Direction, systemNamespaces: readonly string[]): boolean {
  const { entries, defaultDeny } = rule[direction];
  if (rule.node || entries.length === 0 || !defaultDeny || rule.policy.namespace !== "") return false;
  if (!entries.every((entry) => opensNothing(entry, direction))) return false;
  return requirementsOf(rule.subject).every(({ key, operator, values }) => {
    if (key.key !== NAMESPACE_LABEL || ![K8S, ANY].includes(key.source)) return false;
    if (operator === "Exists") return true;
    return operator === "NotIn" && values.every((value) => systemNamespaces.includes(value));
  });
}

/** Whether a rule matches no peer, except for DNS, which it allows for all pods. */
function opensNothing({ deny, peers, ports }: RuleEntry, direction: Direction): boolean {
  if (deny || peers === undefined) return true;
  if (ports === undefined) return peers.length === 0;
  return direction === "egress" && ports.every(({ ranges }) => ranges.every(isDns));
}

function isDns({ protocol, port, endPort }: PortRange): boolean {
  return (protocol === "UDP" || protocol === "TCP") && port === DNS_PORT && endPort <= DNS_PORT;
}

const NODE: TrafficParty = { identity: reservedIdentity("remote-node"), ports: [] };
const HEALTH: TrafficParty = { identity: reservedIdentity("health"), ports: [] };
const HEALTH_PORT = 4240;
const DNS_PORT = 53;

/** Says in one sentence each what does not work any more though every cluster needs it: DNS, and Cilium's own probes. */
export function defaultDenyExceptions(model: ClusterModel): readonly string[] {
  const { cluster, options } = model;
  const dns: TrafficParty = {
    identity: podIdentity(
      { namespace: "kube-system", labels: { "k8s-app": "kube-dns" }, serviceAccount: "coredns" },
      options,
    ),
    ports: [],
  };
  const pods = new Map(
    model.workloads
      .flatMap(({ parties }) => parties)
      .filter(({ identity }) => identity.kind === "pod" && identity.id !== dns.identity.id)
      .map((party) => [party.identity.id, party]),
  );
  const drops = (
    direction: Direction,
    subject: TrafficParty,
    peer: TrafficParty,
    protocol: "TCP" | "UDP",
    port: number,
  ) => cluster.layer4(direction, subject, peer, protocol, port).kind === "dropped";
  const unserved = [...pods.values()].filter((pod) =>
    (["UDP", "TCP"] as const).some(
      (protocol) =>
        drops("egress", pod, dns, protocol, DNS_PORT) || drops("ingress", dns, pod, protocol, DNS_PORT),
    ),
  );
  const unprobed = DIRECTIONS.some((direction) => drops(direction, HEALTH, NODE, "TCP", HEALTH_PORT));
  const places = [...new Set(unserved.map(({ identity }) => describeNamespace(identity)))];
  return [
    ...(unserved.length === 0
      ? []
      : [
          `${unserved.length} of ${pods.size} sorts of pods, in ${places.join(", ")}, cannot ask the cluster's DNS`,
        ]),
    ...(unprobed
      ? [
          "nodes cannot probe one another's health endpoints (reserved:health, port 4240): select pods only, by their namespace",
        ]
      : []),
  ];
}
