import { type GrantedRecord, grantedRequests, type KubernetesObject } from "@attested-fhir/cilium-access";

/** Many organisations that may ask many FHIR servers for single records: what the access matrix is measured with. */
export interface SyntheticCluster {
  readonly objects: readonly KubernetesObject[];
  /** By the name of the server. */
  readonly grants: ReadonlyMap<string, readonly GrantedRecord[]>;
}

export interface ClusterSize {
  readonly orgs: number;
  readonly grants: number;
  readonly servers: number;
}

const NAMESPACE = "fhir";
const PORT = 52_773;
const BASE = "/intersystems/fhir/r5";

interface Grant extends GrantedRecord {
  readonly org: number;
  readonly server: number;
}

/** As many of all as told, with the policies that grants turn into: one for each organisation and for each server. */
export function synthesizeCluster({ orgs, grants: count, servers }: ClusterSize): SyntheticCluster {
  const grants = Array.from({ length: count }, (_, index): Grant => ({
    // Apart enough that organisations and servers meet in many pairs.
    org: index % orgs,
    server: (index * 7 + Math.floor(index / orgs)) % servers,
    basePath: BASE,
    resourceType: "Patient",
    id: `patient-${index}`,
    interactions: index % 3 === 0 ? ["read", "history", "search"] : ["read"],
  }));
  const range = (length: number) => Array.from({ length }, (_, index) => index);
  return {
    objects: [
      denyAll,
      ...range(orgs).flatMap((org) => [workload(`org-${org}`, labelsOfOrg(org)), egressOf(org, grants)]),
      ...range(servers).flatMap((server) => [
        workload(`server-${server}`, labelsOfServer(server), PORT),
        ingressOf(server, grants),
      ]),
    ],
    grants: Map.groupBy(grants, ({ server }) => `server-${server}`),
  };
}

const labelsOfOrg = (org: number) => ({ org: `org-${org}`, class: "client" });
const labelsOfServer = (server: number) => ({ org: "hospital", class: `server-${server}` });

function workload(name: string, labels: Record<string, string>, port?: number): KubernetesObject {
  const ports = port === undefined ? [] : [{ containerPort: port }];
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: NAMESPACE },
    spec: { template: { metadata: { labels }, spec: { containers: [{ name, ports }] } } },
  };
}

const denyAll: KubernetesObject = {
  apiVersion: "cilium.io/v2",
  kind: "CiliumClusterwideNetworkPolicy",
  metadata: { name: "deny-all" },
  spec: {
    endpointSelector: {
      matchExpressions: [{ key: "io.kubernetes.pod.namespace", operator: "NotIn", values: ["kube-system"] }],
    },
    ingress: [{}],
    egress: [{}],
  },
};

function policy(name: string, spec: object): KubernetesObject {
  const metadata = { name, namespace: NAMESPACE };
  return { apiVersion: "cilium.io/v2", kind: "CiliumNetworkPolicy", metadata, spec };
}

function egressOf(org: number, grants: readonly Grant[]): KubernetesObject {
  const own = Map.groupBy(
    grants.filter((grant) => grant.org === org),
    ({ server }) => server,
  );
  return policy(`org-${org}`, {
    enableDefaultDeny: { egress: true },
    endpointSelector: { matchLabels: labelsOfOrg(org) },
    egress: [...own].map(([server, ofServer]) => ({
      toEndpoints: [{ matchLabels: labelsOfServer(server) }],
      toPorts: [requests(ofServer)],
    })),
  });
}

function ingressOf(server: number, grants: readonly Grant[]): KubernetesObject {
  const own = Map.groupBy(
    grants.filter((grant) => grant.server === server),
    ({ org }) => org,
  );
  return policy(`server-${server}`, {
    enableDefaultDeny: { ingress: true },
    endpointSelector: { matchLabels: labelsOfServer(server) },
    ingress: [...own].map(([org, ofOrg]) => ({
      fromEndpoints: [{ matchLabels: labelsOfOrg(org) }],
      toPorts: [requests(ofOrg)],
    })),
  });
}

function requests(grants: readonly Grant[]) {
  const http = grants
    .flatMap(grantedRequests)
    .map(({ method, path }) => ({ method, path: path.replaceAll(/[.?]/g, "\\$&") }));
  return { ports: [{ port: String(PORT), protocol: "TCP" }], rules: { http } };
}
