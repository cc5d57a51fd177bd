import assert from "node:assert/strict";
import { declared, known, waitingFor } from "../../components/mocks.ts";
import { byProvider, layers, layersOf } from "../layers.ts";
import { changed, stack } from "../stacks.ts";

/** The stack `prod` without its fhir layer. */
const prod = changed(stack("prod"), {
  layers: ["runtime"],
  "projects.fhir": undefined,
  fhirCluster: undefined,
  cilium: undefined,
  fhirServer: undefined,
  clientImage: undefined,
  fhirClients: undefined,
  denyAll: undefined,
  dicom: undefined,
  grants: undefined,
  accessMode: undefined,
  smart: undefined,
});

/** The declared resources, without those of projects and network. */
function names(inputs: object): string[] {
  return Object.keys(inputs)
    .filter((key) => !/^gcp:(?:projects\/service|organizations|compute|dns)|-agent-role$/.test(key))
    .sort();
}

const WORKLOAD = [
  "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy deployer-required-labels-policy",
  "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding deployer-required-labels-binding",
  "kubernetes:apps/v1:Deployment mllp-adapter-deployment",
  "kubernetes:core/v1:Namespace mllp-adapter-namespace",
  "kubernetes:core/v1:Service mllp-adapter-service",
  "kubernetes:core/v1:ServiceAccount mllp-adapter-account",
  "kubernetes:networking.k8s.io/v1:NetworkPolicy mllp-adapter-policy",
  "kubernetes:policy/v1:PodDisruptionBudget mllp-adapter-budget",
];

describe("the runtime layer", () => {
  it("is policy, cluster, store and adapter, with keys of the stack's own in production", async () => {
    const { inputs } = await declared(layers(prod));
    assert.deepEqual(names(inputs), [
      "gcp:binaryauthorization/policy:Policy admission-policy-policy",
      "gcp:container/cluster:Cluster deployer-cluster-cluster",
      "gcp:container/nodePool:NodePool deployer-cluster-nodes",
      "gcp:healthcare/dataset:Dataset hl7v2-store-dataset",
      "gcp:healthcare/hl7Store:Hl7Store hl7v2-store-store",
      "gcp:healthcare/hl7StoreIamMember:Hl7StoreIamMember hl7v2-store-ingest-adapter",
      "gcp:kms/cryptoKey:CryptoKey deployer-encryption-key",
      "gcp:kms/cryptoKey:CryptoKey hl7v2-encryption-key",
      "gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding deployer-encryption-users",
      "gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding hl7v2-encryption-users",
      "gcp:kms/keyRing:KeyRing deployer-encryption-ring",
      "gcp:kms/keyRing:KeyRing hl7v2-encryption-ring",
      "gcp:projects/iAMMember:IAMMember deployer-cluster-nodes-role",
      "gcp:projects/iAMMember:IAMMember mllp-adapter-account-metrics",
      "gcp:pubsub/topic:Topic hl7v2-store-topic-hl7v2-messages",
      "gcp:pubsub/topicIAMMember:TopicIAMMember hl7v2-store-topic-hl7v2-messages-publisher",
      "gcp:serviceaccount/account:Account deployer-cluster-nodes-account",
      "gcp:serviceaccount/account:Account mllp-adapter-account-account",
      "gcp:serviceaccount/iAMMember:IAMMember mllp-adapter-account-user",
      ...WORKLOAD,
    ]);
  });

  it("acts as one principal, which has the adapter's cluster by its kubeconfig", async () => {
    const { all, resource } = await declared(layers(prod));
    const principal = "gcp-runtime-deployer-example-prod-deployer";
    assert.deepEqual(Object.keys(byProvider(all)).sort(), ["deployer-kubernetes", principal]);
    const { inputs } = resource("deployer-kubernetes");
    assert.equal(inputs.enableServerSideApply, "true");
    assert.equal(inputs.deleteUnreachable, "false");
    assert.match(
      String(inputs.kubeconfig),
      /"--impersonate_service_account=runtime-deployer@example-prod-deployer\.iam\.gserviceaccount\.com"/,
    );
  });

  it("admits what the attestor that it pins has attested", async () => {
    const { resource } = await declared(layers(prod));
    const { defaultAdmissionRule, admissionWhitelistPatterns } = resource("admission-policy-policy").inputs;
    assert.deepEqual((defaultAdmissionRule as { requireAttestationsBies: unknown }).requireAttestationsBies, [
      "projects/example-prod-attestor/attestors/mllp-adapter-verified",
    ]);
    assert.deepEqual(admissionWhitelistPatterns, []);
  });

  it("admits what the stack's own attestor has attested, in the tutorial, and its allow-list", async () => {
    const { resource } = await declared(layersOf("tutorial"));
    const { defaultAdmissionRule, admissionWhitelistPatterns } = resource("admission-policy-policy").inputs;
    assert.deepEqual((defaultAdmissionRule as { requireAttestationsBies: unknown }).requireAttestationsBies, [
      "projects/attestor-proj-id/attestors/attestor-id",
    ]);
    assert.deepEqual(
      admissionWhitelistPatterns,
      [
        "gcr.io/google_containers/*",
        "gcr.io/google-containers/*",
        "k8s.gcr.io/*",
        "gcr.io/stackdriver-agents/*",
      ].map((namePattern) => ({ namePattern })),
    );
  });

  it("lets only the adapter's Kubernetes service account impersonate its Google service account", async () => {
    const { resource } = await declared(layersOf("tutorial"));
    assert.equal(
      resource("mllp-adapter-account-user").inputs.member,
      "serviceAccount:deployer-proj-id.svc.id.goog[mllp-adapter/mllp-adapter]",
    );
    const { metadata } = resource("mllp-adapter-account", "kubernetes:core/v1:ServiceAccount").inputs;
    assert.deepEqual(metadata, {
      namespace: "mllp-adapter",
      name: "mllp-adapter",
      annotations: {
        "iam.gke.io/gcp-service-account": "mllp-adapter@deployer-proj-id.iam.gserviceaccount.com",
      },
    });
  });

  it("grants the keys to the agents of what they encrypt, in the data's location", async () => {
    const { resource } = await declared(layers(prod));
    assert.deepEqual(resource("deployer-encryption-users").inputs.members, [
      "serviceAccount:service-of-example-prod-deployer@container.googleapis.com",
      "serviceAccount:service-100000000005@compute-system.iam.gserviceaccount.com",
    ]);
    assert.deepEqual(resource("hl7v2-encryption-users").inputs.members, [
      "serviceAccount:service-of-example-prod-hl7v2@healthcare.googleapis.com",
      "serviceAccount:service-of-example-prod-hl7v2@pubsub.googleapis.com",
    ]);
    const { databaseEncryption } = resource("deployer-cluster-cluster").inputs;
    assert.deepEqual(databaseEncryption, {
      state: "ENCRYPTED",
      keyName:
        "projects/example-prod-deployer/locations/us-central1/keyRings/deployer-encryption/cryptoKeys/deployer-encryption",
    });
  });

  it("has a zonal cluster's key in the zone's region, named by the number of the project it creates", async () => {
    const data = changed(stack("tutorial"), { customerManagedKeys: { protectionLevel: "SOFTWARE" } });
    const { resource } = await declared(layers(data));
    assert.equal(resource("deployer-encryption-ring").inputs.location, "us-central1");
    assert.deepEqual(resource("deployer-encryption-users").inputs.members, [
      "serviceAccount:service-of-deployer-proj-id@container.googleapis.com",
      "serviceAccount:service-100000000001@compute-system.iam.gserviceaccount.com",
    ]);
    assert.deepEqual(resource("hl7v2-encryption-users").inputs.members, [
      "serviceAccount:service-of-hl7v2-proj-id@healthcare.googleapis.com",
    ]);
  });

  it("imports existing keys where the stack says so", async () => {
    const data = changed(prod, { "customerManagedKeys.adopt": true });
    const { resource } = await declared(layers(data));
    assert.equal(
      resource("hl7v2-encryption-ring").importId,
      "projects/example-prod-hl7v2/locations/us-central1/keyRings/hl7v2-encryption",
    );
  });

  it("sends messages on by a subscription that only the adapter reads", async () => {
    const outbound = { topic: "hl7v2-messages", mllpAddress: "10.9.0.4:2575", receivers: ["10.9.0.0/24"] };
    const { resource } = await declared(layers(changed(prod, { "mllpAdapter.outbound": outbound })));
    const member = "serviceAccount:mllp-adapter@example-prod-deployer.iam.gserviceaccount.com";
    const subscription = resource("mllp-adapter-outbound-subscription").inputs;
    assert.equal(subscription.topic, "projects/example-prod-hl7v2/topics/hl7v2-messages");
    assert.equal(subscription.name, "hl7v2-messages-mllp-adapter");
    assert.equal(resource("mllp-adapter-outbound-subscriber").inputs.member, member);
    assert.deepEqual(resource("hl7v2-store-consume-adapter").inputs, {
      hl7V2StoreId: "projects/example-prod-hl7v2/locations/us-central1/datasets/hospital/hl7V2Stores/adt",
      role: "roles/healthcare.hl7V2Consumer",
      member,
    });
  });

  it("hands on the adapter's address, its ready pods and a kubeconfig", async () => {
    const { result } = await declared(layersOf("tutorial"));
    const { running } = result;
    assert.ok(running);
    assert.equal(await known(running.adapterAddress), "10.10.0.9");
    assert.equal(await known(running.adapterReadyPods), 1);
    assert.equal((JSON.parse(await known(running.kubeconfig)) as { kind: string }).kind, "Config");
  });
});

describe("the order of both layers", () => {
  const program = layersOf("tutorial");

  const occurrence = "gcp:containeranalysis/occurence:Occurence";

  it("stores the attestations before the policy is in force and before the adapter runs", async () => {
    assert.deepEqual(await waitingFor(occurrence, program), [
      "admission-policy-policy",
      "mllp-adapter-deployment",
    ]);
  });

  it("ties the adapter to the attestation of its own image, and of no other", async () => {
    const other = changed(stack("tutorial"), {
      "mllpAdapter.image": `gcr.io/cloud-healthcare-containers/mllp-adapter@sha256:${"0".repeat(64)}`,
    });
    assert.deepEqual(await waitingFor(occurrence, layers(other)), ["admission-policy-policy"]);
  });

  it("puts the attestor before the policy, and the policy before the cluster", async () => {
    const verifier = "gcp:binaryauthorization/attestorIamMember:AttestorIamMember";
    const afterVerifier = await waitingFor(verifier, program);
    assert.ok(afterVerifier.includes("admission-policy-policy"));
    const afterPolicy = await waitingFor("gcp:binaryauthorization/policy:Policy", program);
    assert.ok(afterPolicy.includes("deployer-cluster-cluster"));
  });

  it("puts the store's rights and the adapter's roles before the workload", async () => {
    for (const right of [
      "gcp:healthcare/hl7StoreIamMember:Hl7StoreIamMember",
      "gcp:serviceaccount/iAMMember:IAMMember",
      "gcp:projects/iAMMember:IAMMember",
    ]) {
      const names = await waitingFor(right, program);
      assert.ok(names.includes("mllp-adapter-deployment") || names.includes("mllp-adapter-account"), right);
    }
  });
});
