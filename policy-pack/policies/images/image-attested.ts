import { pinnedImage, resourceUri } from "@attested-fhir/attestation";
import {
  allowListOf,
  at,
  ATTESTOR,
  declared,
  faultOf,
  items,
  type Judge,
  judgesOf,
  OCCURRENCE,
  type Resource,
  resourceName,
  ROOT,
  runningImagesOf,
  said,
  type StackReport,
  UNKNOWN,
  type Value,
} from "@attested-fhir/stack-model";
import {
  attestorFault,
  exempts,
  keyFault,
  noteFault,
  type Trust,
  unattestedFault,
} from "@attested-fhir/policy-config";
import { cisGke } from "../../framework.ts";
import type { StackGuardrail } from "../../guardrail.ts";
import { type Outside, outsideOf } from "./outside.ts";
import { declaredFault } from "../attestation/pinned-keys.ts";

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
    "In the signing stack, list the image under the images to sign, with owner and reason, and run it.",
    "In a stack that only runs images, take the new attestation over from the signing stack's outputs.",
    "If no attestor can attest the image, exempt it by a narrow pattern: in the allow-list of its cluster's project, or in unattestedImages where the cluster is outside Google Cloud.",
  ],
  check(resources, report, { trust }) {
    const attests = attestations(resources, trust);
    const outside = outsideOf(resources, trust);
    if (outside === undefined) refuseUnattested(resources, report);
    for (const bearer of resources) {
      for (const { called, image } of pinnedImagesOf(bearer)) {
        const refusal =
          outside === undefined
            ? refused(image, judgesOf(bearer, resources), attests, trust)
            : refusedOutside(image, outside, attests);
        if (refusal !== undefined) report(`${called} runs ${image}, ${refusal}`, bearer);
      }
    }
  },
};

/** The images that a resource runs; those that are not pinned are the business of image-pinned-by-digest. */
function pinnedImagesOf(bearer: Resource): readonly { readonly called: string; readonly image: string }[] {
  return runningImagesOf(bearer).flatMap(({ called, image }) =>
    typeof image === "string" && faultOf(() => pinnedImage(image)) === undefined ? [{ called, image }] : [],
  );
}

/** Where Binary Authorization decides, a stack's word lets nothing run, and must not seem to. */
function refuseUnattested(resources: readonly Resource[], report: StackReport): void {
  const found = declared(resources, "unattestedImages");
  if (!("sections" in found)) return;
  for (const { image } of found.sections.unattestedImages) {
    report(
      `unattestedImages names ${image}, but the stack runs images on Google Cloud, where its admission policies decide`,
      resources.find(({ type }) => type === ROOT),
    );
  }
}

function refusedOutside(image: string, outside: Outside, attests: Attests): string | undefined {
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
type Attests = (attestor: Value, image: string) => string | undefined;

function refused(
  image: string,
  judges: readonly Judge[],
  attests: Attests,
  trust: Trust,
): string | undefined {
  if (judges.length === 0) return "to which no Binary Authorization policy of this stack applies";
  for (const { policy, rule } of judges) {
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

function exempted(policy: Resource, image: string, trust: Trust): boolean {
  return allowListOf(policy).some(
    (pattern) =>
      typeof pattern === "string" && exempts(pattern, image) && unattestedFault(trust, pattern) === undefined,
  );
}

function named(attestor: Value): string {
  return typeof attestor === "string" ? attestor : `(${said(attestor)})`;
}

function attestations(resources: readonly Resource[], trust: Trust): Attests {
  const given = givenAttestations(resources, trust);
  const signed = signedAttestations(resources, trust);
  return (attestor, image) => {
    const faults = [given(attestor, image), signed(attestor, image)];
    if (faults.includes(undefined)) return undefined;
    return (
      faults.find((fault) => fault !== NONE) ?? "no attestation of it is declared, and this stack signs none"
    );
  };
}

const NONE = "none";

/** Attestations that the stack declares, held against the attestor's pinned keys. */
function givenAttestations(resources: readonly Resource[], trust: Trust): Attests {
  const found = declared(resources, "attestors", "attestations");
  if (!("sections" in found)) return () => NONE;
  const { attestors, attestations } = found.sections;
  return (attestor, image) => {
    const of = attestations.filter((attestation) => attestation.image === image);
    const pinned = attestors.find(({ name }) => name === attestor);
    if (of.length === 0) return NONE;
    if (pinned === undefined)
      return "an attestation of it is declared, but no public key of this attestor is pinned";
    const keys = pinned.publicKeys.filter((key) => keyFault(trust, attestor, key) === undefined);
    const faults = of.map((attestation) => declaredFault(attestation, keys));
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
    const uri = resourceUri(pinnedImage(image));
    const of = occurrences.filter(({ props }) => at(props, "resourceUri") === uri);
    if (attestor === undefined || of.length === 0) return NONE;
    const faults = of.map((occurrence) => occurrenceFault(occurrence, attestor, image, trust));
    return faults.includes(undefined) ? undefined : faults[0];
  };
}

function attestorName({ props }: Resource): Value {
  return resourceName(at(props, "name"), at(props, "project"), "attestors");
}

function occurrenceFault(
  occurrence: Resource,
  attestor: Resource,
  image: string,
  trust: Trust,
): string | undefined {
  const authority = at(attestor.props, "attestationAuthorityNote");
  const note = resourceName(at(authority, "noteReference"), at(attestor.props, "project"), "notes");
  const attached = at(occurrence.props, "noteName");
  if (typeof note !== "string") return `the attestor's note is ${said(note)}`;
  if (attached !== note)
    return `its occurrence "${occurrence.name}" is attached to the note ${said(attached)}, not to ${note}`;
  const name = attestorName(attestor);
  const keys = items(at(authority, "publicKeys")).filter(
    (key) =>
      keyFault(trust, name, { id: at(key, "id"), pem: at(key, "pkixPublicKey", "publicKeyPem") }) ===
      undefined,
  );
  return noteFault(trust, name, note) ?? signatureFault(at(occurrence.props, "attestation"), keys, image);
}

/** Verifies what is already known; what the update itself still has to sign was just asked for in this stack. */
function signatureFault(attestation: Value, keys: readonly Value[], image: string): string | undefined {
  const payload = at(attestation, "serializedPayload");
  const signatures = items(at(attestation, "signatures"));
  const parts: readonly Value[] = [
    payload,
    ...signatures.flatMap((one): Value[] => [at(one, "publicKeyId"), at(one, "signature")]),
    ...keys.flatMap((key): Value[] => [at(key, "id"), at(key, "pkixPublicKey", "publicKeyPem")]),
  ];
  if (parts.includes(UNKNOWN)) return undefined;
  const pinned = keys.map((key) => ({
    id: text(at(key, "id")),
    pem: text(at(key, "pkixPublicKey", "publicKeyPem")),
  }));
  const faults = signatures.map((one) => {
    const [keyId, signature] = [text(at(one, "publicKeyId")), text(at(one, "signature"))];
    return declaredFault({ image, payload: text(payload), keyId, signature }, pinned);
  });
  if (faults.includes(undefined)) return undefined;
  return `its occurrence does not hold: ${faults[0] ?? "it bears no signature"}`;
}

function text(value: Value): string {
  return typeof value === "string" ? value : "";
}
