import assert from "node:assert/strict";
import { policyCrds } from "../../../../components/cilium/policy-crds.ts";
import { declared, known, waitingFor } from "../../../components/mocks.ts";
import { byProvider, layers } from "../../layers.ts";
import { changed, type Data, stack, WITHOUT_RUNTIME } from "../../stacks.ts";

/** The stack `prod` without its runtime layer and its DICOMweb gateway, whose images it exempts. */
const prod = changed(stack("prod"), {
  layers: ["fhir"],
  dicom: undefined,
  "fhirCluster.google.admissionPolicy": undefined,
  ...WITHOUT_RUNTIME,
});

/** The stack `prod` whose nodes pull through Cloud NAT. */
const direct = changed(prod, { "fhirCluster.google.mirror": false, "fhirCluster.google.natEgress": true });

/** What the FHIR cluster's admission policy exempts and requires. */
async function admission(data: Data) {
  const { resource } = await declared(layers(data));
  const { inputs } = resource("fhir-admission-policy-policy");
  const patterns = inputs.admissionWhitelistPatterns as { namePattern: string }[];
  const { requireAttestationsBies } = inputs.defaultAdmissionRule as Record<string, unknown>;
  return { exempt: patterns.map(({ namePattern }) => namePattern), required: requireAttestationsBies };
}

/** Cilium 1.20.2 on quay.io, by the digests of its release. */
const CILIUM = [
  "cilium/cilium@sha256:2939231d0d3e3ebddcd80fffa168b7ddcc78fdf0dc864d1c8c126ff523c54f01",
  "cilium/operator-generic@sha256:64d8798350e8569b8e7622563fed6e44dce2625f311e4651b774816516c744fc",
  "cilium/cilium-envoy@sha256:af7382699576b9e65e9184efa52eeca0b58aea70ad6e511bf260c91d9f740463",
  "cilium/certgen@sha256:14d29a176fc96d15b154559ce1a5baf01367c10baabfa7bb8028b72f087a56f0",
  "cilium/hubble-relay@sha256:d309c977870e9dbede7122a10eee09a4c9d66685e8d52af62d9c3c113f815b0f",
  "cilium/hubble-ui@sha256:049a80a03585c043d0c3121bdc518c72b0fd42bae07e4bcce0fdb8f1e88041d0",
  "cilium/hubble-ui-backend@sha256:83b3fc763f3d49948c306bf49b08277383e195904b9ca5c0c0022b2112628787",
  "cilium/startup-script@sha256:f99e2beda7324e93ba04d6240d9626a6b9ab023d7d56e3b029d3d9c823ce63ef",
];
const MIRROR = "us-central1-docker.pkg.dev/example-prod-fhir/quay";

describe("the fhir layer on Google Cloud", () => {
  it("is a cluster of its own project, with mirrors and a key, made by the runtime's principal", async () => {
    const { all, inputs } = await declared(layers(prod));
    assert.deepEqual(Object.keys(byProvider(all)).sort(), [
      "fhir-kubernetes",
      "gcp-runtime-deployer-example-prod-deployer",
    ]);
    const google = Object.keys(inputs).filter((key) => key.startsWith("gcp:"));
    assert.deepEqual(
      google.filter((key) => !/^gcp:(?:projects\/service|compute|dns)|-agent-role$/.test(key)).sort(),
      [
        "gcp:artifactregistry/repository:Repository fhir-mirror-docker-hub",
        "gcp:artifactregistry/repository:Repository fhir-mirror-quay",
        "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember fhir-mirror-docker-hub-reader",
        "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember fhir-mirror-quay-reader",
        "gcp:binaryauthorization/policy:Policy fhir-admission-policy-policy",
        "gcp:container/cluster:Cluster fhir-cluster-cluster",
        "gcp:container/nodePool:NodePool fhir-cluster-nodes",
        "gcp:kms/cryptoKey:CryptoKey fhir-encryption-key",
        "gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding fhir-encryption-users",
        "gcp:kms/keyRing:KeyRing fhir-encryption-ring",
        "gcp:projects/iAMMember:IAMMember fhir-cluster-nodes-role",
        "gcp:serviceaccount/account:Account fhir-cluster-nodes-account",
      ],
    );
    const projects = Object.values(inputs).flatMap(({ project }) => (project === undefined ? [] : [project]));
    assert.deepEqual(new Set(projects), new Set(["example-prod-fhir"]));
  });

  it("acts in the cluster by its own kubeconfig, which it hands on, and which holds no token", async () => {
    const { resource, result } = await declared(layers(prod));
    assert.ok(result.serving?.kubeconfig);
    const kubeconfig = await known(result.serving.kubeconfig);
    assert.equal(resource("fhir-kubernetes").inputs.kubeconfig, kubeconfig);
    assert.equal(resource("fhir-kubernetes").inputs.context, undefined);
    assert.match(kubeconfig, /gke-gcloud-auth-plugin/);
    assert.match(kubeconfig, /--impersonate_service_account=runtime-deployer@example-prod-deployer/);
    assert.doesNotMatch(kubeconfig, /token"/);
  });

  it("makes the cluster as the stack says, and Cilium for it", async () => {
    const { resource } = await declared(layers(prod));
    const { name, location } = resource("fhir-cluster-cluster").inputs;
    assert.deepEqual([name, location], ["fhir", "us-central1"]);
    assert.deepEqual(resource("cilium").inputs.platform, { name: "gke", podRange: "10.36.0.0/14" });
    assert.deepEqual(resource("cilium").inputs.systemNamespaces, ["gke-managed-system", "gmp-system"]);
  });
});

describe("Cilium's version on Google Cloud", () => {
  it("is 1.20.2, whether the stack names it or not, for chart, CRDs and images", async () => {
    const data = changed(prod, { "cilium.version": undefined });
    for (const { resource } of [await declared(layers(prod)), await declared(layers(data))]) {
      assert.equal(resource("cilium").inputs.version, "1.20.2");
      assert.equal(resource("cilium-release").inputs.version, "1.20.2");
      for (const { name, args } of policyCrds("1.20.2")) {
        const { spec } = resource(`cilium-${name.replace(".cilium.io", "")}`).inputs;
        assert.deepEqual(spec, args.spec);
      }
    }
  });
});

describe("the admission policy of the FHIR cluster", () => {
  it("exempts Cilium's eight images alone, as the nodes pull them", async () => {
    const { exempt } = await admission(prod);
    assert.deepEqual(
      exempt,
      CILIUM.map((image) => `${MIRROR}/${image}`),
    );
  });

  it("exempts what the stack exempts as well", async () => {
    const allowList = ["us-central1-docker.pkg.dev/example-prod-fhir/docker-hub/library/busybox*"];
    const { exempt } = await admission(
      changed(prod, { "fhirCluster.google.admissionPolicy": { allowList } }),
    );
    assert.deepEqual(exempt, [...allowList, ...CILIUM.map((image) => `${MIRROR}/${image}`)]);
  });

  it("exempts them under quay.io's name, or another registry's, where there is no mirror", async () => {
    const quay = await admission(direct);
    assert.deepEqual(
      quay.exempt,
      CILIUM.map((image) => `quay.io/${image}`),
    );
    const other = await admission(changed(direct, { "cilium.registry": "registry.example/quay" }));
    assert.deepEqual(
      other.exempt,
      CILIUM.map((image) => `registry.example/quay/${image}`),
    );
  });

  it("exempts exactly what Cilium's chart is given to run", async () => {
    for (const data of [prod, direct]) {
      const { resource } = await declared(layers(data));
      const values = JSON.stringify(resource("cilium-release").inputs.values);
      const run = [...values.matchAll(/"override":"([^"]+)"/g)].map(([, image]) => image);
      const { exempt } = await admission(data);
      assert.deepEqual(run.toSorted(), exempt.toSorted());
    }
  });

  it("asks for what the attestor that the stack pins has attested", async () => {
    const { required } = await admission(prod);
    assert.deepEqual(required, ["projects/example-prod-attestor/attestors/mllp-adapter-verified"]);
  });
});

describe("the FHIR cluster's data at rest", () => {
  it("has a key that only the agents of cluster, disks and mirrors may use", async () => {
    const { resource } = await declared(layers(prod));
    assert.deepEqual(resource("fhir-encryption-users").inputs.members, [
      "serviceAccount:service-of-example-prod-fhir@container.googleapis.com",
      "serviceAccount:service-100000000006@compute-system.iam.gserviceaccount.com",
      "serviceAccount:service-of-example-prod-fhir@artifactregistry.googleapis.com",
    ]);
    const { resource: without } = await declared(layers(direct));
    assert.equal((without("fhir-encryption-users").inputs.members as string[]).length, 2);
  });

  it("has the FHIR server's volume in a storage class of that key", async () => {
    const { resource } = await declared(layers(prod));
    const { spec } = resource("hospital-fhir-data").inputs as { spec: Record<string, unknown> };
    assert.equal(spec.storageClassName, "fhir-encrypted");
    const { parameters } = resource("fhir-storage-class").inputs as { parameters: Record<string, string> };
    assert.equal(
      parameters["disk-encryption-kms-key"],
      "projects/example-prod-fhir/locations/us-central1/keyRings/fhir-encryption/cryptoKeys/fhir-encryption",
    );
  });

  it("has Google's keys, and the cluster's storage class or the stack's, where the stack has no keys", async () => {
    const google = changed(prod, { customerManagedKeys: undefined });
    const { all, resource } = await declared(layers(google));
    assert.ok(all.every(({ type }) => !/gcp:kms|StorageClass/.test(type)));
    const claim = (of: typeof resource) =>
      (of("hospital-fhir-data").inputs as { spec: Record<string, unknown> }).spec.storageClassName;
    assert.equal(claim(resource), undefined);
    const named = await declared(layers(changed(google, { "fhirServer.storage.className": "premium-rwo" })));
    assert.equal(claim(named.resource), "premium-rwo");
  });

  it("has a zonal cluster's key and mirrors in the zone's region", async () => {
    const { resource } = await declared(
      layers(changed(prod, { "fhirCluster.google.location": "us-central1-b" })),
    );
    assert.equal(resource("fhir-cluster-cluster").inputs.location, "us-central1-b");
    for (const name of ["fhir-encryption-ring", "fhir-mirror-quay", "fhir-mirror-docker-hub"]) {
      assert.equal(resource(name).inputs.location, "us-central1");
    }
  });
});

describe("the order of the fhir layer on Google Cloud", function () {
  this.timeout(60_000);

  it("puts the admission policy in force before the cluster and its nodes", async () => {
    const names = await waitingFor("gcp:binaryauthorization/policy:Policy", layers(prod));
    for (const name of ["fhir-cluster-cluster", "fhir-cluster-nodes"]) assert.ok(names.includes(name), name);
  });

  it("lets nodes pull from the mirror before Cilium is installed", async () => {
    const names = await waitingFor(
      "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
      layers(prod),
    );
    assert.deepEqual(names, ["cilium-release"]);
  });

  it("lets agents use the key before anything is encrypted with it", async () => {
    const names = await waitingFor("gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding", layers(prod));
    for (const name of [
      "fhir-cluster-cluster",
      "fhir-cluster-nodes",
      "fhir-mirror-quay",
      "fhir-storage-class",
    ])
      assert.ok(names.includes(name), name);
  });

  it("makes the storage class before the volume", async () => {
    const names = await waitingFor("kubernetes:storage.k8s.io/v1:StorageClass", layers(prod));
    assert.deepEqual(names, ["hospital-fhir-data"]);
  });
});

describe("a stack that signs and runs the FHIR server's images", function () {
  this.timeout(60_000);
  const signing = stack("prod-signing");
  const { projects } = signing as { projects: object };
  const { fhir } = prod.projects as { fhir: object };
  const both = changed(prod, {
    layers: ["signing", "fhir"],
    separateDuties: false,
    projects: { ...projects, fhir },
    ...Object.fromEntries(
      ["signer", "signingKey", "note", "attestor", "images"].map((key) => [key, signing[key]]),
    ),
    attestors: [],
    attestations: "",
  });

  it("lets the FHIR cluster's project verify by its own attestor, which the policy requires", async () => {
    const { resource } = await declared(layers(both));
    assert.equal(
      resource("attestor-verifier-fhir").inputs.member,
      "serviceAccount:service-of-example-prod-fhir@binaryauthorization.googleapis.com",
    );
    const { required } = await admission(both);
    assert.deepEqual(required, ["projects/example-prod-attestor/attestors/mllp-adapter-verified"]);
  });

  it("runs an image only once it is attested, and the policy is in force only then", async () => {
    const names = await waitingFor("gcp:containeranalysis/occurence:Occurence", layers(both));
    for (const name of [
      "fhir-admission-policy-policy",
      "hospital-fhir-deployment",
      "ward-monitor-deployment",
    ])
      assert.ok(names.includes(name), name);
  });
});
