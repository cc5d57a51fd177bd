import assert from "node:assert/strict";
import { toolchainOrSkip } from "../toolchain.ts";
import { type Engine, startEngine } from "./engine.ts";

/** For each flaw of the program: the guardrail that refuses it, how badly, the resource, and the message. */
const FLAWS: readonly (readonly [
  flaw: string,
  policy: string,
  severity: string,
  resource: string,
  message: string,
])[] = [
  [
    "an unsigned image",
    "image-attested",
    "critical",
    "kubernetes:apps/v1:Deployment adapter",
    `container "adapter" runs gcr.io/vendor/adapter@sha256:${"2".repeat(64)}, which the attestor projects/signing-project/attestors/attestor has not attested: no attestation of it is declared, and this stack signs none`,
  ],
  [
    "a tag",
    "image-pinned-by-digest",
    "high",
    "kubernetes:apps/v1:Deployment adapter",
    'container "adapter": the image "gcr.io/vendor/adapter:v1" has the tag "v1", and a tag can be moved to another image: write HOST/NAME@sha256: and 64 hexadecimal digits',
  ],
  [
    "an attestation that nobody signed",
    "attestation-verifies",
    "critical",
    "attested-fhir:index:AttestedFhir root",
    `the attestation of gcr.io/vendor/adapter@sha256:${"2".repeat(64)} does not hold: its payload is not the JSON of a container signature`,
  ],
  [
    "Binary Authorization off",
    "cluster-enforces-binary-authorization",
    "critical",
    "gcp:container/cluster:Cluster cluster",
    'binaryAuthorization.evaluationMode is "DISABLED", not PROJECT_SINGLETON_POLICY_ENFORCE',
  ],
  [
    "a public address",
    "mllp-internal-only",
    "critical",
    "kubernetes:core/v1:Service mllp",
    'the annotation networking.gke.io/load-balancer-type is "External", not Internal',
  ],
  [
    "a default provider",
    "no-default-provider",
    "high",
    "gcp:healthcare/dataset:Dataset dataset",
    "it is made by the default provider of gcp: give it an explicit one",
  ],
];

describe("the pack in a first preview by Pulumi's engine", function () {
  this.timeout(60_000);
  let engine: Engine | undefined;

  before(async function () {
    engine = await startEngine(await toolchainOrSkip(this), "stack.ts");
  });
  after(() => engine?.close());

  it("has nothing against a sound stack", async () => {
    assert.deepEqual(await engine?.preview({ FLAW: "" }), []);
  });

  for (const [flaw, policy, severity, resource, message] of FLAWS) {
    it(`refuses ${flaw}, and nothing else`, async () => {
      assert.deepEqual(await engine?.preview({ FLAW: flaw }), [
        { policy, enforcement: "mandatory", severity, resource, message },
      ]);
    });
  }
});
