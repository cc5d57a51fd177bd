import assert from "node:assert/strict";
import { type Configuration, UNCONFIGURED } from "../../../../packages/policy-config/configuration.ts";
import type { Trust } from "../../../../packages/policy-config/trust-schema.ts";
import { TRUST_PROPERTIES } from "../../../../packages/policy-config/trust-schema.ts";
import { type Properties, UNKNOWN } from "../../../../packages/stack-model/property-value.ts";
import { datasetLocationAllowed } from "../../../../policy-pack/policies/healthcare/healthcare-stores.ts";
import { signingKeyProtected } from "../../../../policy-pack/policies/attestation/signing-keys.ts";
import { pinnedPart } from "../../../../policy-pack/policies/trust/declared-pins.ts";
import { declarationPresent } from "../../../../policy-pack/policies/trust/declaration-present.ts";
import { trust } from "../../../../policy-pack/policies/trust/pinned-trust.ts";
import { configured } from "../../judge.ts";
import { resource, root } from "../../resources.ts";

const pinning = (trusted: Trust): Configuration => ({ ...UNCONFIGURED, trust: trusted });
const GRANT = {
  org: "ward",
  resourceType: "Patient",
  id: "example",
  interactions: ["read"],
  server: "hospital",
};
const KMS = { id: "kms-project", roles: ["kms", "note"], serviceAccount: "admin@kms-project.iam.example" };

/** What is pinned, what is declared within it, what is declared beyond it, and the violation. */
const CASES: readonly (readonly [Trust, Properties, Properties, string])[] = [
  [
    { allowedLocations: ["us-central1", "us-east4"] },
    { allowedLocations: ["us-central1"] },
    { allowedLocations: ["us-central1", "asia-east1"] },
    "declares allowedLocations[1] asia-east1, and the policy pack's configuration pins allowedLocations us-central1, us-east4",
  ],
  [
    { systemNamespaces: ["kube-system", "gmp-system"] },
    { systemNamespaces: ["kube-system"] },
    { systemNamespaces: ["kube-system", "default"] },
    "declares systemNamespaces[1] default, and the policy pack's configuration pins systemNamespaces kube-system, gmp-system",
  ],
  [
    { senders: ["10.0.0.0/16"] },
    { senders: ["10.0.1.0/24", "10.0.0.0/16"] },
    { senders: ["10.0.0.0/15"] },
    "declares senders[0] 10.0.0.0/15, and the policy pack's configuration pins senders 10.0.0.0/16",
  ],
  [
    { accessMode: "smart" },
    { accessMode: "smart" },
    { accessMode: "breakGlass" },
    "declares accessMode breakGlass, and the policy pack's configuration pins accessMode smart",
  ],
  [
    { separateDuties: true },
    { separateDuties: true },
    { separateDuties: false },
    "declares separateDuties false, and the policy pack's configuration pins separateDuties true",
  ],
  [
    { grants: [{ org: "ward", id: "example", interactions: ["read", "history"], server: "hospital" }] },
    { grants: [GRANT] },
    { grants: [{ ...GRANT, interactions: ["read", "update"] }] },
    "declares grants[0] (ward: update of Patient/example at hospital), and the policy pack's configuration pins grants ward: read, history of Patient/example at hospital",
  ],
  [
    { grants: [] },
    { grants: [] },
    { grants: [GRANT] },
    "declares grants[0] (ward: read of Patient/example at hospital), and the policy pack's configuration pins no grants",
  ],
  [
    { projects: [KMS] as Trust["projects"] },
    { roles: { kms: { project: KMS.id, serviceAccount: KMS.serviceAccount } } },
    { roles: { kms: { project: "other-project", serviceAccount: KMS.serviceAccount } } },
    "declares roles.kms.project other-project, and the policy pack's configuration pins projects for kms: kms-project",
  ],
  [
    { projects: [KMS] as Trust["projects"] },
    { mergedRoles: [["kms", "note"]] },
    { mergedRoles: [["kms", "deployer"]] },
    "declares mergedRoles[0] kms with deployer, and the policy pack's configuration pins shared roles kms with note",
  ],
  [
    { projects: [KMS] as Trust["projects"] },
    {},
    { roles: { note: { project: KMS.id, serviceAccount: "other@kms-project.iam.example" } } },
    "declares roles.note.serviceAccount other@kms-project.iam.example, and the policy pack's configuration pins service accounts admin@kms-project.iam.example",
  ],
  [
    { registries: [{ prefix: "gcr.io/vendor" }] },
    { imagesToSign: [{ image: "gcr.io/vendor/adapter" }] },
    { imagesToSign: [{ image: "gcr.io/vendor-two/adapter" }] },
    'names "gcr.io/vendor-two/adapter" in imagesToSign[0].image, and the policy pack\'s configuration pins registries gcr.io/vendor',
  ],
];

describe("a declaration, section by section", () => {
  for (const [pins, within, beyond, violation] of CASES) {
    const [section = ""] = violation.split(" and the ");
    it(`passes within what is pinned and without pins, and fails beyond: ${section}`, () => {
      assert.deepEqual(configured(pinning(pins), trust, root(within)), []);
      assert.deepEqual(configured(pinning({}), trust, root(beyond)), []);
      assert.deepEqual(configured(pinning(pins), trust, root(beyond)), [`root: root ${violation}`]);
    });
  }

  it("fails where what is pinned is not known before the update", () => {
    for (const section of ["grants", "allowedLocations", "systemNamespaces", "senders"] as const) {
      assert.deepEqual(configured(pinning({ [section]: [] }), trust, root({ [section]: UNKNOWN })), [
        `root: cannot be evaluated: the declared ${section} is not known before the update, not a list (treated as a violation)`,
      ]);
    }
  });

  it("is pinned by every field of trust that a test above or of the signers has", () => {
    const elsewhere = [
      "enforcementLevels",
      "attestors",
      "signers",
      "unattestedImages",
      "identities",
      "domains",
    ];
    const tested = CASES.flatMap(([pins]) => Object.keys(pins));
    assert.deepEqual(
      Object.keys(TRUST_PROPERTIES).toSorted(),
      [...new Set([...elsewhere, ...tested])].toSorted(),
    );
  });
});

describe("a stack without a root component", () => {
  const verdict = (pins: Trust, ...resources: Parameters<typeof configured>[2][]) =>
    configured(pinning(pins), declarationPresent, ...resources);

  it("passes where nothing is pinned that only a root component declares, and with a root component", () => {
    assert.deepEqual(verdict({}), []);
    assert.deepEqual(verdict({ registries: [], projects: [{ id: "own" }], allowedLocations: [] }), []);
    assert.deepEqual(verdict({ grants: [], separateDuties: true }, root()), []);
  });

  it("fails where the configuration pins what one declares", () => {
    assert.deepEqual(
      verdict({ grants: [], separateDuties: true, projects: [KMS] as Trust["projects"], registries: [] }),
      [
        "stack: the stack has no root component (attested-fhir:index:AttestedFhir), and the policy pack's configuration pins what one declares: the roles of projects, separateDuties, grants",
      ],
    );
  });
});

describe("the part of a declaration that is pinned", () => {
  it("is all that other guardrails go by: a dataset in a location that only the program allows is a violation", () => {
    const dataset = resource(
      "gcp:healthcare/dataset:Dataset",
      { location: "asia-east1" },
      { name: "dataset" },
    );
    const wide = root({ allowedLocations: ["asia-east1", "us-central1"] });
    assert.deepEqual(configured(UNCONFIGURED, datasetLocationAllowed, wide, dataset), []);
    assert.deepEqual(
      configured(pinning({ allowedLocations: ["us-central1"] }), datasetLocationAllowed, wide, dataset),
      ['dataset: location is "asia-east1", not one of the allowed: us-central1'],
    );
  });

  it("is what is pinned itself, where the stack has no root component", () => {
    const dataset = resource("gcp:healthcare/dataset:Dataset", { location: "asia-east1" }, { name: "data" });
    const key = resource(
      "gcp:kms/cryptoKey:CryptoKey",
      { purpose: "ASYMMETRIC_SIGN", versionTemplate: { protectionLevel: "SOFTWARE" } },
      { name: "key", protect: true },
    );
    const pins: Trust = { allowedLocations: ["us-central1"], separateDuties: true };
    assert.deepEqual(configured(pinning(pins), datasetLocationAllowed, dataset), [
      'data: location is "asia-east1", not one of the allowed: us-central1',
    ]);
    assert.equal(configured(pinning(pins), signingKeyProtected, key).length, 1);
    for (const [guardrail, one] of [
      [datasetLocationAllowed, dataset],
      [signingKeyProtected, key],
    ] as const)
      assert.deepEqual(configured(UNCONFIGURED, guardrail, one), []);
  });

  it("has of each grant the interactions that are pinned, and no grant without any", () => {
    const declared = {
      grants: [
        { ...GRANT, interactions: ["read", "update"] as const },
        { ...GRANT, org: "other", interactions: ["read"] as const },
      ],
    };
    assert.deepEqual(
      pinnedPart(declared, {
        grants: [{ org: "ward", id: "example", interactions: ["read"], server: "hospital" }],
      }),
      { grants: [GRANT] },
    );
    assert.deepEqual(pinnedPart(declared, {}), declared);
  });
});
