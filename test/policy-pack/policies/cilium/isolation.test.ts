import assert from "node:assert/strict";
import type { Guardrail } from "../../../../policy-pack/guardrail.ts";
import type { Resource } from "../../../../packages/stack-model/resource.ts";
import {
  denyAllBothDirections,
  everyPodPoliced,
  noWorldToFhir,
} from "../../../../policy-pack/policies/cilium/isolation.ts";
import {
  type Properties,
  UNKNOWN,
  type PropertyValue,
} from "../../../../packages/stack-model/property-value.ts";
import {
  CLUSTER,
  clusterwidePolicy,
  fhirStack,
  networkPolicy,
  replaced,
  withValue,
} from "../../fhir-stack.ts";
import { judge, judgeAccess } from "../../judge.ts";
import { deployment, resource, root } from "../../resources.ts";

let stack: readonly Resource[];
before(async () => (stack = await fhirStack()));

/** The violations where the stack's deny-all is changed. */
function denyAll(
  guardrail: Guardrail,
  change: (spec: Properties) => Properties,
  ...others: readonly Resource[]
) {
  const changed = replaced(stack, "deny-all-policy", (props) => ({
    ...props,
    spec: change(props.spec as Properties),
  }));
  return judgeAccess(guardrail, ...changed, ...others);
}

const OPEN = (direction: string) =>
  `stack: no policy denies ${direction} by default to every pod outside the namespaces kube-system, local-path-storage`;

describe("Deny-all", () => {
  const said = (change: (spec: Properties) => Properties, ...others: readonly Resource[]) =>
    denyAll(denyAllBothDirections, change, ...others);

  it("passes as the stack declares it, and in two policies, one for each direction", () => {
    assert.deepEqual(judge(denyAllBothDirections, ...stack), []);
    const { ingress, ...both } = stack.find(({ name }) => name === "deny-all-policy")?.props
      .spec as Properties;
    assert.deepEqual(
      said(() => both, clusterwidePolicy({ endpointSelector: both.endpointSelector, ingress: ingress })),
      [],
    );
  });

  it("is not required in a stack without FHIR servers", () => {
    assert.deepEqual(judge(denyAllBothDirections, root(), deployment()), []);
  });

  it("is violated where it is missing, or leaves a direction open", async () => {
    assert.deepEqual(judge(denyAllBothDirections, ...(await fhirStack({ denyAll: false }))), [
      OPEN("ingress"),
      OPEN("egress"),
    ]);
    // The policy of the Star Wars story has no ingress section.
    assert.deepEqual(
      said((spec) => ({ ...spec, ingress: undefined })),
      [OPEN("ingress")],
    );
    assert.deepEqual(
      said((spec) => ({ ...spec, ingress: [] })),
      [OPEN("ingress")],
    );
    assert.deepEqual(
      said((spec) => ({ ...spec, enableDefaultDeny: { ingress: true, egress: false } })),
      [OPEN("egress")],
    );
  });

  it("is violated where it allows anything but DNS by itself", () => {
    const dns = { toPorts: [{ ports: [{ port: "53", protocol: "UDP" }] }] };
    assert.deepEqual(
      said((spec) => ({ ...spec, ingress: [{ fromEntities: ["cluster"] }] })),
      [OPEN("ingress")],
    );
    for (const more of [
      { toEntities: ["all"] },
      { toEntities: ["world"], toPorts: [{ ports: [{ port: "443", protocol: "TCP" }] }] },
      { toPorts: [{ ports: [{ port: "53", endPort: 60_000, protocol: "TCP" }] }] },
      { icmps: [{ fields: [{ type: 8 }] }] },
    ])
      assert.ok(said((spec) => ({ ...spec, egress: [dns, more] })).includes(OPEN("egress")));
    // Three rules that match no peer.
    const nobody = [{}, { fromEndpoints: [] }, { fromEntities: [] }];
    assert.deepEqual(
      said((spec) => ({ ...spec, ingress: nobody, ingressDeny: [{ fromEntities: ["world"] }] })),
      [],
    );
  });

  it("is violated where it does not select a pod outside the system namespaces", () => {
    const selecting = (endpointSelector: PropertyValue) => said((spec) => ({ ...spec, endpointSelector }));
    const key = "k8s:io.kubernetes.pod.namespace";
    const notIn = (...values: readonly string[]) => [
      { key, operator: "Exists" },
      { key, operator: "NotIn", values },
    ];
    for (const selector of [
      { matchLabels: { org: "empire" } },
      { matchLabels: { [key]: "galactic-fhir" } },
      { matchExpressions: notIn("kube-system", "billing") },
      { matchExpressions: [...notIn("kube-system"), { key: "class", operator: "NotIn", values: ["debug"] }] },
    ])
      assert.deepEqual(selecting(selector), [OPEN("ingress"), OPEN("egress")]);
    assert.deepEqual(selecting({ matchExpressions: notIn("kube-system") }), []);
  });

  it("is violated where it blocks the cluster's DNS or the nodes' probes", () => {
    const namespace = "k8s:io.kubernetes.pod.namespace";
    const health =
      "stack: nodes cannot probe one another's health endpoints (reserved:health, port 4240): select pods only, by their namespace";
    // `NotIn` alone also matches endpoints without a namespace.
    const matchExpressions = [{ key: namespace, operator: "NotIn", values: ["kube-system"] }];
    assert.deepEqual(
      said((spec) => ({ ...spec, endpointSelector: { matchExpressions } })),
      [health],
    );
    const messages = said((spec) => ({ ...spec, endpointSelector: {}, egress: [{}] }));
    assert.equal(messages.length, 2);
    assert.match(
      messages[0] ?? "",
      /^stack: 6 of 6 sorts of pods, in galactic-fhir, cannot ask the cluster's DNS$/,
    );
    assert.equal(messages[1], health);
  });

  it("is violated where Cilium enforces no policy", () => {
    const setting = (key: string, value: PropertyValue) =>
      judge(
        denyAllBothDirections,
        ...replaced(stack, "cilium-release", (props) => withValue(props, ["values", key], value)),
      );
    assert.deepEqual(setting("policyAuditMode", true), [
      "stack: policyAuditMode is on: what is denied passes, and is only logged",
    ]);
    assert.deepEqual(setting("policyEnforcementMode", "never"), [
      "stack: policyEnforcementMode is never: no policy is enforced",
    ]);
  });

  it("passes where Cilium always enforces policies, if policies allow pods the cluster's DNS", async () => {
    const always = await fhirStack({ denyAll: false, "cilium.policyEnforcementMode": "always" });
    assert.deepEqual(judge(denyAllBothDirections, ...always), [
      "stack: 1 of 6 sorts of pods, in galactic-fhir, cannot ask the cluster's DNS",
    ]);
  });

  it("cannot be evaluated where a policy is not known", () => {
    assert.deepEqual(
      said(() => UNKNOWN as unknown as Properties),
      ["deny-all-policy: cannot be evaluated: spec is not known before the update (treated as a violation)"],
    );
  });
});

describe("The world's access to a FHIR server", () => {
  const endpointSelector = { matchLabels: { class: "coruscanthealth" } };
  const said = (rule: Properties) =>
    judge(noWorldToFhir, ...stack, networkPolicy({ endpointSelector, ingress: [rule] }));

  it("passes where no policy allows it", () => {
    assert.deepEqual(judge(noWorldToFhir, ...stack), []);
    assert.deepEqual(said({ fromEntities: ["cluster"] }), []);
    assert.deepEqual(said({ fromEntities: ["world"], icmps: [{ fields: [{ type: 8 }] }] }), []);
    assert.deepEqual(said({ fromCIDR: ["::/0"], toPorts: [{ ports: [{ port: "nowhere" }] }] }), []);
  });

  it("is a violation where a clusterwide policy allows it, whatever its metadata.namespace", () => {
    const policy = clusterwidePolicy({ endpointSelector, ingress: [{ fromEntities: ["world"] }] });
    const elsewhere = { ...policy, props: withValue(policy.props, ["metadata", "namespace"], "elsewhere") };
    assert.equal(judge(noWorldToFhir, ...stack, elsewhere).length, 1);
  });

  it("is a violation on every port that a rule opens, whether or not a container declares it", () => {
    const toPorts = [{ ports: [{ port: "1972", protocol: "TCP" }] }];
    assert.deepEqual(said({ fromEntities: ["world"], toPorts }), [
      "coruscanthealth-deployment: world's GET /intersystems/fhir/r5/metadata to coruscanthealth:1972 is allowed: on its way out no egress policy applies: the source is not a pod; on its way in CiliumNetworkPolicy galactic-fhir/other (spec.ingress[0]) allows all requests on this port",
    ]);
    assert.deepEqual(said({ fromCIDR: ["2001:db8::/32"], toPorts }), [
      "coruscanthealth-deployment: 2001:db8::/32 is let in by CiliumNetworkPolicy galactic-fhir/other (spec.ingress[0])",
    ]);
    const [message = "", ...others] = said({
      fromCIDR: ["192.0.2.0/24"],
      toPorts: [{ ports: [{ port: "5000", protocol: "UDP" }] }],
    });
    assert.match(message, /: 192\.0\.2\.0\/24's GET \S+ to coruscanthealth:5000\/UDP is allowed/);
    assert.deepEqual(others, []);
  });

  for (const [what, rule, client, at = "spec.ingress[0]"] of [
    ["as world", { fromEntities: ["world"] }, "world"],
    ["as all", { fromEntities: ["all"] }, "world"],
    ["by a rule without peers", { toPorts: [{ ports: [{ port: "52773", protocol: "TCP" }] }] }, "world"],
    ["by an address", { fromCIDR: ["192.0.2.0/24"] }, "192.0.2.0/24"],
  ] as const) {
    it(`is a violation where it is allowed ${what}`, () => {
      const messages = said(rule);
      assert.equal(messages.length, 1, String(messages));
      assert.match(
        messages[0] ?? "",
        /^coruscanthealth-deployment: \S+'s GET \S+ to coruscanthealth:52773 is allowed: /,
      );
      assert.ok(messages[0]?.includes(`: ${client}'s GET`) === true && messages[0].includes(at));
    });
  }

  it("is a violation where it reaches the proxy, even if the proxy responds with 403", () => {
    const http = [{ method: "GET", path: "/public" }];
    const ports = [{ port: "52773", protocol: "TCP" }];
    assert.match(
      said({ fromEntities: ["world"], toPorts: [{ ports, rules: { http } }] }).join(),
      /world's GET \S+ to coruscanthealth:52773 is denied on its way in: the proxy responds with 403/,
    );
  });

  it("is a violation from IPv6 addresses as well", () => {
    assert.deepEqual(said({ fromCIDR: ["2001:db8::/32"] }), [
      "coruscanthealth-deployment: 2001:db8::/32 is let in by CiliumNetworkPolicy galactic-fhir/other (spec.ingress[0])",
    ]);
  });
});

describe("Every pod", () => {
  const closed = resource(
    "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    { metadata: { name: "closed" }, spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } },
    { name: "closed" },
  );

  it("passes where policies of Cilium or of Kubernetes select it in both directions", () => {
    assert.deepEqual(judge(everyPodPoliced, ...stack), []);
    assert.deepEqual(judge(everyPodPoliced, deployment(), closed), []);
  });

  it("is a violation where no policy selects it in one direction", () => {
    const said = (policyTypes: readonly string[]) =>
      judge(everyPodPoliced, deployment(), {
        ...closed,
        props: withValue(closed.props, ["spec", "policyTypes"], policyTypes),
      });
    assert.deepEqual(said(["Ingress"]), ["deployment: no policy denies its pods egress by default"]);
    assert.deepEqual(judge(everyPodPoliced, deployment()), [
      "deployment: no policy denies its pods ingress or egress by default",
    ]);
  });

  it("is not selected by a NetworkPolicy of another API group", () => {
    const other = { ...closed, type: "kubernetes:projectcalico.org/v3:NetworkPolicy" };
    assert.deepEqual(judge(everyPodPoliced, deployment(), other), judge(everyPodPoliced, deployment()));
  });

  it("cannot be evaluated where its manifest is not valid", () => {
    assert.deepEqual(judge(everyPodPoliced, deployment({ pod: { hostNetwork: "true" } }), closed), [
      "deployment: cannot be evaluated: spec.template.spec.hostNetwork: Invalid input: expected boolean, received string (treated as a violation)",
    ]);
  });

  it("is evaluated against the policies of its own cluster", () => {
    const elsewhere = { ...closed, provider: CLUSTER };
    assert.equal(judge(everyPodPoliced, deployment(), elsewhere).length, 1);
  });

  it("is a violation on the host network", () => {
    assert.deepEqual(judge(everyPodPoliced, deployment({ pod: { hostNetwork: true } }), closed), [
      "deployment: its pods are on their node's network, where no policy holds for them",
    ]);
  });

  it("cannot be evaluated where its labels are not known", () => {
    assert.deepEqual(judge(everyPodPoliced, deployment({ labels: UNKNOWN }), closed), [
      "deployment: cannot be evaluated: spec.template.metadata.labels is not known before the update (treated as a violation)",
    ]);
  });
});
