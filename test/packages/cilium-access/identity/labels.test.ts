import assert from "node:assert/strict";
import fc from "fast-check";
import { isIdentityLabel } from "../../../../packages/cilium-access/identity/label-filter.ts";
import {
  isLabelValue,
  isQualifiedName,
  isSelectorKey,
  parseLabelKey,
} from "../../../../packages/cilium-access/identity/labels.ts";
import { VERSIONS } from "../../../../packages/cilium-access/options.ts";

describe("The key of a selector", () => {
  for (const [text, source, key] of [
    ["org", "any", "org"],
    ["k8s:org", "k8s", "org"],
    ["any:org", "any", "org"],
    ["reserved:host", "reserved", "host"],
    ["$host", "reserved", "host"],
    ["app.kubernetes.io/name", "any", "app.kubernetes.io/name"],
    ["k8s:io.kubernetes.pod.namespace", "k8s", "io.kubernetes.pod.namespace"],
  ] as const) {
    it(`names a source before a colon, or any: ${text}`, () => {
      for (const version of VERSIONS) assert.deepEqual(parseLabelKey(text, version), { source, key });
    });
  }

  it("may begin with `reserved.` in 1.16, and is an ordinary key in 1.20", () => {
    assert.deepEqual(parseLabelKey("reserved.host", "1.16"), { source: "reserved", key: "host" });
    assert.deepEqual(parseLabelKey("reserved.host", "1.20"), { source: "any", key: "reserved.host" });
  });

  it("is as long as Kubernetes lets it be in 1.20; in 1.16 its source counts, too", () => {
    const longest = "a".repeat(63);
    assert.ok(isSelectorKey(longest, "1.20"));
    assert.ok(isSelectorKey("a".repeat(59), "1.16"));
    assert.ok(!isSelectorKey("a".repeat(60), "1.16"));
    assert.ok(!isSelectorKey(`${longest}a`, "1.20"));
  });
});

describe("Names and values of labels", () => {
  it("are what Kubernetes allows", () => {
    for (const name of ["a", "a-b", "A_1.x", "example.com/a", "a".repeat(63)])
      assert.ok(isQualifiedName(name), name);
    for (const name of ["", "-a", "a-", "a b", "/a", "a/", "a/b/c", "Example.com/a", "a".repeat(64)]) {
      assert.ok(!isQualifiedName(name), name);
    }
    for (const value of ["", "a", "A-1_2.b", "a".repeat(63)]) assert.ok(isLabelValue(value), value);
    for (const value of ["-", "a ", "ä", "a/b", "a".repeat(64)]) assert.ok(!isLabelValue(value), value);
  });

  it("are never anything but letters, digits, dashes, dots and underscores", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 8 }), (text) => {
        if (isLabelValue(text)) assert.match(text, /^[\w.-]*$/);
        if (isQualifiedName(text)) assert.match(text, /^[\w./-]+$/);
      }),
    );
  });
});

describe("The identity of a pod", () => {
  it("has its own labels, those of its namespace, and what recommended labels say", () => {
    for (const key of [
      "org",
      "class",
      "app.kubernetes.io/name",
      "io.kubernetes.pod.namespace",
      "io.cilium.k8s.namespace.labels.team",
    ]) {
      for (const version of VERSIONS) assert.ok(isIdentityLabel(key, version), key);
    }
  });

  it("has no labels that differ from pod to pod, nor those of Kubernetes itself", () => {
    for (const key of [
      "pod-template-hash",
      "controller-revision-hash",
      "statefulset.kubernetes.io/pod-name",
      "kubernetes.io/os",
      "failure-domain.beta.kubernetes.io/zone",
      "annotation.kubernetes.io/config",
    ]) {
      for (const version of VERSIONS) assert.ok(!isIdentityLabel(key, version), key);
    }
  });

  it("has no topology in 1.20", () => {
    assert.ok(isIdentityLabel("topology.kubernetes.io/zone", "1.16"));
    assert.ok(!isIdentityLabel("topology.kubernetes.io/zone", "1.20"));
  });
});
