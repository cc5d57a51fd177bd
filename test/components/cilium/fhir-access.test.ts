import assert from "node:assert/strict";
import { FhirAccess, type FhirAccessArgs } from "../../../components/cilium/fhir-access.ts";
import type { Grant } from "../../../components/cilium/grant.ts";
import { declared, known, type Options } from "../mocks.ts";

const BASE = "/intersystems/fhir/r5";
const SERVER = {
  name: "coruscanthealth",
  port: 52_773,
  basePath: BASE,
  labels: { org: "empire", class: "coruscanthealth" },
};
const EMPIRE: Grant = {
  org: "empire",
  resourceType: "Patient",
  id: "DarthVader",
  interactions: ["read"],
  server: "coruscanthealth",
  policy: "l7-visibility",
};
const PAYER: Grant = { ...EMPIRE, org: "payer", policy: "l7-visibility-payer" };
const REGISTRATION: Grant = { ...EMPIRE, org: "registration", interactions: ["update"], policy: undefined };

const access =
  (grants: readonly Grant[], args: Partial<FhirAccessArgs> = {}) =>
  (opts: Options) =>
    new FhirAccess("access", { namespace: "galactic-fhir", servers: [SERVER], grants, ...args }, opts);

interface Policy {
  metadata: { namespace: string };
  spec: {
    endpointSelector: { matchLabels: Record<string, string>; matchExpressions?: unknown[] };
    egress?: { toPorts: { rules: { http?: unknown[] } }[] }[];
    ingress?: {
      fromEndpoints: { matchLabels: Record<string, string> }[];
      toPorts: { rules: { http: unknown[] } }[];
    }[];
  };
}

async function policies(grants: readonly Grant[]): Promise<Record<string, Policy>> {
  const { inputs } = await declared(access(grants));
  const byName = Object.entries(inputs).map(([key, policy]) => [key.replace(/^.* access-/, ""), policy]);
  return Object.fromEntries(byName) as Record<string, Policy>;
}

describe("FhirAccess", () => {
  it("has no policy without a grant", async () => {
    assert.deepEqual(await policies([]), {});
  });

  it("makes the story's policies by their names, and one for the server", async () => {
    assert.deepEqual(Object.keys(await policies([PAYER, EMPIRE])).sort(), [
      "coruscanthealth-ingress",
      "l7-visibility",
      "l7-visibility-payer",
    ]);
    const { result } = await declared(access([EMPIRE]));
    assert.deepEqual(await known(result.policyNames), ["l7-visibility", "coruscanthealth-ingress"]);
  });

  it("names the very requests in both directions", async () => {
    const made = await policies([EMPIRE]);
    const rules = [
      { method: "GET", path: `${BASE}/Patient/DarthVader` },
      { method: "HEAD", path: `${BASE}/Patient/DarthVader` },
    ];
    assert.deepEqual(made["l7-visibility"]?.spec.egress?.[1]?.toPorts[0]?.rules.http, rules);
    assert.deepEqual(made["coruscanthealth-ingress"]?.spec.ingress?.[0]?.toPorts[0]?.rules.http, rules);
  });

  it("lets registration put exactly its record", async () => {
    const made = await policies([REGISTRATION]);
    assert.deepEqual(made["fhir-registration"]?.spec.egress?.[1]?.toPorts[0]?.rules.http, [
      { method: "PUT", path: `${BASE}/Patient/DarthVader` },
    ]);
  });

  it("never selects the server among its clients, though it is of the same organisation", async () => {
    const selector = (await policies([EMPIRE]))["l7-visibility"]?.spec.endpointSelector;
    assert.deepEqual(selector, {
      matchLabels: { "k8s:org": "empire" },
      matchExpressions: [{ key: "k8s:class", operator: "NotIn", values: ["coruscanthealth"] }],
    });
  });

  it("puts every policy into the namespace", async () => {
    for (const { metadata } of Object.values(await policies([EMPIRE, PAYER, REGISTRATION]))) {
      assert.equal(metadata.namespace, "galactic-fhir");
    }
  });

  it("is the same whatever the order of the grants", async () => {
    assert.deepEqual(
      await policies([EMPIRE, PAYER, REGISTRATION]),
      await policies([REGISTRATION, PAYER, EMPIRE]),
    );
  });

  const refused: readonly (readonly [string, Grant, RegExp])[] = [
    ["an id that is none of FHIR's", { ...EMPIRE, id: "Darth Vader" }, /id "Darth Vader" is not a FHIR id/],
    [
      "a server that is not there",
      { ...EMPIRE, server: "kamino" },
      /server "kamino" is not one of the servers: coruscanthealth/,
    ],
    ["a grant of nothing", { ...EMPIRE, interactions: [] }, /interactions \[\] is empty/],
    [
      "a path that Envoy would refuse",
      { ...EMPIRE, id: "x".repeat(64), resourceType: "MedicationAdministration" },
      /Envoy takes no policy with more than 100/,
    ],
  ];
  for (const [what, grant, message] of refused) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(declared(access([grant])), { message });
    });
  }
});
