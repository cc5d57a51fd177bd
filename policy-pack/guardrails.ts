import { accessEqualsGrants } from "./access.ts";
import { attestationVerifies, attestorKeyStrong } from "./attestors.ts";
import {
  admissionPolicyPresent,
  admissionRuleRequiresAttestation,
  allowListNarrow,
  clusterEnforcesBinaryAuthorization,
} from "./binary-authorization.ts";
import {
  httpPathEscaped,
  httpRegexSize,
  httpRuleNamesMethodAndPath,
  policyHasNamespace,
} from "./cilium-policies.ts";
import { clusterNodesPrivate, controlPlaneNotPublic, workloadIdentityOn } from "./cluster.ts";
import { fhirInternalOnly } from "./fhir.ts";
import type { Guardrail } from "./guardrail.ts";
import { datasetLocationAllowed, hl7v2StoreRejectsDuplicates } from "./healthcare.ts";
import { noBasicRoles, noProjectWideImpersonation, noPublicMembers } from "./iam.ts";
import { imageAttested } from "./image-attested.ts";
import { imagePinnedByDigest } from "./images.ts";
import { denyAllBothDirections, everyPodPoliced, noWorldToFhir } from "./isolation.ts";
import { breakGlassNeedsL7, l7NotShadowed } from "./layer7.ts";
import { mllpInternalOnly } from "./mllp.ts";
import { attestorsPinned, trust } from "./pinned-trust.ts";
import { breakGlassLabelRefused, podHardened } from "./pod-security.ts";
import { noDefaultProvider } from "./providers.ts";
import { dutiesSeparated, rolesHaveDistinctProjects } from "./separation.ts";
import { onlySignerSigns, signingKeyElliptic, signingKeyProtected } from "./signing.ts";

/**
 * Every guardrail of the pack, by subject. Nothing here or below loads Pulumi's policy host, so that a report
 * can look up a guardrail's remedy by its name at no cost.
 */
export const guardrails: readonly Guardrail[] = [
  trust,
  attestorsPinned,
  clusterEnforcesBinaryAuthorization,
  admissionPolicyPresent,
  admissionRuleRequiresAttestation,
  allowListNarrow,
  imagePinnedByDigest,
  imageAttested,
  breakGlassLabelRefused,
  attestationVerifies,
  attestorKeyStrong,
  signingKeyElliptic,
  signingKeyProtected,
  onlySignerSigns,
  rolesHaveDistinctProjects,
  dutiesSeparated,
  noPublicMembers,
  noBasicRoles,
  noProjectWideImpersonation,
  noDefaultProvider,
  datasetLocationAllowed,
  hl7v2StoreRejectsDuplicates,
  mllpInternalOnly,
  fhirInternalOnly,
  clusterNodesPrivate,
  controlPlaneNotPublic,
  workloadIdentityOn,
  podHardened,
  accessEqualsGrants,
  denyAllBothDirections,
  everyPodPoliced,
  noWorldToFhir,
  l7NotShadowed,
  breakGlassNeedsL7,
  httpRuleNamesMethodAndPath,
  httpPathEscaped,
  httpRegexSize,
  policyHasNamespace,
];
