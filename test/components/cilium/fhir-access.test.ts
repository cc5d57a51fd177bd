import assert from "node:assert/strict";
import fc from "fast-check";
import { FhirAccess, type FhirAccessArgs } from "../../../components/cilium/fhir-access.ts";
import { egressPolicies, ingressPolicies } from "../../../components/cilium/fhir-policies.ts";
import type { Grant } from "../../../components/cilium/grant.ts";
import { kubernetesObjects, onCluster } from "../fhir/kubernetes.ts";
import { declared, known, type Options, Probe, waitingFor } from "../mocks.ts";
import { BASE, EMPIRE, PAYER, REGISTRATION, SERVER } from "./grants.ts";

const POLICY = "kubernetes:cilium.io/v2:CiliumNetworkPolicy";
const NAMESPACE = { "k8s:io.kubernetes.pod.namespace": "galactic-fhir" };
const KAMINO = { ...SERVER, name: "kamino", port: 8080, basePath: "/fhir", labels: { class: "cloning" } };

const access =
  (args: Partial<FhirAccessArgs> = {}) =>
  (opts: Options) =>
    new FhirAccess(
      "access",
      { namespace: "galactic-fhir", servers: [SERVER], grants: [EMPIRE, PAYER], ...args },
      onCluster(opts),
    );

const DNS = {
  toEndpoints: [
    { matchLabels: { "k8s:io.kubernetes.pod.namespace": "kube-system", "k8s:k8s-app": "kube-dns" } },
  ],
  toPorts: [
    {
      ports: [
        { port: "53", protocol: "UDP" },
        { port: "53", protocol: "TCP" },
      ],
      rules: { dns: [{ matchPattern: "*" }] },
    },
  ],
};

/** Pods of an organisation that are not servers. */
const clients = (org: string, ...classes: string[]) => ({
  matchLabels: { "k8s:org": org },
  matchExpressions: [{ key: "k8s:class", operator: "NotIn", values: classes }],
});

const READING = {
  ports: [{ port: "52773", protocol: "TCP" }],
  rules: {
    http: [
      { method: "GET", path: `${BASE}/Patient/DarthVader` },
      { method: "HEAD", path: `${BASE}/Patient/DarthVader` },
    ],
  },
};

const egress = (org: string) => ({
  description: `What pods of ${org} may ask FHIR servers for`,
  enableDefaultDeny: { egress: true },
  endpointSelector: clients(org, "coruscanthealth"),
  egress: [
    DNS,
    {
      toEndpoints: [{ matchLabels: { ...NAMESPACE, "k8s:class": "coruscanthealth", "k8s:org": "empire" } }],
      toPorts: [READING],
    },
  ],
});

const ingressFrom = (org: string) => {
  const { matchLabels, matchExpressions } = clients(org, "coruscanthealth");
  return {
    fromEndpoints: [{ matchLabels: { ...NAMESPACE, ...matchLabels }, matchExpressions }],
    toPorts: [READING],
  };
};

describe("FhirAccess", () => {
  it("turns the story's grants into the story's policies, and one for the server", async () => {
    const run = await declared(access());
    const named = (name: string) => ({ namespace: "galactic-fhir", name });
    assert.deepEqual(kubernetesObjects(run), {
      [`${POLICY} access-l7-visibility`]: { metadata: named("l7-visibility"), spec: egress("empire") },
      [`${POLICY} access-l7-visibility-payer`]: {
        metadata: named("l7-visibility-payer"),
        spec: egress("payer"),
      },
      [`${POLICY} access-coruscanthealth-ingress`]: {
        metadata: named("coruscanthealth-ingress"),
        spec: {
          description: "Who may ask coruscanthealth, and for what",
          enableDefaultDeny: { ingress: true },
          endpointSelector: { matchLabels: { "k8s:class": "coruscanthealth", "k8s:org": "empire" } },
          ingress: [ingressFrom("empire"), ingressFrom("payer")],
        },
      },
    });
    const names = ["l7-visibility", "l7-visibility-payer", "coruscanthealth-ingress"];
    assert.deepEqual(await known(run.result.policyNames), names);
  });

  it("declares nothing without a grant", async () => {
    const { inputs, result } = await declared(access({ grants: [] }));
    assert.deepEqual(inputs, {});
    assert.deepEqual(await known(result.policyNames), []);
  });

  it("outputs the policies' names only once all are applied", async () => {
    const program = (opts: Options) => new Probe("after", access()(opts).policyNames, opts);
    assert.deepEqual(await waitingFor(POLICY, program), ["after"]);
  });

  it("rejects all invalid grants at once, by grant, key and value", async () => {
    const grants: Grant[] = [
      { ...EMPIRE, id: "Darth Vader", server: "kamino" },
      { ...PAYER, policy: undefined, org: "a_payer" },
    ];
    await assert.rejects(declared(access({ grants, servers: [{ ...SERVER, basePath: "/fhir/" }] })), {
      message: [
        'the server coruscanthealth: basePath "/fhir/" is not a path of letters, digits, _ and -, such as /intersystems/fhir/r5',
        'the grant of Patient/Darth Vader on kamino to empire: id "Darth Vader" is not a FHIR id: 1 to 64 letters, digits, "-" and "."',
        'the grant of Patient/Darth Vader on kamino to empire: server "kamino" is not one of the servers: coruscanthealth',
        'the grant of Patient/DarthVader on coruscanthealth to a_payer: policy is missing, and "fhir-a_payer" is not a valid policy name: lower-case letters, digits, "-" and "."',
      ].join("\n"),
    });
  });

  it("uses Envoy's default RE2 limit where the stack sets none", async () => {
    const long: Grant = { ...EMPIRE, id: "x".repeat(64), interactions: ["history"] };
    await assert.rejects(declared(access({ grants: [long] })), {
      message: /^the grant of Patient\/x{64} .* program would have 107 instructions, .* more than 100$/,
    });
    const { inputs } = await declared(access({ grants: [long], re2ProgramLimit: 107 }));
    assert.equal(Object.keys(inputs).length, 2);
  });
});

describe("The policies of grants", () => {
  const namespace = "galactic-fhir";
  const servers = [SERVER, KAMINO];
  const grants: Grant[] = [
    EMPIRE,
    PAYER,
    REGISTRATION,
    { ...EMPIRE, server: "kamino", interactions: ["history"] },
    { ...EMPIRE, id: "Luke", policy: "l7-luke" },
  ];
  const made = (args: { grants: Grant[]; servers: typeof servers }) => [
    ...egressPolicies({ namespace, ...args }),
    ...ingressPolicies({ namespace, ...args }),
  ];

  it("are the same in whichever order grants and servers are declared", () => {
    const text = JSON.stringify(made({ grants, servers }));
    const shuffled = <T>(items: T[]) => fc.shuffledSubarray(items, { minLength: items.length });
    fc.assert(
      fc.property(shuffled(grants), shuffled(servers), (grants, servers) => {
        assert.equal(JSON.stringify(made({ grants, servers })), text);
      }),
    );
  });

  it("are one for each name and one for each server, of which none selects a server among clients", () => {
    const policies = made({ grants, servers });
    assert.deepEqual(
      policies.map(({ name }) => name),
      [
        "fhir-registration",
        "l7-luke",
        "l7-visibility",
        "l7-visibility-payer",
        "coruscanthealth-ingress",
        "kamino-ingress",
      ],
    );
    for (const { spec } of egressPolicies({ namespace, grants, servers })) {
      assert.deepEqual(spec.endpointSelector.matchExpressions, [
        { key: "k8s:class", operator: "NotIn", values: ["cloning", "coruscanthealth"] },
      ]);
    }
  });

  it("allow as egress to each server exactly what its ingress policy allows", () => {
    const lines = (org: string, port: string, http: { method: string; path: string }[]) =>
      http.map(({ method, path }) => `${org} ${port} ${method} ${path}`);
    const out = egressPolicies({ namespace, grants, servers }).flatMap(({ spec }) =>
      spec.egress.flatMap(({ toPorts }) =>
        toPorts.flatMap(({ ports, rules }) =>
          "http" in rules
            ? lines(spec.endpointSelector.matchLabels["k8s:org"] ?? "", ports[0]?.port ?? "", rules.http)
            : [],
        ),
      ),
    );
    const into = ingressPolicies({ namespace, grants, servers }).flatMap(({ spec }) =>
      spec.ingress.flatMap(({ fromEndpoints, toPorts }) =>
        toPorts.flatMap(({ ports, rules }) => {
          const labels = fromEndpoints[0]?.matchLabels as Record<string, string> | undefined;
          return lines(labels?.["k8s:org"] ?? "", ports[0]?.port ?? "", rules.http);
        }),
      ),
    );
    assert.deepEqual(out.sort(), into.sort());
    assert.ok(out.includes(`registration 52773 PUT ${BASE}/Patient/DarthVader`));
    assert.ok(out.includes("empire 8080 GET /fhir/Patient/DarthVader/_history"));
    assert.equal(out.length, 9);
  });
});
