import { accessEqualsGrants } from "./policies/access/access.ts";
import { attestationVerifies, attestorKeyStrong } from "./policies/attestation/attestors.ts";
import {
  admissionPolicyPresent,
  admissionRuleRequiresAttestation,
  allowListNarrow,
  clusterEnforcesBinaryAuthorization,
} from "./policies/images/binary-authorization.ts";
import {
  httpPathEscaped,
  httpRegexSize,
  httpRuleNamesMethodAndPath,
  policyHasNamespace,
} from "./policies/cilium/cilium-policies.ts";
import { clusterNodesPrivate, controlPlaneNotPublic, workloadIdentityOn } from "./policies/gke/cluster.ts";
import { fhirInternalOnly } from "./policies/exposure/fhir.ts";
import type { Guardrail } from "./guardrail.ts";
import { datasetLocationAllowed, hl7v2StoreRejectsDuplicates } from "./policies/healthcare/healthcare.ts";
import { noBasicRoles, noProjectWideImpersonation, noPublicMembers } from "./policies/iam/iam.ts";
import { imageAttested } from "./policies/images/image-attested.ts";
import { imagePinnedByDigest } from "./policies/images/images.ts";
import { denyAllBothDirections, everyPodPoliced, noWorldToFhir } from "./policies/cilium/isolation.ts";
import { breakGlassNeedsL7, l7NotShadowed } from "./policies/cilium/layer7.ts";
import { mllpInternalOnly } from "./policies/exposure/mllp.ts";
import { attestorsPinned, trust } from "./policies/trust/pinned-trust.ts";
import { breakGlassLabelRefused, podHardened } from "./policies/kubernetes/pod-security.ts";
import { noDefaultProvider } from "./policies/iam/providers.ts";
import { dutiesSeparated, rolesHaveDistinctProjects } from "./policies/iam/separation.ts";
import { onlySignerSigns, signingKeyElliptic, signingKeyProtected } from "./policies/attestation/signing.ts";

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
