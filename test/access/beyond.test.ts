import assert from "node:assert/strict";
import { beyondIn } from "../../access/beyond.ts";

const config = (data: object, name = "cilium-config") => ({ kind: "ConfigMap", metadata: { name }, data });

describe("What is not modelled", () => {
  it("is said of objects, by their kind", () => {
    const kind = "CiliumLocalRedirectPolicy";
    for (const apiVersion of ["cilium.io/v2", "cilium.io/v2alpha1", undefined]) {
      assert.deepEqual(beyondIn({ apiVersion, kind, metadata: { name: "dns" } }), [
        "CiliumLocalRedirectPolicy dns sends what it names to other pods, which is not modelled",
      ]);
    }
    assert.deepEqual(beyondIn({ apiVersion: "example.com/v1", kind }), []);
    assert.deepEqual(beyondIn({ kind: "CiliumNetworkPolicy" }), []);
  });

  it("is said of settings, where they are not as Cilium has them by itself", () => {
    assert.deepEqual(
      beyondIn(
        config({ "enable-ipv6": "true", labels: "", "policy-cidr-match-mode": "nodes", debug: "true" }),
      ),
      [
        'the setting enable-ipv6: "true" has addresses of IPv6 beside those of IPv4, which is not modelled',
        'the setting policy-cidr-match-mode: "nodes" lets blocks of addresses select nodes, which is not modelled',
      ],
    );
    assert.deepEqual(beyondIn(config({ "enable-ipv6": "true" }, "other")), []);
    assert.deepEqual(beyondIn({ ...config({}), data: null }), []);
  });
});
