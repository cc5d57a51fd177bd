import assert from "node:assert/strict";
import { CiliumCluster, type CiliumClusterArgs } from "../../../components/gcp/cilium-cluster.ts";
import { DeployerCluster } from "../../../components/gcp/deployer-cluster.ts";
import { RegistryMirror } from "../../../components/gcp/registry-mirror.ts";
import { declared, known, type Options, Probe, waitingFor } from "../mocks.ts";

const KEY = "projects/fhir-project/locations/us-central1/keyRings/r/cryptoKeys/k";
const NODES = "serviceAccount:fhir-nodes@fhir-project.iam.gserviceaccount.com";
const TAINT = { key: "node.cilium.io/agent-not-ready", value: "true", effect: "NO_EXECUTE" };

const ARGS: CiliumClusterArgs = {
  project: "fhir-project",
  clusterName: "fhir",
  location: "us-central1",
  ranges: { nodes: "10.30.0.0/20", pods: "10.32.0.0/14", services: "10.36.0.0/20" },
  natEgress: false,
  releaseChannel: "REGULAR",
  machineType: "e2-standard-4",
  nodesPerZone: 1,
  deletionProtection: true,
};

const cluster =
  (args: Partial<CiliumClusterArgs> = {}) =>
  (opts: Options) =>
    new CiliumCluster("gke", { ...ARGS, ...args }, opts);

/** The cluster with a mirror for its nodes, and what takes their outputs. */
const mirrored = (opts: Options) => {
  const { kubeconfig, workloadPool, podRange, nodes } = cluster()(opts);
  const { quay } = new RegistryMirror(
    "mirror",
    { project: "fhir-project", location: "us-central1", reader: nodes },
    opts,
  );
  return [
    new Probe("kubernetes", kubeconfig, opts),
    new Probe("account", workloadPool, opts),
    new Probe("range", podRange, opts),
    new Probe("registry", quay, opts),
  ];
};

describe("CiliumCluster", () => {
  for (const kmsKeyName of [undefined, KEY]) {
    it(`is the deployer's cluster but for the dataplane, with ${kmsKeyName ? "its own" : "Google's"} keys`, async () => {
      const { inputs } = await declared(cluster({ kmsKeyName }));
      const { inputs: deployers } = await declared(
        (opts) => new DeployerCluster("gke", { ...ARGS, kmsKeyName }, opts),
      );
      const [controlPlane, pool] = [
        "gcp:container/cluster:Cluster gke-cluster",
        "gcp:container/nodePool:NodePool gke-nodes",
      ];
      const nodeConfig = { ...(deployers[pool]?.nodeConfig as object), taints: [TAINT] };
      assert.deepEqual(inputs, {
        ...deployers,
        [controlPlane]: {
          ...deployers[controlPlane],
          datapathProvider: "LEGACY_DATAPATH",
          networkPolicy: { enabled: false },
          enableIntranodeVisibility: false,
          addonsConfig: { networkPolicyConfig: { disabled: true }, dnsCacheConfig: { enabled: false } },
          dnsConfig: { clusterDns: "KUBE_DNS" },
          nodeConfig,
        },
        [pool]: { ...deployers[pool], nodeConfig },
      });
    });
  }

  it("hands on a kubeconfig without a credential, its pods' range and its nodes' account", async () => {
    const { result } = await declared(cluster({ serviceAccount: "runner@p.iam.gserviceaccount.com" }));
    const { users } = JSON.parse(await known(result.kubeconfig)) as {
      users: [{ user: { exec: { args: string[] } } }];
    };
    assert.deepEqual(users[0].user.exec.args, [
      "--impersonate_service_account=runner@p.iam.gserviceaccount.com",
    ]);
    assert.equal(await known(result.workloadPool), "fhir-project.svc.id.goog");
    assert.equal(await known(result.podRange), "10.32.0.0/14");
    assert.equal(await known(result.nodes), NODES);
  });

  it("outputs its kubeconfig once its nodes are up, and its pod range once it exists", async () => {
    assert.deepEqual(await waitingFor("gcp:container/nodePool:NodePool", mirrored), ["kubernetes"]);
    assert.deepEqual(await waitingFor("gcp:container/cluster:Cluster", mirrored), [
      "account",
      "gke-nodes",
      "kubernetes",
      "range",
    ]);
  });

  it("outputs its nodes' account once that has its role, before the cluster exists", async () => {
    assert.deepEqual(await waitingFor("gcp:projects/iAMMember:IAMMember", mirrored), [
      "gke-cluster",
      "gke-nodes",
      "mirror-docker-hub-reader",
      "mirror-quay-reader",
    ]);
  });
});
