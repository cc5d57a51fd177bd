import assert from "node:assert/strict";
import {
  clusterNodesPrivate,
  controlPlaneNotPublic,
  workloadIdentityOn,
} from "../../../../policy-pack/policies/gke/cluster-hardening.ts";
import { type Properties, UNKNOWN } from "../../../../packages/stack-model/property-value.ts";
import { judge } from "../../judge.ts";
import { cluster, nodePool } from "../../resources.ts";

describe("the nodes of a cluster", () => {
  it("pass where they are private, or as private as their cluster", () => {
    assert.deepEqual(judge(clusterNodesPrivate, cluster(), nodePool()), []);
    assert.deepEqual(
      judge(clusterNodesPrivate, nodePool({ networkConfig: { enablePrivateNodes: true } })),
      [],
    );
  });

  it("fail where they are public, unknown, or the cluster does not set it", () => {
    const refusal = (said: string) => [
      `cluster: privateClusterConfig.enablePrivateNodes is ${said}, not true`,
    ];
    assert.deepEqual(
      judge(clusterNodesPrivate, cluster({ privateClusterConfig: { enablePrivateNodes: false } })),
      refusal("false"),
    );
    assert.deepEqual(
      judge(clusterNodesPrivate, cluster({ privateClusterConfig: UNKNOWN })),
      refusal("not known before the update"),
    );
    assert.deepEqual(
      judge(clusterNodesPrivate, cluster({ privateClusterConfig: undefined })),
      refusal("not set"),
    );
    assert.deepEqual(judge(clusterNodesPrivate, nodePool({ networkConfig: { enablePrivateNodes: false } })), [
      "nodes: networkConfig.enablePrivateNodes is false, not true",
    ]);
  });
});

describe("the control plane of a cluster", () => {
  const facing = (config: Properties) =>
    judge(controlPlaneNotPublic, cluster({ privateClusterConfig: undefined, ...config }));
  const networks = (
    cidrBlock: string | typeof UNKNOWN,
    gcpPublicCidrsAccessEnabled?: boolean,
  ): Properties => ({
    masterAuthorizedNetworksConfig: { cidrBlocks: [{ cidrBlock }], gcpPublicCidrsAccessEnabled },
  });
  const refusal = (why: string) => [`cluster: the control plane has a public IP endpoint, and ${why}`];

  it("passes without an IP endpoint, with a private one, or with one for named networks", () => {
    assert.deepEqual(facing({ controlPlaneEndpointsConfig: { ipEndpointsConfig: { enabled: false } } }), []);
    assert.deepEqual(facing({ privateClusterConfig: { enablePrivateEndpoint: true } }), []);
    assert.deepEqual(facing(networks("192.0.2.0/24", false)), []);
  });

  it("fails where any address can reach it", () => {
    assert.deepEqual(facing({}), refusal("masterAuthorizedNetworksConfig names no network"));
    assert.deepEqual(
      facing(networks("0.0.0.0/0", false)),
      refusal("the authorized network 0.0.0.0/0 is wider than any private network (/8)"),
    );
    assert.deepEqual(
      facing(networks("192.0.2.0/24")),
      refusal("masterAuthorizedNetworksConfig.gcpPublicCidrsAccessEnabled is not set, not false"),
    );
  });

  it("fails where its authorized networks are not known", () => {
    assert.deepEqual(
      facing({ controlPlaneEndpointsConfig: UNKNOWN, privateClusterConfig: UNKNOWN }),
      refusal("masterAuthorizedNetworksConfig names no network"),
    );
    assert.deepEqual(
      facing(networks(UNKNOWN, false)),
      refusal("an authorized network is not known before the update"),
    );
  });
});

describe("Workload Identity", () => {
  it("passes where cluster and nodes enable it", () => {
    assert.deepEqual(judge(workloadIdentityOn, cluster(), nodePool()), []);
  });

  it("is required on the cluster", () => {
    const refusal = (said: string) => [
      `cluster: workloadIdentityConfig.workloadPool is ${said}, not PROJECT.svc.id.goog`,
    ];
    assert.deepEqual(
      judge(workloadIdentityOn, cluster({ workloadIdentityConfig: undefined })),
      refusal("not set"),
    );
    assert.deepEqual(
      judge(workloadIdentityOn, cluster({ workloadIdentityConfig: { workloadPool: UNKNOWN } })),
      refusal("not known before the update"),
    );
  });

  it("is required on the nodes", () => {
    const exposed = nodePool({ nodeConfig: { workloadMetadataConfig: { mode: "GCE_METADATA" } } });
    assert.deepEqual(judge(workloadIdentityOn, exposed), [
      'nodes: nodeConfig.workloadMetadataConfig.mode is "GCE_METADATA", not GKE_METADATA',
    ]);
    assert.deepEqual(judge(workloadIdentityOn, nodePool({ nodeConfig: undefined })), []);
    assert.deepEqual(judge(workloadIdentityOn, nodePool({ nodeConfig: UNKNOWN })), [
      "nodes: nodeConfig.workloadMetadataConfig.mode is not known before the update, not GKE_METADATA",
    ]);
  });
});
