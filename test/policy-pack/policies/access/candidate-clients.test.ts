import assert from "node:assert/strict";
import { accessEqualsGrants } from "../../../../policy-pack/policies/access/access-equals-grants.ts";
import type { Resource } from "../../../../packages/stack-model/resource.ts";
import type { Properties } from "../../../../packages/stack-model/property-value.ts";
import { CLUSTER, clusterwidePolicy, fhirStack, networkPolicy } from "../../fhir-stack.ts";
import { judgeAccess } from "../../judge.ts";
import { resource } from "../../resources.ts";

const SERVER = { matchLabels: { class: "coruscanthealth", org: "empire" } };
const PLACE = "k8s:io.kubernetes.pod.namespace";
const toPorts = [
  {
    ports: [{ port: "52773", protocol: "TCP" }],
    rules: { http: [{ method: "GET", path: "/intersystems/fhir/r5/Patient/DarthVader" }] },
  },
];

/** Allows pods egress to the server, regardless of deny-all. */
function out(endpointSelector: Properties): Resource {
  const toEndpoints = [{ matchLabels: { ...SERVER.matchLabels, [PLACE]: "galactic-fhir" } }];
  return resource(
    "kubernetes:cilium.io/v2:CiliumClusterwideNetworkPolicy",
    { metadata: { name: "out" }, spec: { endpointSelector, egress: [{ toEndpoints, toPorts }] } },
    { name: "out", provider: CLUSTER },
  );
}

describe("A client that a policy allows to a FHIR server without a grant is reported", () => {
  let stack: readonly Resource[];
  before(async () => (stack = await fhirStack()));

  const letIn = (peer: Properties) =>
    clusterwidePolicy({ endpointSelector: SERVER, ingress: [{ fromEndpoints: [peer], toPorts }] });
  const said = (...resources: readonly Resource[]) =>
    judgeAccess(accessEqualsGrants, ...stack, ...resources).join();

  const spy = { matchLabels: { spy: "x" } };
  const pods = { matchExpressions: [{ key: PLACE, operator: "Exists" }] };
  for (const [who, peer, found] of [
    ["by a label", spy, "a pod with spy=x in galactic-fhir"],
    [
      "by a label, with any value but those of other pods",
      {
        matchExpressions: [
          { key: "spy", operator: "Exists" },
          { key: "spy", operator: "NotIn", values: ["any", "any-other"] },
        ],
      },
      "a pod with spy=any-other-other in galactic-fhir",
    ],
    [
      "by its service account",
      { matchLabels: { "io.cilium.k8s.policy.serviceaccount": "spy" } },
      "a pod with io.cilium.k8s.policy.serviceaccount=spy in galactic-fhir",
    ],
    [
      "in any namespace but those of other pods",
      {
        ...spy,
        matchExpressions: [
          {
            key: PLACE,
            operator: "NotIn",
            values: ["galactic-fhir", "galactic-fhir-other", "kube-system", "local-path-storage"],
          },
        ],
      },
      "a pod with spy=x in any",
    ],
    [
      "by a label and a label of Cilium's reserved source",
      { ...spy, matchExpressions: [{ key: "reserved:init", operator: "DoesNotExist" }] },
      "a pod with spy=x in galactic-fhir",
    ],
  ] as const) {
    it(`where the policy selects it ${who}`, () => {
      assert.ok(said(out(pods), letIn(peer)).includes(`: ${found}'s GET `), said(out(pods), letIn(peer)));
    });
  }

  it("in a system namespace, whose pods no egress policy selects", () => {
    assert.match(
      said(letIn(spy)),
      /a pod with spy=x in kube-system's GET \S+\/Patient\/DarthVader .* is allowed/,
    );
  });

  it("in another cluster, whose policies are not known", () => {
    const west = { matchLabels: { "io.cilium.k8s.policy.cluster": "west", org: "payer" } };
    assert.match(
      said(letIn(west)),
      /a pod with io\.cilium\.k8s\.policy\.cluster=west, org=payer in \S+'s GET /,
    );
  });

  it("by two labels, each of which is denied with another value", () => {
    const either = (key: string, ...values: string[]) => ({ key, operator: "In", values });
    const denied = networkPolicy({
      endpointSelector: SERVER,
      ingressDeny: [{ fromEndpoints: [{ matchLabels: { a: "1" } }, { matchLabels: { b: "1" } }] }],
    });
    const peer = {
      matchLabels: { [PLACE]: "galactic-fhir" },
      matchExpressions: [either("a", "1", "2"), either("b", "1", "2")],
    };
    assert.match(said(out(pods), letIn(peer), denied), /: a pod with a=2, b=2 in galactic-fhir's GET /);
  });

  it("on another port than the server's own", () => {
    const open = (ports: readonly Properties[]) =>
      networkPolicy({
        endpointSelector: SERVER,
        ingress: [{ fromEndpoints: [{ matchLabels: { org: "payer" } }], toPorts: [{ ports }] }],
      });
    const opens = (what: string) =>
      `coruscanthealth-deployment: CiliumNetworkPolicy galactic-fhir/other (spec.ingress[0]) opens ${what}. No grant says so`;
    assert.equal(
      said(open([{ port: "1972", protocol: "TCP" }])),
      opens("port 1972 of coruscanthealth for TCP"),
    );
    assert.equal(
      said(open([{ port: "52773", protocol: "UDP" }])),
      opens("port 52773 of coruscanthealth for UDP"),
    );
    assert.ok(
      said(open([{ port: "52770", endPort: 52_780, protocol: "TCP" }])).includes(
        opens("port 52770 to 52780 of coruscanthealth for TCP"),
      ),
    );
    assert.equal(said(open([{ port: "nowhere", protocol: "TCP" }])), "");
  });

  it("where the policy has another provider, possibly of the same cluster", () => {
    const policy = { ...letIn(spy), provider: "another" };
    assert.equal(
      said(policy),
      "other: cannot be evaluated: another provider makes it than the FHIR servers, whose cluster it may yet be in (treated as a violation)",
    );
    const elsewhere = networkPolicy({ endpointSelector: {}, ingress: [{}] }, { namespace: "elsewhere" });
    assert.equal(said({ ...elsewhere, provider: "another" }), "");
  });
});
