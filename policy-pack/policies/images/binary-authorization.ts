import {
  ADMISSION_POLICY,
  allowedPatterns,
  propertyAt,
  CLUSTER,
  REPOSITORY,
  type Resource,
  ROOT,
  admissionRules,
  googleLocation,
  googleProject,
  formatValue,
  type StackReport,
  UNKNOWN,
  type PropertyValue,
  withDeclaration,
} from "@attested-fhir/stack-model";
import { tooBroad } from "@attested-fhir/policy-config";
import { cisGke, googleApiDocs } from "../../frameworks.ts";
import { ADD_DEPENDS_ON, type ResourceGuardrail, type StackGuardrail } from "../../guardrail.ts";

/** Guardrails on Binary Authorization: that it is switched on, and that its policy lets nothing slip by. */

/** The modes in which a cluster enforces its project's policy, with platform policies for audit or without. */
const ENFORCING = [
  "PROJECT_SINGLETON_POLICY_ENFORCE",
  "POLICY_BINDINGS_AND_PROJECT_SINGLETON_POLICY_ENFORCE",
];

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
    if (typeof mode === "string" && ENFORCING.includes(mode)) return;
    report(`binaryAuthorization.evaluationMode is ${formatValue(mode)}, not ${ENFORCING.join(" or ")}`);
  },
};

export const admissionPolicyPresent: StackGuardrail = {
  kind: "stack",
  name: "admission-policy-present",
  description:
    "The stack declares a Binary Authorization policy for the project of each of its GKE clusters.",
  severity: "critical",
  enforcement: "mandatory",
  framework: cisGke("5.1.4", "Ensure only trusted container images are used"),
  remediation: ["Add a Binary Authorization policy for the cluster's project to the stack."],
  cannotPrevent: "nothing: in an update every project is known before its cluster is created",
  before: {
    types: [CLUSTER],
    related: (_cluster, registered) => registered.ofTypes(ADMISSION_POLICY),
    reword: (message) => message.replace(" here, ", ` registered before it (${ADD_DEPENDS_ON}), `),
  },
  check(resources, report) {
    const governed = new Set(resources.filter(({ type }) => type === ADMISSION_POLICY).map(googleProject));
    for (const cluster of resources.filter(({ type }) => type === CLUSTER)) {
      const project = googleProject(cluster);
      if (typeof project !== "string")
        report(
          `project is ${formatValue(project)} on the cluster and its provider, so no Binary Authorization policy of the stack is known to apply: set project`,
          cluster,
        );
      else if (!governed.has(project)) {
        report(
          `the project ${project} has no Binary Authorization policy here, and Google's own allows every image`,
          cluster,
        );
      }
    }
  },
};

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

export const allowListNarrow: StackGuardrail = {
  kind: "stack",
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
  cannotPrevent: "nothing: in an update every pattern is known before its policy is created",
  before: {
    types: [ADMISSION_POLICY, ROOT, REPOSITORY],
    related: (_resource, registered) => registered.ofTypes(ADMISSION_POLICY, ROOT, REPOSITORY),
  },
  check(resources, report) {
    const root = resources.find(({ type }) => type === ROOT);
    const patterns: { pattern: PropertyValue; called: string; resource: Resource | undefined }[] = resources
      .filter(({ type }) => type === ADMISSION_POLICY)
      .flatMap((policy) =>
        allowedPatterns(policy).map((pattern) => ({ pattern, called: "", resource: policy })),
      );
    withDeclaration(resources, ["unattestedImages"], report, ({ unattestedImages }) => {
      for (const { image } of unattestedImages)
        patterns.push({ pattern: image, called: "in unattestedImages ", resource: root });
    });
    const mirrors = patterns.some(({ pattern }) => mayUseMirror(pattern))
      ? mirrorPrefixes(resources, report)
      : [];
    for (const { pattern, called, resource } of patterns) {
      const fault = typeof pattern === "string" ? tooBroad(pattern, mirrors) : undefined;
      if (typeof pattern !== "string")
        report(`a pattern of the allow-list is ${formatValue(pattern)}: name it`, resource);
      else if (fault !== undefined) report(`the pattern ${formatValue(pattern)} ${called}${fault}`, resource);
    }
  },
};

/** Whether a pattern exempts more than one image, and of a registry that may be a mirror of Artifact Registry. */
function mayUseMirror(pattern: PropertyValue): boolean {
  return typeof pattern === "string" && /^[^/]*-docker\.pkg\.dev\/.*\*$/s.test(pattern);
}

/** Modes of a repository that holds what its owner put there, and nothing else; the first is the API's default. */
const OWN: readonly PropertyValue[] = [undefined, "STANDARD_REPOSITORY"];

/** What the images of each mirror in the stack begin with. */
function mirrorPrefixes(resources: readonly Resource[], report: StackReport): readonly string[] {
  const images = resources.filter(
    ({ type, props }) =>
      type === REPOSITORY &&
      !OWN.includes(propertyAt(props, "mode")) &&
      !isOtherFormat(propertyAt(props, "format")),
  );
  return images.flatMap((mirror) => {
    const id = propertyAt(mirror.props, "repositoryId");
    const [location, project] = [googleLocation(mirror), googleProject(mirror)];
    if (typeof location === "string" && typeof project === "string" && typeof id === "string")
      return [`${location}-docker.pkg.dev/${project}/${id}/`];
    report("the mirror's location, project or repositoryId is not known: name them", mirror);
    return [];
  });
}

/** Formats of a repository without images of containers. */
const NOT_IMAGES = /^(?:NPM|MAVEN|PYTHON|APT|YUM|GO|KFP|GENERIC)$/i;

function isOtherFormat(format: PropertyValue): boolean {
  return typeof format === "string" && NOT_IMAGES.test(format);
}
