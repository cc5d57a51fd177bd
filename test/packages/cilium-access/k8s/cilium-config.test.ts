import assert from "node:assert/strict";
import {
  nearestRelease,
  releaseOptions,
  readCiliumConfig,
} from "../../../../packages/cilium-access/k8s/cilium-config.ts";

describe("The settings of a cluster", () => {
  it("are what the agents' ConfigMap says, and nothing where it is not there", () => {
    const data = {
      "enable-policy": "always",
      "policy-audit-mode": "true",
      "enable-l7-proxy": "false",
      "cluster-name": "west",
    };
    const config = { kind: "ConfigMap", metadata: { name: "cilium-config", namespace: "kube-system" }, data };
    assert.deepEqual(readCiliumConfig([config]), {
      enforcement: "always",
      auditMode: true,
      l7Proxy: false,
      clusterName: "west",
    });
    assert.deepEqual(readCiliumConfig([]), {});
    assert.deepEqual(readCiliumConfig([{ kind: "ConfigMap", metadata: { name: "other" }, data }]), {});
  });

  it("may be written as Go writes them", () => {
    const data = { "policy-audit-mode": "T", "enable-l7-proxy": "0", "enable-policy": "Always" };
    assert.deepEqual(readCiliumConfig([{ kind: "ConfigMap", metadata: { name: "cilium-config" }, data }]), {
      enforcement: "always",
      auditMode: true,
      l7Proxy: false,
    });
  });

  for (const [key, value] of [
    ["enable-policy", "sometimes"],
    ["policy-audit-mode", "yes"],
    ["policy-audit-mode", true],
    ["cluster-name", ""],
  ] as const) {
    it(`that Cilium does not know are named: ${key}: ${JSON.stringify(value)}`, () => {
      const config = {
        kind: "ConfigMap",
        metadata: { name: "cilium-config" },
        data: { [key]: value },
      };
      assert.throws(() => readCiliumConfig([config]), {
        name: "QueryError",
        message: new RegExp(`^ConfigMap cilium-config: data.${key} is ${JSON.stringify(value)}, and may be `),
      });
    });
  }
});

describe("A release of Cilium", () => {
  it("is evaluated by the engine of its minor version, 1.16.0 by its own", () => {
    const last = { version: "1.16", firstPatch: false };
    for (const release of ["1.16", "v1.16.19", "1.16.5"]) assert.deepEqual(releaseOptions(release), last);
    assert.deepEqual(releaseOptions("v1.16.0"), { version: "1.16", firstPatch: true });
    assert.deepEqual(releaseOptions("v1.20.2"), { version: "1.20", firstPatch: false });
    for (const other of ["1.17.0", "1.2", "1.160", "2", ""]) {
      assert.equal(releaseOptions(other), undefined, other);
    }
  });

  it("is named with the one that is modelled where it is another", () => {
    for (const release of ["1.16", "1.16.0", "v1.16.19", "1.20", "1.20.2", "1.17.0"]) {
      assert.equal(nearestRelease(release), undefined, release);
    }
    assert.match(nearestRelease("v1.16.5") ?? "", /as Cilium 1\.16\.19 does, .*; 1\.16\.5 may differ$/);
    assert.match(nearestRelease("1.20.3") ?? "", /as Cilium 1\.20\.2 does, .*; 1\.20\.3 may differ$/);
  });
});
