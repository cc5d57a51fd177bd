import assert from "node:assert/strict";
import { toolchainOrSkip } from "../toolchain.ts";
import { type Engine, startEngine, violationsIn } from "./engine.ts";

/** A flaw of a program, the guardrail that it violates, the severity, the resource, and the message. */
type Flaw = readonly [flaw: string, policy: string, severity: string, resource: string, message: string];

const MISSING =
  "no attestation of it is declared, and none was registered before it: where the program declares it, add it to dependsOn";

const ADAPTER: readonly Flaw[] = [
  [
    "an unsigned image",
    "image-attested",
    "critical",
    "kubernetes:apps/v1:Deployment adapter",
    `container "adapter" runs gcr.io/vendor/adapter@sha256:${"2".repeat(64)}, which the attestor projects/signing-project/attestors/attestor has not attested: ${MISSING}`,
  ],
  [
    "a tag",
    "image-pinned-by-digest",
    "high",
    "kubernetes:apps/v1:Deployment adapter",
    'container "adapter": the image "gcr.io/vendor/adapter:v1" has the tag "v1", and a tag can be moved to another image: write HOST/NAME@sha256: and 64 hexadecimal digits',
  ],
  [
    "an unsigned attestation",
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
    'binaryAuthorization.evaluationMode is "DISABLED", not PROJECT_SINGLETON_POLICY_ENFORCE or POLICY_BINDINGS_AND_PROJECT_SINGLETON_POLICY_ENFORCE',
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
    "provider is the default provider of gcp, not an explicit one",
  ],
];

const QUAY = "us-central1-docker.pkg.dev/fhir-project/quay";
const FHIR: readonly Flaw[] = [
  [
    "an unsigned image of Cilium",
    "image-attested",
    "critical",
    "kubernetes:helm.sh/v3:Release cilium",
    `values.hubble.relay.image.override runs ${QUAY}/another/hubble-relay@sha256:33fca7776fc3d7b2abe08873319353806dc1c5e07e12011d7da4da05f836ce8d, which the attestor projects/signing-project/attestors/attestor has not attested: ${MISSING}`,
  ],
  [
    "values in a file",
    "image-pinned-by-digest",
    "high",
    "kubernetes:helm.sh/v3:Release cilium",
    "valueYamlFiles may name images that cannot be checked: pass their content as values",
  ],
  [
    "a whole mirror exempt",
    "allow-list-narrow",
    "high",
    "gcp:artifactregistry/repository:Repository mirror-quay",
    `policy-policy: the pattern "${QUAY}/**" exempts the images of every owner that the mirror has: name one, ${QUAY}/OWNER/`,
  ],
  [
    "a node's port",
    "fhir-internal-only",
    "critical",
    "kubernetes:core/v1:Service fhir",
    'type is "NodePort", not ClusterIP or LoadBalancer',
  ],
  [
    "more than is granted",
    "access-equals-grants",
    "critical",
    "kubernetes:apps/v1:Deployment fhir",
    "another pod of ward's GET /fhir/r5/Patient/example/_history to fhir is allowed: on its way out CiliumNetworkPolicy records/fhir-ward allows it by spec.egress[1].toPorts[0].rules.http[2]; on its way in CiliumNetworkPolicy records/fhir-ingress allows it by spec.ingress[0].toPorts[0].rules.http[2]. No grant says so, and so for 1 other request; the same holds for a pod with org=ward in records",
  ],
];

for (const [stack, program, flaws] of [
  ["the MLLP adapter", "stack.ts", ADAPTER],
  ["FHIR on Cilium", "fhir.ts", FHIR],
] as const) {
  describe(`the pack in a first preview of ${stack} by Pulumi's engine`, function () {
    this.timeout(60_000);
    let engine: Engine | undefined;

    before(async function () {
      engine = await startEngine(await toolchainOrSkip(this, { plugins: ["pulumi-resource-gcp"] }), program);
    });
    after(() => engine?.close());

    it("reports no violation in a compliant stack", async () => {
      assert.deepEqual(violationsIn(await engine?.preview({ FLAW: "" })), []);
    });

    for (const [flaw, policy, severity, resource, message] of flaws) {
      it(`reports ${flaw}, and nothing else`, async () => {
        assert.deepEqual(violationsIn(await engine?.preview({ FLAW: flaw })), [
          { policy, enforcement: "mandatory", severity, resource, message },
        ]);
      });
    }
  });
}
