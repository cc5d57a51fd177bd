import assert from "node:assert/strict";
import { settingsIn, versionOf } from "../../access/settings.ts";

describe("The settings of a cluster", () => {
  it("are what the agents' ConfigMap says, and nothing where it is not there", () => {
    const data = {
      "enable-policy": "always",
      "policy-audit-mode": "true",
      "enable-l7-proxy": "false",
      "cluster-name": "west",
    };
    const config = { kind: "ConfigMap", metadata: { name: "cilium-config", namespace: "kube-system" }, data };
    assert.deepEqual(settingsIn([config]), {
      enforcement: "always",
      auditMode: true,
      l7Proxy: false,
      clusterName: "west",
    });
    assert.deepEqual(settingsIn([]), {});
    assert.deepEqual(settingsIn([{ kind: "ConfigMap", metadata: { name: "other" }, data }]), {});
  });

  it("may be written as Go writes them", () => {
    const data = { "policy-audit-mode": "T", "enable-l7-proxy": "0", "enable-policy": "Always" };
    assert.deepEqual(settingsIn([{ kind: "ConfigMap", metadata: { name: "cilium-config" }, data }]), {
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
      assert.throws(() => settingsIn([config]), {
        name: "WrongQuestion",
        message: new RegExp(`^ConfigMap cilium-config: data.${key} is ${JSON.stringify(value)}, and may be `),
      });
    });
  }
});

describe("A version of Cilium", () => {
  it("is known by its first two numbers", () => {
    assert.equal(versionOf("1.16"), "1.16");
    assert.equal(versionOf("v1.20.2"), "1.20");
    assert.equal(versionOf("1.16.0"), "1.16");
    for (const other of ["1.17.0", "1.2", "1.160", "2", ""]) assert.equal(versionOf(other), undefined, other);
  });
});
