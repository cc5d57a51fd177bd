import assert from "node:assert/strict";
import {
  AGENT_NOT_READY_TAINT,
  helmValues,
  type HelmValuesArgs,
} from "../../../components/cilium/helm-values.ts";
import { ciliumImages } from "../../../components/cilium/releases.ts";

const images = ciliumImages("1.16.0");
const image = (part: keyof typeof images) => ({ image: { override: images[part] } });

const KIND: HelmValuesArgs = {
  platform: { name: "kind" },
  policyEnforcementMode: "default",
  images,
  certificatesByHook: false,
};

const VALUES = {
  ...image("agent"),
  agentNotReadyTaintKey: "node.cilium.io/agent-not-ready",
  certgen: image("certgen"),
  envoy: { enabled: true, ...image("envoy") },
  hubble: {
    enabled: true,
    relay: { enabled: true, ...image("hubbleRelay") },
    ui: { enabled: true, frontend: image("hubbleUi"), backend: image("hubbleUiBackend") },
    tls: { enabled: true, auto: { enabled: true, method: "cronJob" } },
  },
  ipam: { mode: "kubernetes" },
  l7Proxy: true,
  policyAuditMode: false,
  policyEnforcementMode: "default",
  operator: { replicas: 1, ...image("operator") },
};

describe("helmValues", () => {
  it("enforce policies down to HTTP on kind, show flows, and name every image by digest", () => {
    assert.deepEqual(helmValues(KIND), VALUES);
  });

  it("use GKE's own addresses and prepare its nodes, with two operators", () => {
    assert.deepEqual(helmValues({ ...KIND, platform: { name: "gke", podRange: "10.16.0.0/14" } }), {
      ...VALUES,
      operator: { ...VALUES.operator, replicas: 2 },
      gke: { enabled: true },
      cni: { binPath: "/home/kubernetes/bin" },
      nodeinit: { enabled: true, reconfigureKubelet: true, removeCbrBridge: true, ...image("nodeInit") },
      routingMode: "native",
      ipv4NativeRoutingCIDR: "10.16.0.0/14",
    });
  });

  it("deny by default where policyEnforcementMode is always", () => {
    const { policyEnforcementMode } = helmValues({ ...KIND, policyEnforcementMode: "always" });
    assert.equal(policyEnforcementMode, "always");
  });

  it("have Helm take away the hook that makes certificates, where the chart makes them so", () => {
    assert.deepEqual(helmValues({ ...KIND, certificatesByHook: true }).certgen, {
      ...image("certgen"),
      annotations: { job: { "helm.sh/hook-delete-policy": "before-hook-creation,hook-succeeded" } },
    });
  });

  it("keep pods off a node by the taint that Cilium takes away", () => {
    assert.equal(helmValues(KIND).agentNotReadyTaintKey, AGENT_NOT_READY_TAINT);
  });
});
