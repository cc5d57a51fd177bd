import assert from "node:assert/strict";
import { DeployerCluster, type DeployerClusterArgs } from "../../../components/gcp/deployer-cluster.ts";
import { declared, known, type Options, Probe, waitingFor } from "../mocks.ts";

const KEY = "projects/deployer-project/locations/us-central1/keyRings/r/cryptoKeys/k";
const NODES = "cluster-name-nodes@deployer-project.iam.gserviceaccount.com";

const cluster =
  (args: Partial<DeployerClusterArgs> = {}) =>
  (opts: Options) =>
    new DeployerCluster(
      "gke",
      {
        project: "deployer-project",
        clusterName: "cluster-name",
        location: "us-central1-a",
        ranges: { nodes: "10.10.0.0/20", pods: "10.16.0.0/14", services: "10.20.0.0/20" },
        natEgress: false,
        releaseChannel: "REGULAR",
        machineType: "e2-standard-2",
        nodesPerZone: 1,
        deletionProtection: true,
        ...args,
      },
      opts,
    );

const NODE = {
  machineType: "e2-standard-2",
  imageType: "COS_CONTAINERD",
  serviceAccount: NODES,
  oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
  workloadMetadataConfig: { mode: "GKE_METADATA" },
  shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
  metadata: { "disable-legacy-endpoints": "true" },
};

const CLUSTER = {
  project: "deployer-project",
  name: "cluster-name",
  location: "us-central1-a",
  deletionProtection: true,
  network: "id-of-gke-net-network",
  subnetwork: "id-of-gke-net-subnet",
  binaryAuthorization: { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" },
  datapathProvider: "ADVANCED_DATAPATH",
  addonsConfig: { dnsCacheConfig: { enabled: false } },
  networkingMode: "VPC_NATIVE",
  ipAllocationPolicy: { clusterSecondaryRangeName: "pods", servicesSecondaryRangeName: "services" },
  privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true },
  controlPlaneEndpointsConfig: {
    dnsEndpointConfig: {
      allowExternalTraffic: true,
      enableK8sTokensViaDns: false,
      enableK8sCertsViaDns: false,
    },
    ipEndpointsConfig: { enabled: false },
  },
  masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
  anonymousAuthenticationConfig: { mode: "LIMITED" },
  rbacBindingConfig: {
    enableInsecureBindingSystemAuthenticated: false,
    enableInsecureBindingSystemUnauthenticated: false,
  },
  enableLegacyAbac: false,
  enableKubernetesAlpha: false,
  enableShieldedNodes: true,
  enableIntranodeVisibility: true,
  enableL4IlbSubsetting: true,
  removeDefaultNodePool: true,
  initialNodeCount: 1,
  loggingConfig: {
    enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER"],
  },
  monitoringConfig: { enableComponents: ["SYSTEM_COMPONENTS"], managedPrometheus: { enabled: true } },
  securityPostureConfig: { mode: "BASIC", vulnerabilityMode: "VULNERABILITY_DISABLED" },
  serviceExternalIpsConfig: { enabled: false },
  releaseChannel: { channel: "REGULAR" },
  workloadIdentityConfig: { workloadPool: "deployer-project.svc.id.goog" },
  databaseEncryption: { state: "DECRYPTED" },
  // The default pool, which is removed at once, is hardened like ours.
  nodeConfig: NODE,
};

const NODE_POOL = {
  project: "deployer-project",
  cluster: "cluster-name",
  location: "us-central1-a",
  name: "cluster-name-nodes",
  nodeCount: 1,
  management: { autoRepair: true, autoUpgrade: true },
  networkConfig: { enablePrivateNodes: true },
  nodeConfig: NODE,
};

describe("DeployerCluster", () => {
  it("declares a hardened cluster with nodes of its own account, in a network of its own", async () => {
    const { inputs } = await declared(cluster());
    const ofNetwork = /^gcp:(?:compute|dns)\//;
    const own = Object.entries(inputs).filter(([key]) => !ofNetwork.test(key));
    assert.deepEqual(Object.fromEntries(own), {
      "gcp:container/cluster:Cluster gke-cluster": CLUSTER,
      "gcp:container/nodePool:NodePool gke-nodes": NODE_POOL,
      "gcp:serviceaccount/account:Account gke-nodes-account": {
        project: "deployer-project",
        accountId: "cluster-name-nodes",
        displayName: "Nodes of cluster-name",
      },
      "gcp:projects/iAMMember:IAMMember gke-nodes-role": {
        project: "deployer-project",
        role: "roles/container.defaultNodeServiceAccount",
        member: `serviceAccount:${NODES}`,
      },
    });
  });

  it("encrypts secrets and boot disks with the stack's own key where there is one", async () => {
    const { resource } = await declared(cluster({ kmsKeyName: KEY }));
    const nodeConfig = { ...NODE, bootDiskKmsKey: KEY };
    const databaseEncryption = { state: "ENCRYPTED", keyName: KEY };
    assert.deepEqual(resource("gke-cluster").inputs, { ...CLUSTER, databaseEncryption, nodeConfig });
    assert.deepEqual(resource("gke-nodes").inputs, { ...NODE_POOL, nodeConfig });
  });

  it("has its network in the region of its location, zone or not", async () => {
    for (const location of ["europe-west4", "europe-west4-b"]) {
      const { resource } = await declared(cluster({ location }));
      assert.equal(resource("gke-cluster").inputs.location, location);
      assert.equal(resource("gke-nodes").inputs.location, location);
      assert.equal(resource("gke-net-subnet").inputs.region, "europe-west4");
    }
  });

  it("takes size, release channel, ranges and protection from the stack", async () => {
    const { resource } = await declared(
      cluster({
        nodesPerZone: 3,
        machineType: "n2-standard-4",
        releaseChannel: "STABLE",
        deletionProtection: false,
        natEgress: true,
        ranges: { nodes: "10.0.0.0/24", pods: "10.1.0.0/16", services: "10.2.0.0/24" },
      }),
    );
    const { inputs } = resource("gke-cluster");
    assert.deepEqual([inputs.deletionProtection, inputs.releaseChannel], [false, { channel: "STABLE" }]);
    const nodes = resource("gke-nodes").inputs;
    assert.equal(nodes.nodeCount, 3);
    assert.equal((nodes.nodeConfig as { machineType: string }).machineType, "n2-standard-4");
    assert.equal(resource("gke-net-subnet").inputs.ipCidrRange, "10.0.0.0/24");
    assert.equal(resource("gke-net-nat").inputs.project, "deployer-project");
  });

  it("gives the nodes' account an id that Google accepts, however long the cluster's name is", async () => {
    const { resource } = await declared(cluster({ clusterName: "c".repeat(40) }));
    assert.equal(resource("gke-nodes-account").inputs.accountId, `${"c".repeat(24)}-nodes`);
  });

  it("hands on a kubeconfig without a credential, for the stack's own identity", async () => {
    const { result } = await declared(cluster({ serviceAccount: "deployer@p.iam.gserviceaccount.com" }));
    const config = JSON.parse(await known(result.kubeconfig)) as {
      clusters: [{ name: string; cluster: unknown }];
      users: [{ user: { exec: { args: string[] } } }];
    };
    assert.deepEqual(config.clusters, [
      { name: "cluster-name", cluster: { server: "https://cluster.gke.goog" } },
    ]);
    assert.deepEqual(config.users[0].user.exec.args, [
      "--impersonate_service_account=deployer@p.iam.gserviceaccount.com",
    ]);
    assert.equal(await known(result.workloadPool), "deployer-project.svc.id.goog");
  });

  it("waits for its network, gets nodes once their account has its role, and is reached once nodes are up", async () => {
    const program = (opts: Options) => {
      const { kubeconfig, workloadPool } = cluster()(opts);
      return [new Probe("kubernetes", kubeconfig, opts), new Probe("account", workloadPool, opts)];
    };
    assert.deepEqual(await waitingFor("gcp:dns/recordSet:RecordSet", program), ["gke-cluster"]);
    assert.deepEqual(await waitingFor("gcp:projects/iAMMember:IAMMember", program), [
      "gke-cluster",
      "gke-nodes",
    ]);
    assert.deepEqual(await waitingFor("gcp:container/cluster:Cluster", program), [
      "account",
      "gke-nodes",
      "kubernetes",
    ]);
    assert.deepEqual(await waitingFor("gcp:container/nodePool:NodePool", program), ["kubernetes"]);
  });
});
