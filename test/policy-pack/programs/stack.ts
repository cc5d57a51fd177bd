import { Attestor } from "@pulumi/gcp/binaryauthorization/attestor.js";
import { Policy } from "@pulumi/gcp/binaryauthorization/policy.js";
import { Cluster } from "@pulumi/gcp/container/cluster.js";
import { Note } from "@pulumi/gcp/containeranalysis/note.js";
import { Occurence } from "@pulumi/gcp/containeranalysis/occurence.js";
import { Dataset } from "@pulumi/gcp/healthcare/dataset.js";
import { CryptoKey } from "@pulumi/gcp/kms/cryptoKey.js";
import { KeyRing } from "@pulumi/gcp/kms/keyRing.js";
import { KeyRingIAMMember } from "@pulumi/gcp/kms/keyRingIAMMember.js";
import { Provider as Google } from "@pulumi/gcp/provider.js";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { Provider as Kubernetes } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { Root } from "./root.ts";

/** A small stack that passes every guardrail, except for the one flaw that the environment names. */

const flawed = (flaw: string) => process.env.FLAW === flaw;

const SIGNED = `gcr.io/vendor/adapter@sha256:${"1".repeat(64)}`;
/** What the occurrence signs: the payload of a container signature of SIGNED. */
const PAYLOAD = Buffer.from(
  JSON.stringify({
    critical: {
      identity: { "docker-reference": "gcr.io/vendor/adapter" },
      image: { "docker-manifest-digest": `sha256:${"1".repeat(64)}` },
      type: "Google cloud binauthz container signature",
    },
  }),
).toString("base64");
const UNSIGNED = `gcr.io/vendor/adapter@sha256:${"2".repeat(64)}`;
const SENDERS = ["10.1.0.0/16"];
const [signing, running] = ["signing-project", "running-project"];

const parent = new Root({
  layers: ["signing", "runtime"],
  separateDuties: false,
  roles: { kms: { project: signing }, deployer: { project: running } },
  mergedRoles: [],
  allowedLocations: ["us-central1"],
  attestors: [],
  attestations: flawed("an unsigned attestation")
    ? [{ image: UNSIGNED, keyId: "key", payload: "e30=", signature: "" }]
    : [],
  senders: SENDERS,
  unattestedImages: [],
  fhirServers: [],
});
const by = { parent, provider: new Google("google") };

const ring = new KeyRing("ring", { project: signing, location: "us-central1" }, by);
const key = new CryptoKey(
  "key",
  { keyRing: ring.id, purpose: "ASYMMETRIC_SIGN", versionTemplate: { algorithm: "EC_SIGN_P256_SHA256" } },
  by,
);
const role = "roles/cloudkms.viewer";
const member = "group:auditors@example.com";
new KeyRingIAMMember("viewer", { keyRingId: ring.id, role, member }, by);

const noteId = { project: signing, name: "note" };
const note = new Note(
  "note",
  { ...noteId, attestationAuthority: { hint: { humanReadableName: "Note" } } },
  by,
);
const noteName = pulumi.interpolate`projects/${signing}/notes/${note.name}`;
// On a first preview the key does not exist yet, nor anything that is made with it.
const unknown = key.id;
const attestor = new Attestor(
  "attestor",
  {
    project: signing,
    name: "attestor",
    attestationAuthorityNote: {
      noteReference: noteName,
      publicKeys: [
        { id: unknown, pkixPublicKey: { publicKeyPem: unknown, signatureAlgorithm: "ECDSA_P256_SHA256" } },
      ],
    },
  },
  by,
);
const attested = new Occurence(
  "occurrence",
  {
    project: signing,
    resourceUri: `https://${SIGNED}`,
    noteName,
    attestation: { serializedPayload: PAYLOAD, signatures: [{ publicKeyId: unknown, signature: unknown }] },
  },
  by,
);

const policy = new Policy(
  "policy",
  {
    project: running,
    admissionWhitelistPatterns: [{ namePattern: "registry.k8s.io/*" }],
    defaultAdmissionRule: {
      evaluationMode: "REQUIRE_ATTESTATION",
      enforcementMode: "ENFORCED_BLOCK_AND_AUDIT_LOG",
      requireAttestationsBies: [pulumi.interpolate`projects/${signing}/attestors/${attestor.name}`],
    },
  },
  by,
);
const cluster = new Cluster(
  "cluster",
  {
    project: running,
    location: "us-central1",
    name: "cluster",
    initialNodeCount: 1,
    binaryAuthorization: {
      evaluationMode: flawed("Binary Authorization off") ? "DISABLED" : "PROJECT_SINGLETON_POLICY_ENFORCE",
    },
    privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true },
    workloadIdentityConfig: { workloadPool: `${running}.svc.id.goog` },
  },
  { ...by, dependsOn: policy },
);
new Dataset(
  "dataset",
  { project: running, location: "us-central1" },
  flawed("a default provider") ? { parent } : by,
);

const inCluster = {
  parent: by.parent,
  provider: new Kubernetes("kubernetes", { kubeconfig: cluster.endpoint }),
};
const labels = { app: "adapter" };
const image = flawed("an unsigned image") ? UNSIGNED : flawed("a tag") ? "gcr.io/vendor/adapter:v1" : SIGNED;
const securityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};
const spec = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  containers: [{ name: "adapter", image, ports: [{ name: "mllp", containerPort: 2575 }], securityContext }],
};
const closed = new NetworkPolicy(
  "closed",
  { spec: { podSelector: { matchLabels: labels }, policyTypes: ["Ingress", "Egress"] } },
  inCluster,
);
const deployment = new Deployment(
  "adapter",
  { spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } } },
  { ...inCluster, dependsOn: [attested, closed] },
);
const kind = flawed("a public address") ? "External" : "Internal";
new Service(
  "mllp",
  {
    metadata: { annotations: { "networking.gke.io/load-balancer-type": kind } },
    spec: {
      type: "LoadBalancer",
      selector: labels,
      ports: [{ port: 80, targetPort: "mllp" }],
      loadBalancerSourceRanges: SENDERS,
    },
  },
  { ...inCluster, dependsOn: deployment },
);
