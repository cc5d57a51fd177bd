import assert from "node:assert/strict";
import type { Trust } from "../../packages/policy-config/trust-schema.ts";
import { toolchainOrSkip } from "../toolchain.ts";
import { type Engine, startEngine, violationsIn } from "./engine.ts";

/** All that the program stack.ts declares and uses. */
const PINS: Trust = {
  attestors: [{ name: "projects/signing-project/attestors/attestor", publicKeys: [{ id: "key" }] }],
  unattestedImages: ["registry.k8s.io/*"],
  registries: [{ prefix: "gcr.io/vendor" }],
  projects: [
    { id: "signing-project", roles: ["kms"] },
    { id: "running-project", roles: ["deployer"] },
  ],
  domains: ["example.com"],
  allowedLocations: ["us-central1"],
  senders: ["10.1.0.0/16"],
};

describe("the pack's configuration in a first preview by Pulumi's engine", function () {
  this.timeout(60_000);
  let engine: Engine | undefined;

  before(async function () {
    engine = await startEngine(await toolchainOrSkip(this, { plugins: ["pulumi-resource-gcp"] }), "stack.ts");
  });
  after(() => engine?.close());

  const preview = async (configuration?: object) =>
    (await engine?.preview({ FLAW: "" }, configuration)) ?? [];

  it("without pins, lists in one advisory line what the pack trusts as declared", async () => {
    const [trusted, ...others] = await preview();
    assert.deepEqual(others, []);
    assert.deepEqual(
      [trusted?.policy, trusted?.enforcement, trusted?.message],
      [
        "declarations-trusted",
        "advisory",
        "Trusted as the program declares it, pinned by no policy pack configuration: attestors projects/signing-project/attestors/attestor; unattestedImages registry.k8s.io/*; projects running-project for deployer, signing-project for kms; allowedLocations us-central1; senders 10.1.0.0/16.",
      ],
    );
  });

  it("with pins for all that the program declares, reports nothing", async () => {
    assert.deepEqual(await preview({ trust: PINS }), []);
  });

  const EXEMPT = {
    policy: "mllp-internal-only",
    urn: "urn:pulumi:test::policy::attested-fhir:index:AttestedFhir$kubernetes:core/v1:Service::mllp",
    owner: "interoperability team",
    reason: "moved to an internal address in July",
    expires: "2999-12-31",
  };
  const exempting = (...exempt: readonly object[]) => ({ trust: PINS, exemptions: { exempt } });

  it("with an exemption, reports the exempted violation as an advisory one, and nothing else", async () => {
    const found = await engine?.preview({ FLAW: "a public address" }, exempting(EXEMPT));
    assert.deepEqual(
      found?.map(({ policy, enforcement, message }) => [policy, enforcement, message]),
      [
        [
          EXEMPT.policy,
          "advisory",
          'Exempted until 2999-12-31 (owner: interoperability team; reason: moved to an internal address in July): the annotation networking.gke.io/load-balancer-type is "External", not Internal',
        ],
      ],
    );
  });

  it("with expired, over-broad and unused exemptions, reports each as a mandatory violation, at whatever level", async () => {
    const found = await preview({
      all: "disabled",
      ...exempting({ ...EXEMPT, expires: "2000-01-01" }, { ...EXEMPT, urn: "urn:pulumi:*::*::*::*" }),
    });
    assert.deepEqual(
      found.map(({ policy, enforcement }) => `${policy} ${enforcement}`),
      ["exemptions mandatory", "exemptions mandatory", "exemptions-used mandatory"],
    );
  });

  it("with a selection, evaluates only what is selected, and lists the others in one advisory line", async () => {
    const preview = (selection: object) =>
      engine?.preview({ FLAW: "a default provider" }, { trust: PINS, selection });
    const policies = async (selection: object) =>
      (await preview(selection))?.map(({ policy, enforcement }) => `${policy} ${enforcement}`);
    assert.deepEqual(await policies({ minimumSeverity: "high" }), [
      "selection advisory",
      "no-default-provider mandatory",
    ]);
    assert.deepEqual(await policies({ frameworks: ["CIS GKE Benchmark"] }), ["selection advisory"]);
  });

  it("with narrower pins, reports each difference as a mandatory violation of trust, and nothing else", async () => {
    const narrower = { ...PINS, domains: ["example.org"], projects: PINS.projects?.slice(1) };
    const found = violationsIn(await preview({ trust: narrower }));
    assert.deepEqual(
      [...new Set(found.map(({ policy, enforcement }) => `${policy} ${enforcement}`))],
      ["trust mandatory"],
    );
    assert.ok(
      found.some(
        ({ message }) =>
          message ===
          'viewer grants roles/cloudkms.viewer to "group:auditors@example.com" in member, and the policy pack\'s configuration pins identities and domains example.org',
      ),
    );
    assert.ok(
      found.some(({ message }) => message.startsWith("root declares roles.kms.project signing-project, ")),
    );
  });
});
