import {
  ADMISSION_POLICY,
  allowedPatterns,
  propertyAt,
  CLUSTER,
  REPOSITORY,
  type Resource,
  ROOT,
  admissionRules,
  formatValue,
  UNKNOWN,
  type PropertyValue,
  withDeclaration,
} from "@attested-fhir/stack-model";
import { tooBroad } from "@attested-fhir/policy-config";
import { cisGke, googleApiDocs } from "../../frameworks.ts";
import { ADD_DEPENDS_ON, type OrderedGuardrail, type ResourceGuardrail } from "../../guardrail.ts";

/** Guardrails on Binary Authorization: that it is switched on, and that its policy lets nothing slip by. */

export const clusterEnforcesBinaryAuthorization: ResourceGuardrail = {
  kind: "resource",
  name: "cluster-enforces-binary-authorization",
  description: "Every GKE cluster enforces its project's Binary Authorization policy.",
  severity: "critical",
  enforcement: "mandatory",
  framework: cisGke("5.10.4", "Ensure use of Binary Authorization", "CKV_GCP_66"),
  remediation: ["Set binaryAuthorization.evaluationMode of the cluster to PROJECT_SINGLETON_POLICY_ENFORCE."],
  types: [CLUSTER],
  check({ props }, report) {
    const mode = propertyAt(props, "binaryAuthorization", "evaluationMode");
    if (mode === "PROJECT_SINGLETON_POLICY_ENFORCE") return;
    report(
      `binaryAuthorization.evaluationMode is ${formatValue(mode)}, not PROJECT_SINGLETON_POLICY_ENFORCE`,
    );
  },
};

export const admissionPolicyPresent: OrderedGuardrail = {
  kind: "ordered",
  name: "admission-policy-present",
  description:
    "The stack declares a Binary Authorization policy for the project of each of its GKE clusters.",
  severity: "critical",
  enforcement: "mandatory",
  framework: cisGke("5.1.4", "Ensure only trusted container images are used"),
  remediation: [
    "Add a Binary Authorization policy for the cluster's project to the stack, and add it to the cluster's dependsOn.",
  ],
  types: [CLUSTER],
  check(cluster, registered, report) {
    const project = propertyAt(cluster.props, "project");
    if (typeof project !== "string") report(`the cluster's project is ${formatValue(project)}: name it`);
    else if (registered.withKey(governedProject, project).length === 0) {
      report(
        `no Binary Authorization policy of the project ${project} was registered before the cluster, and Google's own allows every image: ${ADD_DEPENDS_ON}`,
      );
    }
  },
};

function governedProject({ type, props }: Resource): readonly string[] {
  const project = type === ADMISSION_POLICY ? propertyAt(props, "project") : undefined;
  return typeof project === "string" ? [project] : [];
}

export const admissionRuleRequiresAttestation: ResourceGuardrail = {
  kind: "resource",
  name: "admission-rule-requires-attestation",
  description:
    "Every admission rule requires attestations, or denies everything, and blocks what it refuses.",
  severity: "critical",
  enforcement: "mandatory",
  framework: googleApiDocs(
    "Binary Authorization API",
    "v1",
    "AdmissionRule",
    "evaluationMode, enforcementMode, requireAttestationsBy",
  ),
  remediation: [
    "Set evaluationMode of the rule to REQUIRE_ATTESTATION (or ALWAYS_DENY).",
    "Set its enforcementMode to ENFORCED_BLOCK_AND_AUDIT_LOG.",
    "Name at least one attestor in requireAttestationsBies, as projects/PROJECT/attestors/ID.",
  ],
  types: [ADMISSION_POLICY],
  check(policy, report) {
    for (const { called, evaluationMode, enforcementMode, attestors } of admissionRules(policy)) {
      if (evaluationMode !== "REQUIRE_ATTESTATION" && evaluationMode !== "ALWAYS_DENY") {
        report(`${called}: evaluationMode is ${formatValue(evaluationMode)}, not REQUIRE_ATTESTATION`);
      }
      if (enforcementMode !== "ENFORCED_BLOCK_AND_AUDIT_LOG") {
        report(
          `${called}: enforcementMode is ${formatValue(enforcementMode)}, not ENFORCED_BLOCK_AND_AUDIT_LOG`,
        );
      }
      if (evaluationMode !== "REQUIRE_ATTESTATION") continue;
      if (attestors.length === 0) report(`${called}: requireAttestationsBies names no attestor`);
      if (attestors.includes(UNKNOWN)) {
        report(`${called}: an attestor in requireAttestationsBies is ${formatValue(UNKNOWN)}: name it`);
      }
    }
  },
};

export const allowListNarrow: OrderedGuardrail = {
  kind: "ordered",
  name: "allow-list-narrow",
  description: "Every pattern that exempts images from attestation says whose images they are.",
  severity: "high",
  enforcement: "mandatory",
  framework: googleApiDocs("Binary Authorization API", "v1", "AdmissionWhitelistPattern", "namePattern"),
  remediation: [
    "Have the image attested instead, if it can be.",
    "Otherwise narrow the pattern to HOST/OWNER/… of a publisher that you trust, or MIRROR/OWNER/… through a mirror.",
    "A registry that one publisher owns as a whole may be named in SOLE_PUBLISHERS (packages/policy-config/image-allow-list.ts).",
  ],
  types: [ADMISSION_POLICY, ROOT, REPOSITORY],
  check(resource, registered, report) {
    if (resource.type === REPOSITORY) {
      const mirror = mirrorName(resource, report);
      if (mirror === undefined) return;
      for (const earlier of registered.ofTypes(ADMISSION_POLICY, ROOT)) {
        for (const { pattern, called } of exemptingPatterns(earlier)) {
          const fault = tooBroad(pattern, [mirror]);
          if (fault !== tooBroad(pattern))
            report(`the pattern "${pattern}" ${called || `of ${earlier.name} `}${fault ?? ""}`);
        }
      }
      return;
    }
    const mirrors = registered.ofTypes(REPOSITORY).flatMap((one) => mirrorName(one) ?? []);
    for (const { pattern, called } of exemptingPatterns(resource, report)) {
      const fault = tooBroad(pattern, mirrors);
      if (fault !== undefined) report(`the pattern "${pattern}" ${called}${fault}`);
    }
  },
};

/** The patterns of images that an admission policy's allow-list or a root component exempts. */
function exemptingPatterns(
  resource: Resource,
  report: (message: string) => void = () => undefined,
): readonly { readonly pattern: string; readonly called: string }[] {
  if (resource.type === ROOT) {
    let images: readonly string[] = [];
    withDeclaration([resource], ["unattestedImages"], report, ({ unattestedImages }) => {
      images = unattestedImages.map(({ image }) => image);
    });
    return images.map((pattern) => ({ pattern, called: "in unattestedImages " }));
  }
  return allowedPatterns(resource).flatMap((pattern) => {
    if (typeof pattern === "string") return [{ pattern, called: "" }];
    report(`a pattern of the allow-list is ${formatValue(pattern)}: name it`);
    return [];
  });
}

/** Modes of a repository that holds what its owner put there, and nothing else; the first is the API's default. */
const OWN: readonly PropertyValue[] = [undefined, "STANDARD_REPOSITORY"];

/** What the images of a mirror begin with; nothing for a repository that is no mirror. */
function mirrorName(
  { props }: Resource,
  report: (message: string) => void = () => undefined,
): string | undefined {
  if (OWN.includes(propertyAt(props, "mode"))) return undefined;
  const [location, project, id] = ["location", "project", "repositoryId"].map((name) =>
    propertyAt(props, name),
  );
  if (typeof location === "string" && typeof project === "string" && typeof id === "string")
    return `${location}-docker.pkg.dev/${project}/${id}/`;
  report("the mirror's location, project or repositoryId is not known: name them");
  return undefined;
}
