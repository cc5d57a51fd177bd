import { accessEvaluable } from "./policies/access/access-evaluable.ts";
import { accessEqualsGrants } from "./policies/access/access-equals-grants.ts";
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
} from "./policies/cilium/http-rule-form.ts";
import {
  clusterNodesPrivate,
  controlPlaneNotPublic,
  workloadIdentityOn,
} from "./policies/gke/cluster-hardening.ts";
import { fhirInternalOnly } from "./policies/exposure/fhir-internal.ts";
import { exemptions, exemptionsUsed } from "./policies/exemptions/exemptions.ts";
import { gatewayAsksByGrpc, gatewayFailsClosed, gatewayNormalizesPaths } from "./policies/dicom/gateways.ts";
import { opaBundleSigned, opaDefaultDeny, opaTokenVerified } from "./policies/dicom/opa-policies.ts";
import { dicomBehindGateway } from "./policies/dicom/upstream.ts";
import type { Guardrail } from "./guardrail.ts";
import {
  datasetLocationAllowed,
  hl7v2StoreRejectsDuplicates,
} from "./policies/healthcare/healthcare-stores.ts";
import { grantsKnown } from "./policies/iam/known-grants.ts";
import { noBasicRoles, noProjectWideImpersonation, noPublicMembers } from "./policies/iam/iam-grants.ts";
import { imageAttested } from "./policies/images/image-attested.ts";
import { imagePinnedByDigest } from "./policies/images/image-digest.ts";
import { declarationFirst } from "./policies/declaration/declaration-first.ts";
import { denyAllBothDirections, everyPodPoliced, noWorldToFhir } from "./policies/cilium/isolation.ts";
import { breakGlassNeedsL7, l7NotShadowed } from "./policies/cilium/l7-openings.ts";
import { mllpInternalOnly } from "./policies/exposure/mllp-internal.ts";
import { contentRendered } from "./policies/rendering/content-rendered.ts";
import { attestorsPinned } from "./policies/trust/attestors-pinned.ts";
import { declarationPresent } from "./policies/trust/declaration-present.ts";
import { declarationsTrusted } from "./policies/trust/declarations-trusted.ts";
import { guardrailsNotApplicable } from "./policies/trust/guardrails-not-applicable.ts";
import { trust } from "./policies/trust/pinned-trust.ts";
import { selection } from "./policies/selection/selection.ts";
import { breakGlassLabelRefused, podHardened } from "./policies/kubernetes/pod-security.ts";
import { noDefaultProvider } from "./policies/iam/explicit-providers.ts";
import { dutiesSeparated, rolesHaveDistinctProjects } from "./policies/iam/separation-of-duties.ts";
import {
  onlySignerSigns,
  signingKeyElliptic,
  signingKeyProtected,
} from "./policies/attestation/signing-keys.ts";

const evaluating: readonly Guardrail[] = [
  trust,
  exemptions,
  selection,
  declarationPresent,
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
  grantsKnown,
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
  accessEvaluable,
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
  declarationFirst,
  contentRendered,
  declarationsTrusted,
];

/**
 * Every guardrail of the pack, by subject. Nothing here or below loads Pulumi's policy host, so that a report
 * can look up a guardrail's remedy by its name at no cost.
 */
export const guardrails: readonly Guardrail[] = [
  ...evaluating,
  guardrailsNotApplicable(evaluating),
  opaDefaultDeny,
  opaTokenVerified,
  opaBundleSigned,
  gatewayFailsClosed,
  gatewayAsksByGrpc,
  gatewayNormalizesPaths,
  dicomBehindGateway,
  // The last, when all violations are known.
  exemptionsUsed,
];
