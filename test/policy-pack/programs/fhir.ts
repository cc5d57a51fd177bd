import { fileURLToPath } from "node:url";
import { Provider as Google } from "@pulumi/gcp/provider.js";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import { Provider as Kubernetes } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { ciliumImages } from "../../../components/cilium/releases.ts";
import { DenyAll } from "../../../components/cilium/deny-all.ts";
import { FhirAccess } from "../../../components/cilium/fhir-access.ts";
import { helmValues } from "../../../components/cilium/helm-values.ts";
import { CILIUM_VERSION } from "../../../components/cilium/version.ts";
import { AdmissionPolicy } from "../../../components/gcp/admission-policy.ts";
import { CiliumCluster } from "../../../components/gcp/cilium-cluster.ts";
import { RegistryMirror } from "../../../components/gcp/registry-mirror.ts";
import { Root } from "./root.ts";

/** FHIR on Google Cloud, in a stack that passes every guardrail, except for the one flaw that the environment names. */

const flawed = (flaw: string) => process.env.FLAW === flaw;

const [project, location] = ["fhir-project", "us-central1"];
const QUAY = `${location}-docker.pkg.dev/${project}/quay`;

const SERVER = {
  name: "fhir",
  port: 52773,
  basePath: "/fhir/r5",
  labels: { class: "fhir", org: "hospital" },
};
const NAMESPACE = "records";
const GRANTED = {
  org: "ward",
  resourceType: "Patient",
  id: "example",
  interactions: ["read", "vread"],
  server: SERVER.name,
} as const;

const parent = new Root({
  layers: ["fhir"],
  separateDuties: true,
  roles: { fhir: { project } },
  signer: "group:signers@example.com",
  mergedRoles: [],
  allowedLocations: [],
  attestors: [],
  attestations: [],
  senders: [],
  unattestedImages: [],
  fhirServers: [{ ...SERVER, namespace: NAMESPACE }],
  grants: [GRANTED],
  systemNamespaces: ["kube-system"],
  re2ProgramLimit: 100,
  accessMode: "smart",
});
const opts = { parent, provider: new Google("google", {}, { parent }) };

const policy = new AdmissionPolicy(
  "policy",
  {
    project,
    attestors: ["projects/signing-project/attestors/attestor"],
    allowList: [flawed("a whole mirror exempt") ? `${QUAY}/**` : `${QUAY}/cilium/*`],
    globalPolicyEvaluation: true,
  },
  opts,
);
const cluster = new CiliumCluster(
  "cluster",
  {
    project: policy.enforced,
    clusterName: "fhir",
    location,
    ranges: { nodes: "10.30.0.0/20", pods: "10.32.0.0/14", services: "10.36.0.0/20" },
    natEgress: false,
    releaseChannel: "REGULAR",
    machineType: "e2-standard-4",
    nodesPerZone: 1,
    deletionProtection: true,
  },
  opts,
);
const mirror = new RegistryMirror("mirror", { project, location, reader: cluster.nodes }, opts);

const inCluster = { parent, provider: new Kubernetes("kubernetes", { kubeconfig: cluster.kubeconfig }) };
const images = mirror.quay.apply((quay) => {
  const all = ciliumImages(CILIUM_VERSION, quay);
  return flawed("an unsigned image of Cilium")
    ? { ...all, hubbleRelay: all.hubbleRelay.replace("/cilium/", "/another/") }
    : all;
});
const values = helmValues({
  platform: { name: "gke", podRange: cluster.podRange },
  policyEnforcementMode: "default",
  images,
  certificatesByHook: true,
});
// A chart without templates: policies do not see what a chart renders.
const chart = fileURLToPath(new URL("./chart", import.meta.url));
new Release(
  "cilium",
  {
    chart,
    namespace: "kube-system",
    values,
    ...(flawed("values in a file") && { valueYamlFiles: [new pulumi.asset.StringAsset("extra: {}")] }),
  },
  inCluster,
);

const denyAll = new DenyAll("deny-all", { policyName: "deny-all" }, inCluster);
const access = new FhirAccess(
  "access",
  {
    namespace: NAMESPACE,
    servers: [SERVER],
    grants: [
      flawed("more than is granted") ? { ...GRANTED, interactions: ["read", "vread", "history"] } : GRANTED,
    ],
  },
  inCluster,
);

const { labels } = SERVER;
const metadata = { name: SERVER.name, namespace: NAMESPACE };
const image = pulumi.interpolate`${mirror.quay}/cilium/server@sha256:${"1".repeat(64)}`;
const securityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};
const spec = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  containers: [{ name: "fhir", image, ports: [{ name: "fhir", containerPort: 52773 }], securityContext }],
};
const deployment = new Deployment(
  "fhir",
  { metadata, spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } } },
  { ...inCluster, dependsOn: [denyAll, access] },
);
new Service(
  "fhir",
  {
    metadata,
    spec: {
      type: flawed("a node's port") ? "NodePort" : "ClusterIP",
      selector: labels,
      ports: [{ port: 80, targetPort: "fhir" }],
    },
  },
  { ...inCluster, dependsOn: deployment },
);
