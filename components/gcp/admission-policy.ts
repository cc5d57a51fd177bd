import * as pulumi from "@pulumi/pulumi";
import { Policy } from "@pulumi/gcp/binaryauthorization/policy.js";

export interface AdmissionPolicyArgs {
  /** The project of the role deployer, its APIs enabled. */
  project: pulumi.Input<string>;
  /** The attestors whose attestations every image needs, `projects/PROJECT/attestors/ID`; all of them. */
  attestors: readonly pulumi.Input<string>[];
  /** Images that need no attestation, as patterns: `gcr.io/google-containers/*`. */
  allowList: readonly pulumi.Input<string>[];
  /** Whether Google's own policy for the system images of GKE is evaluated first. */
  globalPolicyEvaluation: boolean;
  /** Attestors of single clusters, by `LOCATION.CLUSTER`; such a cluster follows its rule instead of the default. */
  clusterAttestors?: Readonly<Record<string, readonly pulumi.Input<string>[]>> | undefined;
}

/**
 * The project's Binary Authorization policy: an image is attested or matched by the allow-list, everything
 * else is blocked and logged. A project has one policy, which this resource manages.
 *
 * Source: Binary Authorization API v1 `projects.updatePolicy`; the tutorial's policy.yaml.
 *
 * @throws ResourceError when a rule names no attestor: Google would reject it.
 */
export class AdmissionPolicy extends pulumi.ComponentResource {
  /** The project's id, known to resources only once the policy is in force. */
  declare readonly enforced: pulumi.Output<string>;

  constructor(name: string, args: AdmissionPolicyArgs, opts: pulumi.ComponentResourceOptions) {
    super("attested-fhir:gcp:AdmissionPolicy", name, args, opts);
    const policy = new Policy(
      `${name}-policy`,
      {
        project: args.project,
        globalPolicyEvaluationMode: args.globalPolicyEvaluation ? "ENABLE" : "DISABLE",
        admissionWhitelistPatterns: args.allowList.map((namePattern) => ({ namePattern })),
        defaultAdmissionRule: this.rule(args.attestors),
        clusterAdmissionRules: Object.entries(args.clusterAttestors ?? {}).map(([cluster, attestors]) => ({
          cluster,
          ...this.rule(attestors),
        })),
      },
      { parent: this },
    );
    this.enforced = policy.project;
    this.registerOutputs({ enforced: this.enforced });
  }

  private rule(attestors: readonly pulumi.Input<string>[]) {
    if (attestors.length === 0)
      throw new pulumi.ResourceError("a rule names no attestor: at least one is required", this);
    return {
      evaluationMode: "REQUIRE_ATTESTATION",
      enforcementMode: "ENFORCED_BLOCK_AND_AUDIT_LOG",
      requireAttestationsBies: [...attestors],
    };
  }
}
