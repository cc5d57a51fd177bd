import { ADMISSION_POLICY, ROOT, STACK } from "../../packages/stack-model/type-tokens.ts";
import type { Shown } from "./host.ts";
import { IMAGE } from "./resources.ts";

/** Resources as the engine sends them to the policy host. */

export const DEPLOYMENT = "kubernetes:apps/v1:Deployment";

export function pod(container: object): Shown {
  const sound = {
    name: "adapter",
    image: IMAGE,
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
  };
  const spec = {
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    containers: [{ ...sound, ...container }],
  };
  return { type: DEPLOYMENT, name: "adapter", props: { spec: { template: { spec } } } };
}

export const STACK_ITSELF: Shown = { type: STACK, name: "policy-test", props: {} };

/** Denies all traffic of all pods in both directions. */
export const CLOSED: Shown = {
  type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
  name: "closed",
  props: { metadata: { name: "closed" }, spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } },
};

/** Allows images by their tags outside Google Cloud, where there is no admission policy. */
export const DECLARED: Shown = {
  type: ROOT,
  name: "root",
  props: {
    roles: {},
    attestors: [],
    attestations: [],
    separateDuties: false,
    fhirServers: [],
    unattestedImages: ["v1", "v2"].map((tag) => ({
      image: `gcr.io/vendor/adapter:${tag}`,
      reason: "A test",
    })),
  },
};
export const ADMISSION: Shown = { type: ADMISSION_POLICY, name: "admission", props: { project: "project" } };
/** Exempts the image of `pod`. */
export const EXEMPTING: Shown = {
  ...ADMISSION,
  props: {
    project: "project",
    admissionWhitelistPatterns: [{ namePattern: IMAGE }],
    defaultAdmissionRule: {
      evaluationMode: "REQUIRE_ATTESTATION",
      enforcementMode: "ENFORCED_BLOCK_AND_AUDIT_LOG",
      requireAttestationsBies: ["projects/project/attestors/attestor"],
    },
  },
};
