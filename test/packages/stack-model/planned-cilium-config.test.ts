import assert from "node:assert/strict";
import { noWorldToFhir } from "../../../policy-pack/policies/cilium/isolation.ts";
import { plannedCiliumConfig } from "../../../packages/stack-model/planned-cilium-config.ts";
import type { Resource } from "../../../packages/stack-model/resource.ts";
import {
  type Properties,
  UNKNOWN,
  type PropertyValue,
} from "../../../packages/stack-model/property-value.ts";
import { CLUSTER, fhirStack, replaced, withValue } from "../../policy-pack/fhir-stack.ts";
import { judgeAccess } from "../../policy-pack/judge.ts";
import { resource } from "../../policy-pack/resources.ts";

describe("What decides about requests other than policies", () => {
  let stack: readonly Resource[];
  before(async () => (stack = await fhirStack()));

  const release = (path: readonly string[], value: unknown) =>
    judgeAccess(
      noWorldToFhir,
      ...replaced(stack, "cilium-release", (props) => withValue(props, path, value)),
    );
  const withObject = (type: string, props: Properties) =>
    judgeAccess(
      noWorldToFhir,
      ...stack,
      resource(`kubernetes:${type}`, props, { name: "other", provider: CLUSTER }),
    );
  const config = (data: PropertyValue, type = "core/v1:ConfigMap") =>
    withObject(type, { metadata: { name: "cilium-config", namespace: "kube-system" }, data });
  const AUDITED = /world's GET \S+ to coruscanthealth:52773 is allowed: .*audit mode allows it$/;

  it("is known where the stack's release and ConfigMap say nothing of it, or what the chart does", () => {
    assert.deepEqual(
      release(["values", "extraConfig"], { "enable-bbr": "true", "enable-ipv6": "false" }),
      [],
    );
    assert.deepEqual(release(["values", "extraEnv"], [{ name: "GOGC", value: "50" }]), []);
    assert.deepEqual(release(["values", "nodeSelectorLabels"], true), []);
    assert.deepEqual(release(["values", "cluster"], { name: "west" }), []);
    assert.deepEqual(config({ "enable-policy": "default", "cluster-name": "west" }), []);
    assert.deepEqual(
      withObject("core/v1:ConfigMap", { metadata: { name: "mine" }, data: { "policy-audit-mode": "true" } }),
      [],
    );
  });

  it("is read by the version of the release, and without a release by the one that the stack names", async () => {
    const version = (resources: readonly Resource[]) =>
      plannedCiliumConfig(CLUSTER, [], resources).options.version;
    assert.equal(version(stack), "1.16");
    assert.equal(version(await fhirStack({ "cilium.version": "1.20.2" })), "1.20");
    assert.equal(version(await fhirStack({ "cilium.version": "1.20.2", "cilium.install": false })), "1.20");
    const unnamed = await fhirStack({ "cilium.version": undefined, "cilium.install": false });
    assert.equal(version(unnamed), undefined);
    const foreign = replaced(stack, "cilium-release", (props) => withValue(props, ["version"], "1.20.1"));
    assert.equal(version(foreign), "1.20");
  });

  it("counts wherever it is set", () => {
    assert.match(release(["values", "extraConfig"], { "policy-audit-mode": true }).join(), AUDITED);
    assert.match(config({ "policy-audit-mode": "true" }).join(), AUDITED);
  });

  for (const [path, value, said] of [
    [["values", "extraConfig"], { "policy-audit-mode": "maybe" }, /data\.policy-audit-mode is "maybe"/],
    [
      ["values", "extraConfig"],
      { "enable-policy": UNKNOWN },
      /values\.extraConfig\.enable-policy is not known/,
    ],
    [["values", "extraConfig"], UNKNOWN, /values\.extraConfig is not known/],
    [
      ["values", "extraConfig"],
      { labels: "k8s:!org" },
      /the setting labels: "k8s:!org" leaves other labels out/,
    ],
    [["values", "extraArgs"], ["--policy-audit-mode"], /values\.extraArgs is set to something else/],
    [
      ["values", "extraEnv"],
      [{ name: "CILIUM_POLICY_AUDIT_MODE", value: "true" }],
      /values\.extraEnv has "CILIUM_POLICY_AUDIT_MODE"/,
    ],
    [["values", "labels"], "k8s:!org", /values\.labels is "k8s:!org"/],
    [["values", "policyCIDRMatchMode"], ["nodes"], /values\.policyCIDRMatchMode is set to something else/],
    [["values", "ipv6"], { enabled: true }, /values\.ipv6\.enabled is true/],
    [["values", "k8sNetworkPolicy"], { enabled: false }, /values\.k8sNetworkPolicy\.enabled is false/],
    [["valueYamlFiles"], ["values.yaml"], /valueYamlFiles is set to something else/],
  ] as const) {
    it(`cannot be evaluated where it is not modelled, in the release: ${path.join(".")} ${said.source}`, () => {
      const [message = "", ...others] = release(path, value);
      assert.match(message, /^cilium-release: cannot be evaluated: /);
      assert.match(message, said);
      assert.deepEqual(others, []);
    });
  }

  for (const [type, said] of [
    ["cilium.io/v2:CiliumEnvoyConfig", /sends what it names through a proxy/],
    ["cilium.io/v2:CiliumClusterwideEnvoyConfig", /sends what it names through a proxy/],
    ["cilium.io/v2:CiliumLocalRedirectPolicy", /sends what it names to other pods/],
    ["cilium.io/v2alpha1:CiliumNodeConfig", /sets Cilium otherwise on some nodes/],
    ["policy.networking.k8s.io/v1alpha2:ClusterNetworkPolicy", /may count before all other policies/],
  ] as const) {
    it(`cannot be evaluated with an object that is not modelled: ${type}`, () => {
      const [message = "", ...others] = withObject(type, { metadata: { name: "other" } });
      assert.match(message, /^other: cannot be evaluated: /);
      assert.match(message, said);
      assert.deepEqual(others, []);
    });
  }

  it("cannot be evaluated where parts of the agents' ConfigMap are changed, or it is not known", () => {
    assert.match(
      config({ "enable-policy": "never" }, "core/v1:ConfigMapPatch").join(),
      /cannot be evaluated/,
    );
    assert.match(config(UNKNOWN).join(), /cannot be evaluated: data is not known before the update/);
    assert.match(
      config({ "enable-policy": "sometimes" }).join(),
      /cannot be evaluated: ConfigMap cilium-config/,
    );
  });
});
