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
