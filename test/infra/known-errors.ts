import type { Data } from "./stacks.ts";

/** One error in the tutorial's stack: the changes, and the resulting line of the message. */
export interface KnownError {
  readonly what: string;
  readonly changes: Data;
  readonly line: string;
}

const DIGEST = "sha256:231b073df13db0c65e57b0e1d526ab6816a73c37262e25c18bcca99bf4b4b185";
const IMAGE = "gcr.io/cloud-healthcare-containers/mllp-adapter";
const WANTED = "write HOST/NAME@sha256: and 64 hexadecimal digits";
const KEYS =
  "layers, separateDuties, projects, mergedRoles, allowedLocations, signingKey, note, attestor, signer, images, " +
  "attestors, attestations, admissionPolicy, deployerCluster, customerManagedKeys, hl7v2Store, mllpAdapter, " +
  "fhirCluster, cilium, fhirServer, clientImage, fhirClients, fhirRecords, denyAll, flowVisibility, grants, " +
  "accessMode, breakGlass, smart, unattestedImages, dicom, requiredLabels, endpoints";

/** Independent errors of different keys. */
export const KNOWN_ERRORS: readonly KnownError[] = [
  {
    what: "an unknown key near a known one",
    changes: { attestorr: "x" },
    line: 'attestorr = "x": is an unknown key: did you mean attestor?',
  },
  {
    what: "an unknown key like no other",
    changes: { zebra: true },
    line: `zebra = true: is an unknown key: the keys are ${KEYS}`,
  },
  {
    what: "an unknown key within a key",
    changes: { "deployerCluster.nodePerZone": 3 },
    line: "deployerCluster.nodePerZone = 3: is an unknown key: did you mean nodesPerZone?",
  },
  {
    what: "an unknown role",
    changes: { "projects.attester": { id: "attester-proj" } },
    line: 'projects.attester = {"id":"attester-proj"}: is an unknown key: did you mean attestor?',
  },
  {
    what: "a missing project role",
    changes: { "projects.attestation": undefined },
    line: "projects.attestation: is missing: the layer signing needs a project for this role",
  },
  {
    what: "a project without an id",
    changes: { "projects.kms.id": undefined },
    line: "projects.kms.id: is missing: give a project id: 6 to 30 lowercase letters, digits and hyphens, a letter first and no hyphen last",
  },
  {
    what: "a malformed project id",
    changes: { "projects.deployer.id": "Deployer_Project" },
    line: 'projects.deployer.id = "Deployer_Project": is not a project id: 6 to 30 lowercase letters, digits and hyphens, a letter first and no hyphen last',
  },
  {
    what: "two roles that share a project and are not merged by name",
    changes: { "projects.attestor.id": "hl7v2-proj-id" },
    line: 'projects.attestor.id = "hl7v2-proj-id": is the project of hl7v2 too: give each role its own, or name both in mergedRoles',
  },
  {
    what: "a malformed project number",
    changes: { "projects.note.number": "note-proj-id" },
    line: 'projects.note.number = "note-proj-id": is not a project number: digits only, as the project\'s dashboard shows it',
  },
  {
    what: "a malformed service account",
    changes: { "projects.hl7v2.serviceAccount": "someone@example.com" },
    line: 'projects.hl7v2.serviceAccount = "someone@example.com": is not a service account: ACCOUNT@PROJECT_ID.iam.gserviceaccount.com',
  },
  {
    what: "a malformed region",
    changes: { "signingKey.location": "us-central-1" },
    line: 'signingKey.location = "us-central-1": is not a region or one of us, eu, europe, asia, global: did you mean us-central1?',
  },
  {
    what: "a malformed zone",
    changes: { "deployerCluster.location": "us-central-1-a" },
    line: 'deployerCluster.location = "us-central-1-a": is not a region or zone: did you mean us-central1-a?',
  },
  {
    what: "an image to sign with a tag",
    changes: { "images[0].image": `${IMAGE}:latest` },
    line: `images[0].image = "${IMAGE}:latest": has the tag "latest", and a tag can be moved to another image: ${WANTED}`,
  },
  {
    what: "an image to sign without an owner",
    changes: { "images[0].owner": undefined },
    line: "images[0].owner: is missing: name who is responsible for the image",
  },
  {
    what: "an adapter's image without a digest",
    changes: { "mllpAdapter.image": IMAGE },
    line: `mllpAdapter.image = "${IMAGE}": has no digest: ${WANTED}`,
  },
  {
    what: "an image to sign without a reason",
    changes: { "images[1]": { image: `gcr.io/project/name@${DIGEST}`, owner: "team", reason: "" } },
    line: 'images[1].reason = "": is missing: say why the image is signed',
  },
  {
    what: "ranges that overlap",
    changes: { "deployerCluster.ranges": { nodes: "10.20.1.0/24" } },
    line: "deployerCluster.ranges.services: overlaps deployerCluster.ranges.nodes = 10.20.1.0/24: give each network a range of its own",
  },
  {
    what: "a dataset outside the allowed locations",
    changes: { "hl7v2Store.location": "europe-west4" },
    line: 'hl7v2Store.location = "europe-west4": is outside allowedLocations: us-central1',
  },
  {
    what: "an attestor id outside Google's naming rules",
    changes: { "attestor.id": "1.attestor" },
    line: 'attestor.id = "1.attestor": is not an attestor id: 1 to 63 letters, digits, _ and -, a letter first',
  },
  {
    what: "a note id outside Google's naming rules",
    changes: { "note.id": "-note" },
    line: 'note.id = "-note": is not a note id: 1 to 100 letters, digits, _ . and -, a letter or digit first',
  },
  {
    what: "allUsers as signer",
    changes: { signer: "allUsers" },
    line: 'signer = "allUsers": is not a principal: user:…, group:…, serviceAccount:… or principal://…, and not allUsers or allAuthenticatedUsers',
  },
  {
    what: "no sender",
    changes: { "mllpAdapter.senders": [] },
    line: "mllpAdapter.senders = []: names no sender: give the ranges that may reach port 2575",
  },
  {
    what: "an allow-list that admits everything",
    changes: { "admissionPolicy.allowList": ["*"] },
    line: 'admissionPolicy.allowList[0] = "*": is not an image pattern: REGISTRY/PATH, with * or ** at its end at most',
  },
  {
    what: "an endpoint that is not an address",
    changes: { "endpoints.kms": "kms.example" },
    line: 'endpoints.kms = "kms.example": is not a URL that ends in /',
  },
];
