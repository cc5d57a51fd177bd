import assert from "node:assert/strict";
import type { Guardrail } from "../../../../policy-pack/guardrail.ts";
import type { Resource } from "../../../../packages/stack-model/resource.ts";
import { breakGlassNeedsL7, l7NotShadowed } from "../../../../policy-pack/policies/cilium/l7-openings.ts";
import type { Properties, PropertyValue } from "../../../../packages/stack-model/property-value.ts";
import { clusterwidePolicy, fhirStack, networkPolicy, replaced, withValue } from "../../fhir-stack.ts";
import { judge } from "../../judge.ts";

let stack: readonly Resource[];
before(async () => (stack = await fhirStack()));

const SERVER = "coruscanthealth-deployment";
const PORTS = [{ port: "52773", protocol: "TCP" }];
const endpointSelector = { matchLabels: { class: "coruscanthealth" } };

function beside(guardrail: Guardrail, spec: Properties): readonly string[] {
  return judge(guardrail, ...stack, networkPolicy(spec));
}

describe("The port of a FHIR server", () => {
  const refused = (what: string) => [`${SERVER}: port 52773 of coruscanthealth: ${what}`];
  const OTHER = "CiliumNetworkPolicy galactic-fhir/other";

  it("passes where HTTP rules alone open it", () => {
    assert.deepEqual(judge(l7NotShadowed, ...stack), []);
    const elsewhere = { fromEntities: ["cluster"], toPorts: [{ ports: [{ port: "8080" }] }] };
    assert.deepEqual(beside(l7NotShadowed, { endpointSelector, ingress: [elsewhere] }), []);
  });

  it("is refused where a rule opens it for peers, for a port or for a range, without HTTP rules", () => {
    const open = refused(`${OTHER} (spec.ingress[0]) lets everything through, without HTTP rules`);
    for (const rule of [
      { fromEndpoints: [{}] },
      { toPorts: [{ ports: PORTS }] },
      { fromEndpoints: [{}], toPorts: [{ ports: [{ port: "52000", endPort: 53000, protocol: "TCP" }] }] },
      { fromEndpoints: [{}], toPorts: [{ ports: [{ port: "fhir", protocol: "TCP" }] }] },
    ])
      assert.deepEqual(beside(l7NotShadowed, { endpointSelector, ingress: [rule] }), open);
  });

  it("is refused where a rule lets a client out to it without HTTP rules", () => {
    const egress = [{ toEndpoints: [endpointSelector], toPorts: [{ ports: PORTS }] }];
    assert.deepEqual(
      beside(l7NotShadowed, { endpointSelector: { matchLabels: { org: "payer" } }, egress }),
      refused(`${OTHER} (spec.egress[0]) lets everything through, without HTTP rules`),
    );
  });

  it("is refused where something else reads it as well", () => {
    const toPorts = [{ ports: PORTS, rules: { l7proto: "other", l7: [{ a: "b" }] } }];
    const messages = beside(l7NotShadowed, { endpointSelector, ingress: [{ fromEndpoints: [{}], toPorts }] });
    assert.deepEqual(messages, [
      ...refused(
        `rules for http of CiliumNetworkPolicy galactic-fhir/coruscanthealth-ingress at spec.ingress[0] and rules for other of ${OTHER} at spec.ingress[0] cannot stand on one port`,
      ),
      ...refused(`${OTHER} (spec.ingress[0]) reads other, without HTTP rules`),
    ]);
  });

  it("is refused where no policy denies by default, so that HTTP rules refuse nothing", async () => {
    const visible = await fhirStack({ denyAll: false, grants: [], flowVisibility: true });
    // The first grant would close it to all others: here there is none.
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

  it("is refused where nobody says who, why or until when", () => {
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

  it("is refused where deny-all leaves a direction open", () => {
    const messages = judge(
      breakGlassNeedsL7,
      ...replaced(opened, "deny-all-policy", (props) => withValue(props, ["spec", "egress"], [])),
    );
    assert.deepEqual(messages, [
      "attested-fhir: the routes are open, and no policy denies egress by default to every pod outside the namespaces kube-system, local-path-storage",
    ]);
  });

  it("is refused where somebody gets to the server without an HTTP rule", () => {
    const visitors = {
      fromEndpoints: [{ matchLabels: { "k8s:class": "visitor" } }],
      toPorts: [{ ports: PORTS }],
    };
    assert.deepEqual(said(clusterwidePolicy({ endpointSelector, ingress: [visitors] })), [
      `${SERVER}: the routes are open, and without any HTTP rule coruscanthealth is reached by ${["galactic-fhir", "galactic-fhir-other", "kube-system", "local-path-storage"].map((place) => `a pod with class=visitor in ${place}`).join(", ")}`,
    ]);
  });

  it("asks nothing of routes that SMART protects", async () => {
    assert.deepEqual(judge(breakGlassNeedsL7, ...(await fhirStack({ denyAll: false, grants: [] }))), []);
  });
});
