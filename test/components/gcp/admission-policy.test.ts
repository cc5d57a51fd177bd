import assert from "node:assert/strict";
import { AdmissionPolicy, type AdmissionPolicyArgs } from "../../../components/gcp/admission-policy.ts";
import { declared, known, type Options, Probe, waitingFor } from "../mocks.ts";

const ATTESTOR = "projects/attestor-project/attestors/attestor-id";

const policy =
  (args: Partial<AdmissionPolicyArgs> = {}) =>
  (opts: Options) =>
    new AdmissionPolicy(
      "admission",
      {
        project: "deployer-project",
        attestors: [ATTESTOR],
        allowList: ["gcr.io/google-containers/*"],
        globalPolicyEvaluation: true,
        ...args,
      },
      opts,
    );

const RULE = {
  evaluationMode: "REQUIRE_ATTESTATION",
  enforcementMode: "ENFORCED_BLOCK_AND_AUDIT_LOG",
  requireAttestationsBies: [ATTESTOR],
};

describe("AdmissionPolicy", () => {
  it("blocks every image that is neither attested nor in the allow-list", async () => {
    const { inputs, result } = await declared(policy());
    assert.deepEqual(inputs, {
      "gcp:binaryauthorization/policy:Policy admission-policy": {
        project: "deployer-project",
        globalPolicyEvaluationMode: "ENABLE",
        admissionWhitelistPatterns: [{ namePattern: "gcr.io/google-containers/*" }],
        defaultAdmissionRule: RULE,
        clusterAdmissionRules: [],
      },
    });
    assert.equal(await known(result.enforced), "deployer-project");
  });

  it("evaluates Google's own policy only where the stack says so", async () => {
    const { resource } = await declared(policy({ globalPolicyEvaluation: false }));
    assert.equal(resource("admission-policy").inputs.globalPolicyEvaluationMode, "DISABLE");
  });

  it("gives single clusters a rule of the same strictness", async () => {
    const other = "projects/attestor-project/attestors/other";
    const { resource } = await declared(
      policy({ clusterAttestors: { "us-central1-a.cluster": [ATTESTOR, other] } }),
    );
    assert.deepEqual(resource("admission-policy").inputs.clusterAdmissionRules, [
      { cluster: "us-central1-a.cluster", ...RULE, requireAttestationsBies: [ATTESTOR, other] },
    ]);
  });

  for (const [what, args] of Object.entries({
    "its default rule": { attestors: [] },
    "a cluster's rule": { clusterAttestors: { "us-central1-a.cluster": [] } },
  })) {
    it(`rejects ${what} without an attestor`, async () => {
      await assert.rejects(declared(policy(args)), {
        message: "a rule names no attestor: at least one is required",
      });
    });
  }

  it("outputs the project only once the policy is in force", async () => {
    const program = (opts: Options) => new Probe("cluster", policy()(opts).enforced, opts);
    assert.deepEqual(await waitingFor("gcp:binaryauthorization/policy:Policy", program), ["cluster"]);
  });
});
