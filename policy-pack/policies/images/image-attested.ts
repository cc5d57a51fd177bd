import { parsePinnedImage, payloadMismatch, resourceUri } from "@attested-fhir/attestation";
import {
  ADMISSION_POLICY,
  allowedPatterns,
  propertyAt,
  ATTESTOR,
  CLUSTER,
  HELM_RELEASE,
  readDeclaration,
  listItems,
  type ApplicableRule,
  applicableRules,
  OCCURRENCE,
  type Resource,
  resourceName,
  ROOT,
  formatValue,
  type StackReport,
  UNKNOWN,
  type PropertyValue,
  WORKLOAD_TYPES,
} from "@attested-fhir/stack-model";
import {
  attestorFault,
  exempts,
  keyFault,
  noteFault,
  type Trust,
  unattestedFault,
} from "@attested-fhir/policy-config";
import { cisGke } from "../../frameworks.ts";
import { ADD_DEPENDS_ON, type StackGuardrail } from "../../guardrail.ts";
import { type NonGcpImages, imagesOutsideGcp } from "./non-gcp-clusters.ts";
import { decidingAbout, pinnedImages } from "./deciding-resources.ts";
import { attestationMismatch } from "../attestation/verify-attestation.ts";

const ALLOW_LIST =
  "If no attestor can attest the image, exempt it by a narrow pattern in the allow-list of its cluster's project.";

/** The guardrail that this pack is for: would Binary Authorization admit the image? */
export const imageAttested: StackGuardrail = {
  kind: "stack",
  name: "image-attested",
  description:
    "Every image that runs is attested by all attestors its cluster requires, or is exempted by a name or pattern.",
  severity: "critical",
  enforcement: "mandatory",
  framework: cisGke("5.1.4", "Ensure only trusted container images are used"),
  remediation: [
    "Have every attestor that the admission policy requires attest the image by its digest, before it is deployed.",
    "If no attestor can attest the image, exempt it by a narrow pattern: in the allow-list of its cluster's project, or in unattestedImages where the cluster is outside Google Cloud.",
  ],
  remediationFor(resources) {
    const found = readDeclaration(resources, "layers", "unattestedImages");
    if (!("sections" in found)) return undefined;
    if (found.sections.layers.includes("signing"))
      return ["List the image under the images to sign, with owner and reason.", ALLOW_LIST];
    return imagesOutsideGcp(resources, {}) === undefined
      ? [
          "In the stack that signs images, list the image under the images to sign, with owner and reason, and update that stack.",
          "Copy the new attestation from its outputs to the attestations of this stack.",
          ALLOW_LIST,
        ]
      : [
          "Copy an attestation of the image by an attestor that the stack pins to the attestations of this stack.",
          "If no attestor can attest the image, name it in unattestedImages, by its digest and with the reason.",
        ];
  },
  cannotPrevent:
    "an image that only another cluster of the stack admits: which cluster a provider leads to is not known before it is created",
  before: {
    types: [ROOT, WORKLOAD_TYPES, HELM_RELEASE],
    check(resource, registered, report, { trust }) {
      if (resource.type === ROOT) {
        if (imagesOutsideGcp([resource], trust) === undefined) reportUnattested([resource], report);
        return;
      }
      const images = pinnedImages(resource);
      if (images.length === 0) return;
      const decisive = decidingAbout(images, registered);
      if (!isAttestationRequired(decisive, trust)) return;
      const attests = attestations(decisive, trust, NOT_REGISTERED);
      const outside = imagesOutsideGcp(decisive, trust);
      for (const { called, image } of images) {
        const refusal =
          outside === undefined
            ? refusedByAll(image, applicableRules(resource, decisive), attests, trust)
            : reportOutsideGcp(image, outside, attests);
        if (refusal !== undefined) report(`${called} runs ${image}, ${refusal}`);
      }
    },
  },
  check(resources, report, { trust }) {
    if (!isAttestationRequired(resources, trust)) return;
    const attests = attestations(resources, trust, NOT_SIGNED);
    const outside = imagesOutsideGcp(resources, trust);
    if (outside === undefined) reportUnattested(resources, report);
    for (const workload of resources) {
      for (const { called, image } of pinnedImages(workload)) {
        const refusal =
          outside === undefined
            ? refused(image, applicableRules(workload, resources), attests, trust)
            : reportOutsideGcp(image, outside, attests);
        if (refusal !== undefined) report(`${called} runs ${image}, ${refusal}`, workload);
      }
    }
  },
};

/** What says which images may run, or could: where the stack has none of it and nothing is pinned, any image may. */
const ADMITTING: readonly string[] = [ROOT, ADMISSION_POLICY, CLUSTER, ATTESTOR, OCCURRENCE];

function isAttestationRequired(resources: readonly Resource[], { attestors }: Trust): boolean {
  return attestors !== undefined || resources.some(({ type }) => ADMITTING.includes(type));
}

/** Where Binary Authorization decides, a stack's word lets nothing run, and must not seem to. */
function reportUnattested(resources: readonly Resource[], report: StackReport): void {
  const found = readDeclaration(resources, "unattestedImages");
  if (!("sections" in found)) return;
  for (const { image } of found.sections.unattestedImages) {
    report(
      `unattestedImages names ${image}, but the stack runs images on Google Cloud, where its admission policies decide`,
      resources.find(({ type }) => type === ROOT),
    );
  }
}

function reportOutsideGcp(image: string, outside: NonGcpImages, attests: Attests): string | undefined {
  if (outside.unattestedImages.some((named) => exempts(named.image, image))) return undefined;
  if (outside.unpinnedImages.some((named) => exempts(named.image, image)))
    return "which unattestedImages names, but the pack's configuration does not exempt";
  const { attestors } = outside;
  if (attestors.length === 0) return "which unattestedImages does not name, and the stack pins no attestor";
  for (const { name } of attestors) {
    const fault = attests(name, image);
    if (fault !== undefined)
      return `which unattestedImages does not name, and the attestor ${name} has not attested: ${fault}`;
  }
  return undefined;
}

/** Says why an attestor's attestation of an image is not to be had, or nothing when it is. */
type Attests = (attestor: PropertyValue, image: string) => string | undefined;

function refused(
  image: string,
  applicable: readonly ApplicableRule[],
  attests: Attests,
  trust: Trust,
): string | undefined {
  if (applicable.length === 0) return "to which no Binary Authorization policy of this stack applies";
  for (const { policy, rule } of applicable) {
    if (exempted(policy, image, trust)) continue;
    if (rule.evaluationMode === "ALWAYS_DENY")
      return `which is not on the allow-list, and ${rule.called} denies all others`;
    if (rule.attestors.length === 0) return `for which ${rule.called} requires no attestation`;
    for (const attestor of rule.attestors) {
      const unpinned = attestorFault(trust, attestor);
      if (unpinned !== undefined) return `but ${unpinned}`;
      const fault = attests(attestor, image);
      if (fault !== undefined) return `which the attestor ${named(attestor)} has not attested: ${fault}`;
    }
  }
  return undefined;
}

/** Why no rule admits an image, whichever of them decides. */
function refusedByAll(
  image: string,
  rules: readonly ApplicableRule[],
  attests: Attests,
  trust: Trust,
): string | undefined {
  if (rules.length === 0)
    return `and no Binary Authorization policy was registered before it: ${ADD_DEPENDS_ON}`;
  const refusals = rules.map((rule) => refused(image, [rule], attests, trust));
  return refusals.includes(undefined) ? undefined : refusals[0];
}

function exempted(policy: Resource, image: string, trust: Trust): boolean {
  return allowedPatterns(policy).some(
    (pattern) =>
      typeof pattern === "string" && exempts(pattern, image) && unattestedFault(trust, pattern) === undefined,
  );
}

function named(attestor: PropertyValue): string {
  return typeof attestor === "string" ? attestor : `(${formatValue(attestor)})`;
}

const NOT_SIGNED = "no attestation of it is declared, and this stack does not sign it";
const NOT_REGISTERED = `no attestation of it is declared, and none was registered before it: ${ADD_DEPENDS_ON}`;

/** @param missing what to say of an image that has no attestation at all */
function attestations(resources: readonly Resource[], trust: Trust, missing: string): Attests {
  const given = givenAttestations(resources, trust);
  const signed = signedAttestations(resources, trust);
  return (attestor, image) => {
    const faults = [given(attestor, image), signed(attestor, image)];
    if (faults.includes(undefined)) return undefined;
    return faults.find((fault) => fault !== NONE) ?? missing;
  };
}

const NONE = "none";

/** Attestations that the stack declares, held against the attestor's pinned keys. */
function givenAttestations(resources: readonly Resource[], trust: Trust): Attests {
  const found = readDeclaration(resources, "attestors", "attestations");
  if (!("sections" in found)) return () => NONE;
  const { attestors, attestations } = found.sections;
  return (attestor, image) => {
    const of = attestations.filter((attestation) => attestation.image === image);
    const pinned = attestors.find(({ name }) => name === attestor);
    if (of.length === 0) return NONE;
    if (pinned === undefined)
      return "an attestation of it is declared, but no public key of this attestor is pinned";
    const keys = pinned.publicKeys.filter((key) => keyFault(trust, attestor, key) === undefined);
    const faults = of.map((attestation) => attestationMismatch(attestation, keys));
    return faults.includes(undefined)
      ? undefined
      : `an attestation of it is declared, but ${faults[0] ?? ""}`;
  };
}

/** Attestations that this very stack signs: occurrences attached to the note of an attestor in the stack. */
function signedAttestations(resources: readonly Resource[], trust: Trust): Attests {
  const attestors = resources.filter(({ type }) => type === ATTESTOR);
  const occurrences = resources.filter(({ type }) => type === OCCURRENCE);
  return (name, image) => {
    const attestor = attestors.find((resource) => attestorName(resource) === name);
    const uri = resourceUri(parsePinnedImage(image));
    const of = occurrences.filter(({ props }) => propertyAt(props, "resourceUri") === uri);
    if (attestor === undefined || of.length === 0) return NONE;
    const faults = of.map((occurrence) => occurrenceFault(occurrence, attestor, image, trust));
    return faults.includes(undefined) ? undefined : faults[0];
  };
}

function attestorName({ props }: Resource): PropertyValue {
  return resourceName(propertyAt(props, "name"), propertyAt(props, "project"), "attestors");
}

function occurrenceFault(
  occurrence: Resource,
  attestor: Resource,
  image: string,
  trust: Trust,
): string | undefined {
  const authority = propertyAt(attestor.props, "attestationAuthorityNote");
  const note = resourceName(
    propertyAt(authority, "noteReference"),
    propertyAt(attestor.props, "project"),
    "notes",
  );
  const attached = propertyAt(occurrence.props, "noteName");
  if (typeof note !== "string") return `the attestor's note is ${formatValue(note)}`;
  if (attached !== note)
    return `its occurrence "${occurrence.name}" is attached to the note ${formatValue(attached)}, not to ${note}`;
  const name = attestorName(attestor);
  const keys = listItems(propertyAt(authority, "publicKeys")).filter(
    (key) =>
      keyFault(trust, name, {
        id: propertyAt(key, "id"),
        pem: propertyAt(key, "pkixPublicKey", "publicKeyPem"),
      }) === undefined,
  );
  return (
    noteFault(trust, name, note) ?? signatureFault(propertyAt(occurrence.props, "attestation"), keys, image)
  );
}

/**
 * Verifies what is known. A signature that the update itself still makes may hold only where nothing that is known of
 * its occurrence is wrong: one that is known, and does not hold, has the occurrence refused.
 */
function signatureFault(
  attestation: PropertyValue,
  keys: readonly PropertyValue[],
  image: string,
): string | undefined {
  const payload = propertyAt(attestation, "serializedPayload");
  const signatures = listItems(propertyAt(attestation, "signatures"));
  if (signatures.length === 0) return "its occurrence does not hold: it has no signature";
  const pinned = keys.map((key): PartlyKnownKey => ({
    id: propertyAt(key, "id"),
    pem: propertyAt(key, "pkixPublicKey", "publicKeyPem"),
  }));
  const faults = signatures.map((one) => {
    const keyId = propertyAt(one, "publicKeyId");
    const signature = propertyAt(one, "signature");
    const values: readonly PropertyValue[] = [payload, keyId, signature];
    if (values.includes(UNKNOWN) || pinned.some((key) => mayBe(key, keyId)))
      return knownFault(payload, keyId, pinned, image) ?? UNKNOWN;
    const known = pinned.map(({ id, pem }) => ({ id: text(id), pem: text(pem) }));
    const whole = { image, payload: text(payload), keyId: text(keyId), signature: text(signature) };
    return attestationMismatch(whole, known);
  });
  if (faults.includes(undefined)) return undefined;
  const wrong = faults.find((fault) => typeof fault === "string");
  if (wrong === undefined) return undefined;
  const beyond = faults.includes(UNKNOWN) ? `, and another signature is ${formatValue(UNKNOWN)}` : "";
  return `its occurrence does not hold: ${wrong}${beyond}`;
}

interface PartlyKnownKey {
  readonly id: PropertyValue;
  readonly pem: PropertyValue;
}

/** Whether a key that is not known in full may be the one of an id. */
function mayBe({ id, pem }: PartlyKnownKey, keyId: PropertyValue): boolean {
  return id === UNKNOWN || (pem === UNKNOWN && id === keyId);
}

/** What is wrong already with a signature that is not known in full. */
function knownFault(
  payload: PropertyValue,
  keyId: PropertyValue,
  keys: readonly PartlyKnownKey[],
  image: string,
): string | undefined {
  const mismatch = typeof payload === "string" ? payloadMismatch(decoded(payload), image) : undefined;
  if (mismatch !== undefined) return mismatch;
  if (typeof keyId !== "string" || keys.some(({ id }) => id === UNKNOWN || id === keyId)) return undefined;
  return `its key ${keyId} is none of the attestor's`;
}

function decoded(base64: string): string {
  return Buffer.from(base64, "base64").toString("utf8");
}

function text(value: PropertyValue): string {
  return typeof value === "string" ? value : "";
}
