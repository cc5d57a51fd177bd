import assert from "node:assert/strict";
import type { Guardrail } from "../../../../policy-pack/guardrail.ts";
import type { Resource } from "../../../../packages/stack-model/resource.ts";
import { breakGlassNeedsL7, l7NotShadowed } from "../../../../policy-pack/policies/cilium/l7-openings.ts";
import type { Properties, PropertyValue } from "../../../../packages/stack-model/property-value.ts";
import { clusterwidePolicy, fhirStack, networkPolicy, replaced, withValue } from "../../fhir-stack.ts";
import { judge, judgeAccess } from "../../judge.ts";

let stack: readonly Resource[];
before(async () => (stack = await fhirStack()));

const SERVER = "coruscanthealth-deployment";
const PORTS = [{ port: "52773", protocol: "TCP" }];
const endpointSelector = { matchLabels: { class: "coruscanthealth" } };

function beside(guardrail: Guardrail, spec: Properties): readonly string[] {
  return judgeAccess(guardrail, ...stack, networkPolicy(spec));
}

describe("The port of a FHIR server", () => {
  const refused = (what: string) => [`${SERVER}: port 52773 of coruscanthealth: ${what}`];
  const OTHER = "CiliumNetworkPolicy galactic-fhir/other";

  it("passes where only HTTP rules open it", () => {
    assert.deepEqual(judge(l7NotShadowed, ...stack), []);
    const elsewhere = { fromEntities: ["cluster"], toPorts: [{ ports: [{ port: "8080" }] }] };
    assert.deepEqual(beside(l7NotShadowed, { endpointSelector, ingress: [elsewhere] }), []);
  });

  it("fails where a rule opens it to peers, by a port or by a range, without HTTP rules", () => {
    const open = refused(`${OTHER} (spec.ingress[0]) lets everything through, without HTTP rules`);
    for (const rule of [
      { fromEndpoints: [{}] },
      { toPorts: [{ ports: PORTS }] },
      { fromEndpoints: [{}], toPorts: [{ ports: [{ port: "52000", endPort: 53000, protocol: "TCP" }] }] },
      { fromEndpoints: [{}], toPorts: [{ ports: [{ port: "fhir", protocol: "TCP" }] }] },
    ])
      assert.deepEqual(beside(l7NotShadowed, { endpointSelector, ingress: [rule] }), open);
  });

  it("fails where a rule allows a client egress to it without HTTP rules", () => {
    const egress = [{ toEndpoints: [endpointSelector], toPorts: [{ ports: PORTS }] }];
    assert.deepEqual(
      beside(l7NotShadowed, { endpointSelector: { matchLabels: { org: "payer" } }, egress }),
      refused(`${OTHER} (spec.egress[0]) lets everything through, without HTTP rules`),
    );
  });

  it("fails where a rule of another protocol applies to it as well", () => {
    const toPorts = [{ ports: PORTS, rules: { l7proto: "other", l7: [{ a: "b" }] } }];
    const messages = beside(l7NotShadowed, { endpointSelector, ingress: [{ fromEndpoints: [{}], toPorts }] });
    assert.deepEqual(messages, [
      ...refused(
        `rules for http of CiliumNetworkPolicy galactic-fhir/coruscanthealth-ingress at spec.ingress[0] and rules for other of ${OTHER} at spec.ingress[0] cannot stand on one port`,
      ),
      ...refused(`${OTHER} (spec.ingress[0]) reads other, without HTTP rules`),
    ]);
  });

  it("fails where no policy denies by default, so that HTTP rules deny nothing", async () => {
    const visible = await fhirStack({ denyAll: false, grants: [], flowVisibility: true });
    // The first grant would deny all other peers: this stack has none.
    const messages = judge(l7NotShadowed, ...visible);
    assert.deepEqual(
      messages,
      refused(
        "CiliumNetworkPolicy galactic-fhir/flow-visibility (spec.ingress[0]) has HTTP rules, but no policy denies by default, so that they refuse nothing",
      ),
    );
  });
});

describe("Break-glass", () => {
  const breakGlass = {
    owner: "on-call lead",
    reason: "no identity provider",
    expiry: "2026-10-01T20:00:00Z",
  };
  let opened: readonly Resource[];
  before(async () => (opened = await fhirStack({ accessMode: "breakGlass", breakGlass })));
  const said = (...others: readonly Resource[]) => judge(breakGlassNeedsL7, ...opened, ...others);

  it("passes behind deny-all and HTTP rules, with owner, reason and expiry", () => {
    assert.deepEqual(said(), []);
  });

  it("is violated where owner, reason or expiry is missing", () => {
    const declared = (value: PropertyValue) =>
      judge(
        breakGlassNeedsL7,
        ...replaced(opened, "attested-fhir", (props) => withValue(props, ["breakGlass"], value)),
      );
    assert.deepEqual(declared({ ...breakGlass, reason: " " }), [
      "attested-fhir: the declared breakGlass.reason is not set",
    ]);
    assert.equal(declared(undefined).length, 3);
  });

  it("is violated where deny-all leaves a direction open", () => {
    const messages = judge(
      breakGlassNeedsL7,
      ...replaced(opened, "deny-all-policy", (props) => withValue(props, ["spec", "egress"], [])),
    );
    assert.deepEqual(messages, [
      "attested-fhir: the routes are open, and no policy denies egress by default to every pod outside the namespaces kube-system, local-path-storage",
    ]);
  });

  it("is violated where a peer reaches the server without an HTTP rule", () => {
    const visitors = {
      fromEndpoints: [{ matchLabels: { "k8s:class": "visitor" } }],
      toPorts: [{ ports: PORTS }],
    };
    assert.deepEqual(said(clusterwidePolicy({ endpointSelector, ingress: [visitors] })), [
      `${SERVER}: the routes are open, and without any HTTP rule coruscanthealth is reached by ${["galactic-fhir", "galactic-fhir-other", "kube-system", "local-path-storage"].map((place) => `a pod with class=visitor in ${place}`).join(", ")}`,
    ]);
  });

  it("is not required on routes that SMART protects", async () => {
    assert.deepEqual(judge(breakGlassNeedsL7, ...(await fhirStack({ denyAll: false, grants: [] }))), []);
  });
});
