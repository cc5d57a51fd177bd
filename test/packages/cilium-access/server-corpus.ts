import type { KubernetesObject } from "../../../packages/cilium-access/k8s/cluster-objects.ts";

/** Objects that the API server takes, and others that it refuses, each with an error of its own. */

const meta = (rest: object = {}) => ({ name: "one", namespace: "default", ...rest });

const pod = (spec: object = {}, metadata: object = {}): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: meta(metadata),
  spec: { containers: [{ name: "main", image: "example.org/app" }], ...spec },
});

const withPorts = (...ports: readonly object[]) =>
  pod({ containers: [{ name: "main", image: "example.org/app", ports }] });

const deployment = (spec: object = {}): KubernetesObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: meta(),
  spec: {
    selector: { matchLabels: { app: "web" } },
    template: {
      metadata: { labels: { app: "web" } },
      spec: { containers: [{ name: "main", image: "example.org/app" }] },
    },
    ...spec,
  },
});

const service = (spec: object = {}): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: meta(),
  spec: { selector: { app: "web" }, ports: [{ port: 80 }], ...spec },
});

const knp = (spec: object = {}, rest: object = {}): KubernetesObject => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: meta(),
  spec: { podSelector: {}, ...spec },
  ...rest,
});

const fromPeer = (peer: object) => knp({ ingress: [{ from: [peer] }] });
const onPort = (port: object) => knp({ ingress: [{ ports: [port] }] });

const cnp = (spec: object = {}, rest: object = {}): KubernetesObject => ({
  apiVersion: "cilium.io/v2",
  kind: "CiliumNetworkPolicy",
  metadata: meta(),
  spec: { endpointSelector: {}, ...spec },
  ...rest,
});

const toPorts = (...ports: readonly object[]) => cnp({ ingress: [{ toPorts: [{ ports }] }] });

const ccnp = (spec: object = {}, rest: object = {}): KubernetesObject => ({
  apiVersion: "cilium.io/v2",
  kind: "CiliumClusterwideNetworkPolicy",
  metadata: { name: "one" },
  spec: { endpointSelector: {}, ...spec },
  ...rest,
});

const group = (externalCIDRs: unknown, rest: object = {}): KubernetesObject => ({
  apiVersion: "cilium.io/v2alpha1",
  kind: "CiliumCIDRGroup",
  metadata: { name: "one" },
  spec: { externalCIDRs },
  ...rest,
});

const LONG = "a".repeat(64);

/** What the API server takes. */
export const TAKEN: Readonly<Record<string, KubernetesObject>> = {
  "a pod": pod(),
  "a pod with labels": pod({}, { labels: { app: "web", "example.org/team": "A_b.c", empty: "" } }),
  "labels that are called as what every object has": pod({}, { labels: { constructor: "x", toString: "y" } }),
  "ports of containers": withPorts(
    { name: "http", containerPort: 80 },
    { containerPort: 53, protocol: "UDP" },
  ),
  "a deployment": deployment(),
  "a service": service(),
  "a service with a port's name": service({ ports: [{ port: 80, targetPort: "http", protocol: "TCP" }] }),
  "a NetworkPolicy": knp(),
  "a range of ports": onPort({ port: 80, endPort: 90, protocol: "TCP" }),
  "a range of one port": onPort({ port: 80, endPort: 80 }),
  "the name of a port": onPort({ port: "http" }),
  "a block with exceptions": fromPeer({ ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } }),
  "exceptions that hold all of a block": fromPeer({
    ipBlock: { cidr: "10.0.0.0/8", except: ["10.0.0.0/9", "10.128.0.0/9"] },
  }),
  "an empty list of peers": knp({ ingress: [{ from: [] }] }),
  "a peer that is all pods": fromPeer({ podSelector: {} }),
  "pods and namespaces": fromPeer({ podSelector: {}, namespaceSelector: { matchLabels: { a: "b" } } }),
  "both types of a policy": knp({ policyTypes: ["Ingress", "Egress"] }),
  "a CiliumNetworkPolicy": cnp({ ingress: [{}] }),
  "protocols of Cilium": toPorts(
    { port: "80", protocol: "TCP" },
    { port: "http" },
    { port: "53", protocol: "ANY" },
  ),
  "a number written with zeros": toPorts({ port: "0080", protocol: "TCP" }),
  "a range of Cilium, the wrong way round": toPorts({ port: "90", endPort: 80, protocol: "TCP" }),
  entities: cnp({ ingress: [{ fromEntities: ["world", "host"] }] }),
  "a key that the schema does not know": cnp({ unknown: true, ingress: [{ fromNobody: [] }] }),
  "a selector's key with its source": cnp({
    ingress: [{ fromEndpoints: [{ matchLabels: { "k8s:app": "a" } }] }],
  }),
  "a clusterwide policy": ccnp({ egress: [{}] }),
  specs: cnp({}, { spec: undefined, specs: [{ endpointSelector: {}, egress: [{}] }] }),
  "neither spec nor specs": cnp({}, { spec: undefined }),
  "a CiliumCIDRGroup": group(["10.0.0.0/8"]),
};

/** What the API server refuses. */
export const REFUSED: Readonly<Record<string, KubernetesObject>> = {
  "a pod without a name": pod({}, { name: undefined }),
  "a name in capitals": pod({}, { name: "Web" }),
  "a namespace that is none": pod({}, { namespace: "a.b" }),
  "a label's value with a space": pod({}, { labels: { app: "a b" } }),
  "a label's value of 64 characters": pod({}, { labels: { app: LONG } }),
  "a label's key that is none": pod({}, { labels: { "-app": "x" } }),
  "a label's key with two slashes": pod({}, { labels: { "a/b/c": "x" } }),
  "a label's key of underscores": pod({}, { labels: JSON.parse('{"__proto__": "x"}') as object }),
  "a label that is a boolean": pod({}, { labels: { app: true } }),
  "a protocol in lower case on a container's port": withPorts({ containerPort: 80, protocol: "tcp" }),
  "a container's port 0": withPorts({ containerPort: 0 }),
  "a container's port beyond the last": withPorts({ containerPort: 65_536 }),
  "a port's name in capitals": withPorts({ name: "HTTP", containerPort: 80 }),
  "a port's name of digits": withPorts({ name: "80", containerPort: 80 }),
  "a port's name that is too long": withPorts({ name: "a-very-long-name", containerPort: 80 }),
  "two ports of one name": withPorts({ name: "a", containerPort: 80 }, { name: "a", containerPort: 81 }),
  "a deployment whose selector misses its pods": deployment({ selector: { matchLabels: { app: "other" } } }),
  "a pod of a version that is not served": { ...pod(), apiVersion: "v2" },
  "a pod of another group": { ...pod(), apiVersion: "apps/v1" },
  "a deployment of a version that is gone": { ...deployment(), apiVersion: "extensions/v1beta1" },
  "a service's protocol in lower case": service({ ports: [{ port: 80, protocol: "tcp" }] }),
  "a service's port 0": service({ ports: [{ port: 0 }] }),
  "a service's selector with a space": service({ selector: { app: "a b" } }),
  "two ports of a service without names": service({ ports: [{ port: 80 }, { port: 81 }] }),
  "a NetworkPolicy of a version that is gone": knp({}, { apiVersion: "networking.k8s.io/v1beta1" }),
  "endPort below port": onPort({ port: 90, endPort: 80 }),
  "endPort with a named port": onPort({ port: "http", endPort: 90 }),
  "endPort alone": onPort({ endPort: 90 }),
  "a port's number as a text": onPort({ port: "80" }),
  "a port's name in a policy in capitals": onPort({ port: "HTTP" }),
  "port 0 of a policy": onPort({ port: 0 }),
  "a protocol in lower case": onPort({ port: 80, protocol: "tcp" }),
  "a protocol without ports": onPort({ port: 80, protocol: "ICMP" }),
  "an empty peer": fromPeer({}),
  "a block with a selector": fromPeer({ podSelector: {}, ipBlock: { cidr: "10.0.0.0/8" } }),
  "a block without a length": fromPeer({ ipBlock: { cidr: "10.0.0.1" } }),
  "a block without addresses": fromPeer({ ipBlock: {} }),
  "an exception outside of its block": fromPeer({ ipBlock: { cidr: "10.0.0.0/8", except: ["11.0.0.0/16"] } }),
  "an exception that is its block": fromPeer({ ipBlock: { cidr: "10.0.0.0/8", except: ["10.0.0.0/8"] } }),
  "an exception wider than its block": fromPeer({ ipBlock: { cidr: "10.0.0.0/8", except: ["10.0.0.0/7"] } }),
  "a policy type in lower case": knp({ policyTypes: ["ingress"] }),
  "three policy types": knp({ policyTypes: ["Ingress", "Egress", "Ingress"] }),
  "an operator that there is not": knp({ podSelector: { matchExpressions: [{ key: "a", operator: "Is" }] } }),
  "In without values": knp({ podSelector: { matchExpressions: [{ key: "a", operator: "In" }] } }),
  "Exists with values": knp({
    podSelector: { matchExpressions: [{ key: "a", operator: "Exists", values: ["b"] }] },
  }),
  "a selector's value that is none": fromPeer({ podSelector: { matchLabels: { a: "b c" } } }),
  "a selector's key that is none": fromPeer({ namespaceSelector: { matchLabels: { "": "b" } } }),
  "a selector's value that is a boolean": fromPeer({ podSelector: { matchLabels: { a: true } } }),
  "a list of peers that is none": knp({ ingress: [{ from: {} }] }),
  "a CiliumNetworkPolicy of a version that there is not": cnp({}, { apiVersion: "cilium.io/v1" }),
  "a clusterwide policy of a version that there is not": ccnp({}, { apiVersion: "cilium.io/v2alpha1" }),
  "Cilium's protocol in lower case": toPorts({ port: "80", protocol: "tcp" }),
  "Cilium's protocol with a space": toPorts({ port: "80", protocol: "TCP " }),
  "Cilium's protocol that is empty": toPorts({ port: "80", protocol: "" }),
  "Cilium's port as a number": toPorts({ port: 80, protocol: "TCP" }),
  "a port of Cilium that is missing": toPorts({ protocol: "TCP" }),
  "a port of Cilium that is empty": toPorts({ port: "", protocol: "TCP" }),
  "endPort as a text": toPorts({ port: "80", endPort: "90", protocol: "TCP" }),
  "endPort beyond the last port": toPorts({ port: "80", endPort: 70_000, protocol: "TCP" }),
  "too many ports": toPorts(...Array.from({ length: 41 }, () => ({ port: "80", protocol: "TCP" }))),
  "an unknown entity": cnp({ ingress: [{ fromEntities: ["unknown"] }] }),
  "an address in the place of a block": cnp({ ingress: [{ fromCIDR: ["10.0.0.1"] }] }),
  "a block that is none": cnp({ ingress: [{ fromCIDRSet: [{ cidr: "10.0.0.0/33" }] }] }),
  "a value of Cilium's selector that is none": cnp({ endpointSelector: { matchLabels: { a: "b c" } } }),
  "a value of Cilium's selector that is a boolean": cnp({ endpointSelector: { matchLabels: { a: true } } }),
  "an operator of Cilium's that there is not": cnp({
    endpointSelector: { matchExpressions: [{ key: "a", operator: "in", values: ["b"] }] },
  }),
  "endpoints as an object": cnp({ ingress: [{ fromEndpoints: {} }] }),
  "neither endpoints nor nodes": cnp({ endpointSelector: undefined }),
  "endpoints and nodes": ccnp({ nodeSelector: {} }),
  "a name to look up that is none": cnp({ egress: [{ toFQDNs: [{ matchName: "a b" }] }] }),
  "a mode of authentication that there is not": cnp({ ingress: [{ authentication: { mode: "maybe" } }] }),
  "default deny as a text": cnp({ enableDefaultDeny: { ingress: "false" } }),
  "a method as a number": cnp({
    ingress: [{ toPorts: [{ ports: [{ port: "80", protocol: "TCP" }], rules: { http: [{ method: 1 }] } }] }],
  }),
  "a policy's name in capitals": cnp({}, { metadata: meta({ name: "Policy" }) }),
  "a policy without metadata": cnp({}, { metadata: undefined }),
  "a CiliumCIDRGroup of addresses": group(["10.0.0.1"]),
  "a CiliumCIDRGroup of a version that there is not": group(["10.0.0.0/8"], { apiVersion: "cilium.io/v1" }),
  "a kind of Cilium's that there is not": cnp({}, { kind: "CiliumNetworkPolicies" }),
  "a kind in lower case": cnp({}, { kind: "ciliumnetworkpolicy" }),
};
