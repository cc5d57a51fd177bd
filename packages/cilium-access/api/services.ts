import type { Prefix } from "../identity/cidr.ts";
import type { Identity } from "../identity/identity.ts";
import { K8S, NAMESPACE_LABEL } from "../identity/labels.ts";
import type { Options } from "../options.ts";
import { type PeerSelector, selectByLabels, unknownPeerSelector } from "./peer-selector.ts";
import type { EgressDocument } from "./policy-document.ts";
import { type PeerScope, scopedPeer } from "./parse-selector.ts";
import { parseSelector, selector, selects } from "../identity/selectors.ts";

/** A Service of Kubernetes, as far as policies and requests go by it. */
export interface Service {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The labels of the pods behind it; empty for a service without a selector. */
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly ServicePort[];
}

/** A port of a service. */
export interface ServicePort {
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
  /** The port of the pods, by number or by name. */
  readonly targetPort: number | string;
}

export type Services = readonly Service[];

/** The blocks of each CiliumCIDRGroup, by its name. */
export type CidrGroups = ReadonlyMap<string, readonly Prefix[]>;

/** What must be known to tell which services a rule means. */
export interface ServiceScope extends PeerScope {
  readonly services: Services;
}

/**
 * Peers that `toServices` names. 1.16 knows only services without a selector, whose addresses lie outside the
 * cluster; 1.20 also the pods behind the others. A rule of 1.20 that names ports, and services of which there is no
 * address, applies to all peers.
 *
 * Source: pkg/policy/k8s/service.go; pkg/policy/utils/parserules.go of 1.20.
 *
 * @param hasPorts whether the rule also names ports
 */
export function servicePeers(
  named: NonNullable<EgressDocument["toServices"]>,
  hasPorts: boolean,
  scope: ServiceScope,
): { endpoints: PeerSelector[]; others: PeerSelector[] } {
  const { services, options } = scope;
  const meant = named.flatMap((reference) =>
    services.filter((service) => isMeant(service, reference, options)),
  );
  const outside = meant.filter((service) => Object.keys(service.selector).length === 0);
  const inside = options.version === "1.20" ? meant.filter((service) => !outside.includes(service)) : [];
  return {
    endpoints: inside.map((service) => selectByLabels(scopedPeer(podsBehind(service), scope))),
    others: outside.map(({ namespace, name }) =>
      unknownPeerSelector(
        `the addresses of the service ${namespace}/${name}`,
        options.version === "1.20" && hasPorts && inside.length === 0,
      ),
    ),
  };
}

type Reference = NonNullable<EgressDocument["toServices"]>[number];

function isMeant(
  service: Service,
  { k8sServiceSelector, k8sService }: Reference,
  { version }: Options,
): boolean {
  const isIn = (namespace = "") => namespace === "" || namespace === service.namespace;
  if (k8sServiceSelector !== undefined) {
    const wanted = parseSelector(k8sServiceSelector.selector, version);
    return isIn(k8sServiceSelector.namespace) && selects(wanted, asIdentity(service.labels));
  }
  return k8sService !== undefined && isIn(k8sService.namespace) && k8sService.serviceName === service.name;
}

/** Services have labels as identities do. */
function asIdentity(labels: Readonly<Record<string, string>>): Identity {
  const entries = Object.entries(labels).map(([key, value]) => [key, { source: K8S, key, value }] as const);
  return { kind: "pod", id: "", labels: new Map(entries) };
}

/** The pods behind a service. */
export function podsBehind({ namespace, selector: labels }: Service) {
  return selector(
    Object.entries({ ...labels, [NAMESPACE_LABEL]: namespace }).map(([key, value]) => ({
      key: { source: K8S, key },
      operator: "In",
      values: [value],
    })),
  );
}
