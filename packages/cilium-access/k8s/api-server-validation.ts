import { covers, parsePrefix } from "../identity/cidr.ts";
import { schemaFault } from "./crd-schema.ts";
import { isLabelValue, isQualifiedName } from "../identity/labels.ts";
import { isReadKind, type KubernetesObject } from "./cluster-objects.ts";
import { manifestError } from "./manifest-schema.ts";
import type { Version } from "../options.ts";
import { withoutNulls } from "../api/policy-document.ts";
import { OPERATORS } from "../identity/selectors.ts";

/**
 * What the API server refuses of the objects that decide about requests. What it refuses does not exist, and is not
 * enforced.
 *
 * Source: pkg/apis/core/validation and pkg/apis/networking/validation of Kubernetes; the schemas of Cilium's CRDs.
 */

/** The versions of the API that serve each kind. */
const SERVED: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries<readonly string[]>({
    v1: ["Namespace", "Pod", "Service", "ReplicationController", "ConfigMap"],
    "apps/v1": ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"],
    "batch/v1": ["Job", "CronJob"],
    "networking.k8s.io/v1": ["NetworkPolicy"],
    "cilium.io/v2": ["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"],
  }).flatMap(([version, kinds]) => kinds.map((kind) => [kind, [version]] as const)),
);

/** Cilium's other kinds, of 1.16 and 1.20. */
const CILIUM_KINDS =
  /^Cilium(?:BGP(?:ClusterConfig|NodeConfig(?:Override)?|PeerConfig|PeeringPolicy|Advertisement)|(?:Clusterwide)?EnvoyConfig|EgressGatewayPolicy|Endpoint(?:Slice)?|ExternalWorkload|GatewayClassConfig|Identity|L2AnnouncementPolicy|LoadBalancerIPPool|LocalRedirectPolicy|Node(?:Config)?|PodIPPool|VTEPConfig|DatapathPlugin)$/;

/** Groups of Kubernetes' own, in which other kinds of the same name cannot be. */
const BUILT_IN = /^(?:|core|apps|batch|extensions|networking\.k8s\.io)$/;

function servedBy(kind: string, version: Version): readonly string[] | undefined {
  if (kind !== "CiliumCIDRGroup") return SERVED.get(kind);
  return version === "1.20" ? ["cilium.io/v2alpha1", "cilium.io/v2"] : ["cilium.io/v2alpha1"];
}

/**
 * Why the API server refuses an object of a manifest.
 *
 * @param version the version of Cilium whose CRDs are installed
 * @returns in words, with the path to what is wrong; undefined when it takes the object, and for kinds that do not
 *   affect requests
 */
export function serverFault(object: KubernetesObject, version: Version): string | undefined {
  const { kind = "", apiVersion } = object;
  const group = /^(.*)\/[^/]*$/.exec(apiVersion ?? "")?.[1] ?? "";
  if (group === "cilium.io" && !isReadKind(object)) {
    return CILIUM_KINDS.test(kind) ? undefined : `kind: unknown kind ${kind} in the group cilium.io`;
  }
  if (!isReadKind(object) && !(SERVED.has(kind) && BUILT_IN.test(group))) return undefined;
  const served = servedBy(kind, version);
  if (served !== undefined && apiVersion !== undefined && !served.includes(apiVersion)) {
    return `apiVersion: ${apiVersion} does not serve ${kind}, ${served.join(" and ")} does`;
  }
  const cleaned = withoutNulls(object) as KubernetesObject;
  return (
    metadataFault(cleaned) ?? manifestError(cleaned) ?? schemaFault(cleaned, version) ?? specFault(cleaned)
  );
}

const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const DNS_LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

function metadataFault({ metadata }: KubernetesObject): string | undefined {
  if (metadata !== undefined && (typeof metadata !== "object" || Array.isArray(metadata))) return undefined;
  const { name = "", generateName = "", namespace, labels = {} } = metadata ?? {};
  if (name === "" && generateName === "") return "metadata.name: is missing";
  if (typeof name !== "string" || (namespace !== undefined && typeof namespace !== "string"))
    return undefined;
  if (name !== "" && (name.length > 253 || !SUBDOMAIN.test(name))) {
    return `metadata.name: "${name}" is not a name of lower-case letters, digits, "-" and "."`;
  }
  if (namespace !== undefined && namespace !== "" && !DNS_LABEL.test(namespace)) {
    return `metadata.namespace: "${namespace}" is not a name of lower-case letters, digits and "-"`;
  }
  return labelsFault(labels, "metadata.labels");
}

function labelsFault(labels: unknown, at: string): string | undefined {
  if (typeof labels !== "object" || labels === null) return undefined;
  for (const [key, value] of Object.entries(labels) as [string, unknown][]) {
    if (!isQualifiedName(key)) return `${at}: "${key}" is not the key of a label`;
    if (typeof value === "string" && !isLabelValue(value)) {
      return `${at}.${key}: "${value}" is not the value of a label`;
    }
  }
  return undefined;
}

/** Whether a text is the name of a port: IANA's, in lower case. */
function isPortName(name: string): boolean {
  return name.length <= 15 && /^[a-z0-9](?:-?[a-z0-9])*$/.test(name) && /[a-z]/.test(name);
}

const TRANSPORTS = ["TCP", "UDP", "SCTP"];

function protocolFault(protocol: string | undefined, at: string): string | undefined {
  if (protocol === undefined || TRANSPORTS.includes(protocol)) return undefined;
  return `${at}.protocol: "${protocol}" is none of ${TRANSPORTS.join(", ")}`;
}

/** The first fault among some, each looked for in its turn. */
function firstOf<Item>(
  items: readonly Item[] | undefined,
  faultOf: (item: Item, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of (items ?? []).entries()) {
    const fault = faultOf(item, index);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function specFault(object: KubernetesObject): string | undefined {
  const { kind = "", spec } = object;
  if (kind === "NetworkPolicy") return networkPolicyFault(spec ?? {});
  if (kind === "Service") return serviceFault(spec ?? {});
  if (kind === "Pod") return podFault(object as PodTemplate, "");
  if (kind === "CronJob") {
    const { jobTemplate } = (spec ?? {}) as { jobTemplate?: { spec?: ControllerSpec } };
    return podFault(jobTemplate?.spec?.template, "spec.jobTemplate.spec.template.");
  }
  return SERVED.get(kind)?.some((version) => /^(?:apps|batch)\//.test(version))
    ? controllerFault(kind, spec ?? {})
    : undefined;
}

interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly { key: string; operator: string; values?: readonly string[] }[];
}

function selectorFault(selector: Selector | undefined, at: string): string | undefined {
  const { matchLabels = {}, matchExpressions } = selector ?? {};
  return (
    labelsFault(matchLabels, `${at}.matchLabels`) ??
    firstOf(matchExpressions, ({ key, operator, values = [] }, index) => {
      const here = `${at}.matchExpressions[${index}]`;
      if (!OPERATORS.some((known) => known === operator)) {
        return `${here}.operator: "${operator}" is none of ${OPERATORS.join(", ")}`;
      }
      if (operator.endsWith("In") !== values.length > 0) return `${here}.values: do not go with ${operator}`;
      if (!isQualifiedName(key)) return `${here}.key: "${key}" is not the key of a label`;
      const wrong = values.find((value) => !isLabelValue(value));
      return wrong === undefined ? undefined : `${here}.values: "${wrong}" is not the value of a label`;
    })
  );
}

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr?: string; readonly except?: readonly string[] };
}

interface PolicyPort {
  readonly port?: number | string;
  readonly endPort?: number;
  readonly protocol?: string;
}

interface NetworkPolicySpec {
  readonly podSelector?: Selector;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly { from?: readonly Peer[]; ports?: readonly PolicyPort[] }[];
  readonly egress?: readonly { to?: readonly Peer[]; ports?: readonly PolicyPort[] }[];
}

function networkPolicyFault({ podSelector, policyTypes = [], ingress, egress }: NetworkPolicySpec) {
  const rule = (peers: readonly Peer[] | undefined, ports: readonly PolicyPort[] | undefined, at: string) =>
    firstOf(peers, (peer, index) => peerFault(peer, `${at}[${index}]`)) ??
    firstOf(ports, (port, index) => portFault(port, `${at.replace(/\w+$/, "ports")}[${index}]`));
  const types = policyTypes.find((type) => type !== "Ingress" && type !== "Egress");
  return (
    selectorFault(podSelector, "spec.podSelector") ??
    firstOf(ingress, ({ from, ports }, index) => rule(from, ports, `spec.ingress[${index}].from`)) ??
    firstOf(egress, ({ to, ports }, index) => rule(to, ports, `spec.egress[${index}].to`)) ??
    (types === undefined ? undefined : `spec.policyTypes: "${types}" is neither Ingress nor Egress`) ??
    (policyTypes.length > 2 ? "spec.policyTypes: has more than two" : undefined)
  );
}

function peerFault({ podSelector, namespaceSelector, ipBlock }: Peer, at: string): string | undefined {
  const selectors = [podSelector, namespaceSelector].filter((selector) => selector !== undefined);
  if (selectors.length === 0 && ipBlock === undefined) return `${at}: names no peer`;
  if (selectors.length > 0 && ipBlock !== undefined) return `${at}: ipBlock cannot stand next to a selector`;
  if (ipBlock !== undefined) return blockFault(ipBlock, `${at}.ipBlock`);
  return (
    selectorFault(podSelector, `${at}.podSelector`) ??
    selectorFault(namespaceSelector, `${at}.namespaceSelector`)
  );
}

function blockFault({ cidr = "", except }: NonNullable<Peer["ipBlock"]>, at: string): string | undefined {
  const block = parsePrefix(cidr);
  if (block === undefined) return `${at}.cidr: "${cidr}" is not a block of addresses`;
  return firstOf(except, (text, index) => {
    const part = parsePrefix(text);
    if (part === undefined) return `${at}.except[${index}]: "${text}" is not a block of addresses`;
    const isPart = covers(block, part) && part.bits > block.bits;
    return isPart ? undefined : `${at}.except[${index}]: "${text}" is not a part of ${cidr}`;
  });
}

function portFault({ port, endPort, protocol }: PolicyPort, at: string): string | undefined {
  if (typeof port === "string" && !isPortName(port)) return `${at}.port: "${port}" is not the name of a port`;
  if (endPort !== undefined && typeof port !== "number") return `${at}.endPort: needs the number of a port`;
  if (endPort !== undefined && typeof port === "number" && endPort < port) {
    return `${at}.endPort: ${endPort} is below the port ${port}`;
  }
  return protocolFault(protocol, at);
}

interface ServiceSpec {
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: readonly { readonly name?: string; readonly protocol?: string }[];
}

function serviceFault({ selector, ports = [] }: ServiceSpec): string | undefined {
  return (
    labelsFault(selector, "spec.selector") ??
    firstOf(ports, ({ name = "", protocol }, index) => {
      const at = `spec.ports[${index}]`;
      if (ports.length > 1 && name === "") return `${at}.name: is missing`;
      if (name !== "" && !DNS_LABEL.test(name)) return `${at}.name: "${name}" is not the name of a port`;
      return protocolFault(protocol, at);
    })
  );
}

interface PodTemplate {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: {
    readonly containers?: readonly { ports?: readonly { name?: string; protocol?: string }[] }[];
  };
}

function podFault(template: PodTemplate | undefined, prefix: string): string | undefined {
  const { metadata, spec } = template ?? {};
  return (
    labelsFault(metadata?.labels, `${prefix}metadata.labels`) ??
    firstOf(spec?.containers, ({ ports = [] }, container) =>
      firstOf(ports, ({ name = "", protocol }, index) => {
        const at = `${prefix}spec.containers[${container}].ports[${index}]`;
        if (name !== "" && !isPortName(name)) return `${at}.name: "${name}" is not the name of a port`;
        const isTwice = name !== "" && ports.findIndex((port) => port.name === name) < index;
        return isTwice ? `${at}.name: "${name}" is there twice` : protocolFault(protocol, at);
      }),
    )
  );
}

interface ControllerSpec {
  readonly selector?: Selector;
  readonly template?: PodTemplate;
}

function controllerFault(kind: string, { selector, template }: ControllerSpec): string | undefined {
  const found = podFault(template, "spec.template.") ?? selectorFault(selector, "spec.selector");
  // Without a selector, as sketches of manifests are, the pods are those of the template anyway.
  if (found !== undefined || kind === "Job" || selector === undefined) return found;
  const labels = template?.metadata?.labels ?? {};
  const missed = Object.entries(selector.matchLabels ?? {}).find(
    ([key, value]) => !Object.hasOwn(labels, key) || labels[key] !== value,
  );
  return missed && `spec.selector.matchLabels.${missed[0]}: does not select the pods of the template`;
}
