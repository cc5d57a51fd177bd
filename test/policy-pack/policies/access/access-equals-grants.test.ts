import assert from "node:assert/strict";
import { accessEqualsGrants } from "../../../../policy-pack/policies/access/access-equals-grants.ts";
import type { Resource } from "../../../../packages/stack-model/resource.ts";
import { ROOT } from "../../../../packages/stack-model/type-tokens.ts";
import { UNKNOWN } from "../../../../packages/stack-model/property-value.ts";
import { fhirStack, networkPolicy, replaced, without, withValue } from "../../fhir-stack.ts";
import { judgeAccess } from "../../judge.ts";

const SERVER = "coruscanthealth-deployment";
const INGRESS = "fhir-access-coruscanthealth-ingress";
const BASE = "/intersystems/fhir/r5";

describe("The access that policies allow to a FHIR server", () => {
  let stack: readonly Resource[];
  before(async () => (stack = await fhirStack()));

  const judged = (...resources: readonly Resource[]) => judgeAccess(accessEqualsGrants, ...resources);
  /** The violations where one policy of the stack is changed. */
  const changed = (name: string, path: readonly (string | number)[], value: unknown) =>
    judged(...replaced(stack, name, (props) => withValue(props, path, value)));

  it("passes where it equals the grants, that of registration included", () => {
    assert.deepEqual(judged(...stack), []);
  });

  it("passes with every kind of interaction, in every FHIR version", async () => {
    const grants = [
      {
        org: "payer",
        id: "a.b-c",
        interactions: ["read", "vread", "history", "search", "update"],
        server: "coruscanthealth",
      },
    ];
    assert.deepEqual(judged(...(await fhirStack({ grants }))), []);
  });

  it("passes with an id whose expression exceeds Envoy's default limit, where the stack sets a higher one", async () => {
    const grants = [{ org: "payer", id: "x".repeat(64), interactions: ["vread"], server: "coruscanthealth" }];
    const longer = await fhirStack({ grants, "cilium.re2ProgramLimit": 150 });
    assert.deepEqual(judged(...longer), []);
    const [root = ""] = longer.filter(({ type }) => type === ROOT).map(({ name }) => name);
    const [said = ""] = judged(
      ...replaced(longer, root, (props) => withValue(props, ["re2ProgramLimit"], 100)),
    );
    assert.match(said, /takes 1\d\d instructions, and Envoy allows 100/);
  });

  it("is a violation where policies allow more on both sides, reported with client, request and policies", () => {
    const rule = { method: "GET", path: `${BASE}/Patient/LeiaOrgana` };
    const wider = (name: string, path: readonly (string | number)[]) => (resources: readonly Resource[]) =>
      replaced(resources, name, (props) => withValue(props, path, rule));
    const inOnly = wider(INGRESS, ["spec", "ingress", 1, "toPorts", 0, "rules", "http", 2])(stack);
    // The policy of the other direction still denies it.
    assert.deepEqual(judged(...inOnly), []);
    const both = wider("fhir-access-l7-visibility-payer", [
      ...["spec", "egress", 1, "toPorts", 0, "rules", "http", 2],
    ])(inOnly);
    assert.deepEqual(judged(...both), [
      `${SERVER}: payer's GET ${rule.path} to coruscanthealth is allowed: on its way out CiliumNetworkPolicy galactic-fhir/l7-visibility-payer allows it by spec.egress[1].toPorts[0].rules.http[2]; on its way in CiliumNetworkPolicy galactic-fhir/coruscanthealth-ingress allows it by spec.ingress[1].toPorts[0].rules.http[2]. No grant says so; the same holds for another pod of payer, a pod with org=payer in galactic-fhir`,
    ]);
  });

  it("is a violation where a policy allows less", () => {
    assert.deepEqual(
      changed(INGRESS, ["spec", "ingress", 1, "toPorts", 0, "rules", "http", 1, "method"], "GET"),
      [
        `${SERVER}: payer's HEAD ${BASE}/Patient/DarthVader to coruscanthealth is denied on its way in: the proxy responds with 403: none of the HTTP rules of CiliumNetworkPolicy galactic-fhir/coruscanthealth-ingress (spec.ingress[1]) matches. A grant says otherwise; the same holds for another pod of payer, a pod with org=payer in galactic-fhir`,
      ],
    );
  });

  it("is a violation where a grant has no policies at all", () => {
    const [message = "", ...others] = judged(...without(stack, "fhir-access-fhir-registration"));
    assert.match(
      message,
      /^coruscanthealth-deployment: register-patient-darthvader\S*'s PUT \S+\/Patient\/DarthVader to coruscanthealth is dropped on its way out: CiliumClusterwideNetworkPolicy denyall-coruscanthealth denies everything by default, and no rule allows it\. A grant says otherwise; /,
    );
    assert.deepEqual(others, []);
  });

  it("is a violation without deny-all and grants: all requests of all peers are allowed", async () => {
    const messages = judged(...(await fhirStack({ denyAll: false, grants: [] })));
    assert.equal(messages.length, 2);
    const [pods = "", others = ""] = messages;
    for (const name of ["payer", "fx-6", "coruscanthealth", "a pod of another namespace"])
      assert.ok(pods.includes(name), name);
    assert.match(pods, /no policy selects the server for ingress\. No grant says so/);
    assert.match(others, /: world's GET \S+ to coruscanthealth is allowed, because no policy applies/);
  });

  for (const [what, path, example] of [
    ["any record", `${BASE}/Patient/.*`, "/Patient/0DarthVader"],
    ["one of several records", `${BASE}/Patient/(DarthVader|LeiaOrgana)`, "/Patient/LeiaOrgana"],
    ["a record or what is below it", `${BASE}/Patient/DarthVader(/.*)?`, "/Patient/DarthVader/"],
    ["a record with any character for one of its id", `${BASE}/Patient/DarthVade.`, "/Patient/DarthVadea"],
    ["a query", `${BASE}/Patient/DarthVader(\\?.*)?`, "/Patient/DarthVader?"],
  ] as const) {
    it(`is a violation where one direction has no path and the other allows ${what}`, () => {
      const http = [
        { method: "GET", path },
        { method: "HEAD", path: `${BASE}/Patient/DarthVader` },
      ];
      const open = replaced(stack, "fhir-access-l7-visibility-payer", (props) =>
        withValue(props, ["spec", "egress", 1, "toPorts", 0, "rules"], {}),
      );
      const messages = judged(
        ...replaced(open, INGRESS, (props) =>
          withValue(props, ["spec", "ingress", 1, "toPorts", 0, "rules", "http"], http),
        ),
      );
      const [message = "", ...others] = messages;
      assert.deepEqual(others, []);
      assert.ok(message.includes(`payer's GET ${BASE}${example} to coruscanthealth is allowed`), message);
      assert.match(message, /\. No grant says so/);
    });
  }

  it("is a violation where two patterns both match a request that no grant covers and neither spells out", () => {
    const pattern = (path: string) => [
      { method: "GET", path },
      { method: "HEAD", path: `${BASE}/Patient/DarthVader` },
    ];
    const messages = judged(
      ...replaced(
        replaced(stack, "fhir-access-l7-visibility-payer", (props) =>
          withValue(
            props,
            ["spec", "egress", 1, "toPorts", 0, "rules", "http"],
            pattern(`${BASE}/Patient/(Darth.*|L[a-z]+a)`),
          ),
        ),
        INGRESS,
        (props) =>
          withValue(
            props,
            ["spec", "ingress", 1, "toPorts", 0, "rules", "http"],
            pattern(`${BASE}/Patient/(DarthVader|.eia)`),
          ),
      ),
    );
    assert.equal(messages.length, 1);
    assert.match(messages[0] ?? "", /payer's GET \S+\/Patient\/Leia to coruscanthealth is allowed/);
  });

  it("is a violation where a whole namespace, the server's own pods or the world are allowed", () => {
    const toPorts = [{ ports: [{ port: "52773", protocol: "TCP" }] }];
    const endpointSelector = { matchLabels: { class: "coruscanthealth" } };
    const into = (peers: object) =>
      judged(...stack, networkPolicy({ endpointSelector, ingress: [{ ...peers, toPorts }] }));
    assert.match(
      into({ fromEntities: ["world"] }).join("\n"),
      /world's GET \S+ to coruscanthealth is allowed.*CiliumNetworkPolicy galactic-fhir\/other \(spec\.ingress\[0\]\)/,
    );
    const system = into({
      fromEndpoints: [{ matchLabels: { "io.kubernetes.pod.namespace": "kube-system" } }],
    });
    assert.match(system.join("\n"), /a pod of kube-system's GET/);
    // No egress policy allows other pods, so this does not exceed the grants yet.
    assert.deepEqual(into({ fromEndpoints: [{ matchLabels: { class: "visitor" } }] }), []);
  });

  it("is a violation where a server is missing", () => {
    const messages = changed(
      "coruscanthealth-deployment",
      ["spec", "template", "metadata", "labels", "org"],
      "other",
    );
    assert.ok(
      messages.includes(
        "stack: no pod in the namespace galactic-fhir has the labels of the declared FHIR server coruscanthealth: app.kubernetes.io/name=coruscanthealth, class=coruscanthealth, org=empire",
      ),
      String(messages),
    );
  });

  it("cannot be evaluated where a part of a policy or a pod is not known, and names the part", () => {
    assert.deepEqual(changed(INGRESS, ["spec", "ingress", 0, "fromEndpoints"], UNKNOWN), [
      `${INGRESS}: cannot be evaluated: spec.ingress[0].fromEndpoints is not known before the update (treated as a violation)`,
    ]);
    assert.deepEqual(
      changed("payer-deployment", ["spec", "template", "metadata", "labels", "org"], UNKNOWN),
      [
        "payer-deployment: cannot be evaluated: spec.template.metadata.labels.org is not known before the update (treated as a violation)",
      ],
    );
    assert.deepEqual(changed("payer-deployment", ["spec", "template", "spec", "hostNetwork"], UNKNOWN), [
      "payer-deployment: cannot be evaluated: spec.template.spec.hostNetwork is not known before the update (treated as a violation)",
    ]);
  });

  it("cannot be evaluated where Cilium rejects a policy, or its version is not supported", () => {
    assert.deepEqual(changed("deny-all-policy", ["spec", "endpointSelector"], undefined), [
      "deny-all-policy: cannot be evaluated: Cilium refuses it, so it is ignored: spec: has neither endpointSelector nor nodeSelector (treated as a violation)",
    ]);
    assert.deepEqual(changed("cilium-release", ["version"], "1.99.0"), [
      "cilium-release: cannot be evaluated: how Cilium 1.99.0 reads policies is not known here (treated as a violation)",
    ]);
    assert.deepEqual(changed("cilium-release", ["values", "l7Proxy"], UNKNOWN), [
      "cilium-release: cannot be evaluated: values.l7Proxy is not known before the update (treated as a violation)",
    ]);
  });

  it("is evaluated by the values that decide, whatever else is not known", () => {
    for (const path of [
      ["spec", "template", "spec", "serviceAccountName"],
      ["spec", "template", "spec", "containers", 0, "image"],
    ])
      assert.deepEqual(changed("payer-deployment", path, UNKNOWN), []);
    assert.deepEqual(changed("deny-all-policy", ["metadata", "name"], UNKNOWN), []);
  });

  it("is a violation with a pod on the host network, because its identity is the node's", () => {
    const messages = changed("payer-deployment", ["spec", "template", "spec", "hostNetwork"], true);
    assert.match(messages.join("\n"), /payer's GET \S+ to coruscanthealth is allowed/);
  });
});
