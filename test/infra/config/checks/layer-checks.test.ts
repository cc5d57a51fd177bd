import assert from "node:assert/strict";
import { keyPair } from "../../../packages/attestation/keys.ts";
import { assertRefused, changed, parsed, shown, stack } from "../../stacks.ts";

const tutorial = stack("tutorial");
const signing = stack("prod-signing");
const runtime = stack("prod");
const kind = stack("kind");

const ROLES = {
  kms: "signing",
  note: "signing",
  attestor: "signing",
  attestation: "signing",
  hl7v2: "runtime",
  deployer: "runtime",
} as const;

function surplus(layer: string): string {
  return `belongs to the layer ${layer}, which this stack does not build: leave it out, or add ${layer} to layers`;
}

describe("the layers of a stack", () => {
  it("are named, all of them by names that exist", () => {
    assertRefused(changed(tutorial, { layers: ["signing", "runtme"] }), [
      'layers[1] = "runtme": is not one of signing, runtime, fhir',
    ]);
    assertRefused(changed(tutorial, { layers: "signing" }), ['layers = "signing": is not an array']);
    for (const none of [undefined, [], ""]) {
      assertRefused(changed(tutorial, { layers: none }), [
        "layers: is missing: name at least one of signing, runtime and fhir",
      ]);
    }
  });

  it("need all their keys", () => {
    assertRefused({ layers: ["signing", "runtime"] }, [
      "note: is missing: the layer signing needs it",
      "attestor: is missing: the layer signing needs it",
      "signer: is missing: the layer signing needs it",
      "signingKey: is missing: the layer signing needs it",
      "projects.kms: is missing: the layer signing needs a project for this role",
      "projects.note: is missing: the layer signing needs a project for this role",
      "projects.attestor: is missing: the layer signing needs a project for this role",
      "projects.attestation: is missing: the layer signing needs a project for this role",
      "deployerCluster: is missing: the layer runtime needs it",
      "hl7v2Store: is missing: the layer runtime needs it",
      "mllpAdapter: is missing: the layer runtime needs it",
      "projects.hl7v2: is missing: the layer runtime needs a project for this role",
      "projects.deployer: is missing: the layer runtime needs a project for this role",
    ]);
    assertRefused({ layers: ["fhir"] }, [
      "fhirCluster: is missing: the layer fhir needs it",
      "fhirServer: is missing: the layer fhir needs it",
    ]);
  });

  for (const [role, layer] of Object.entries(ROLES)) {
    it(`need a project for the role ${role}`, () => {
      assertRefused(changed(tutorial, { [`projects.${role}`]: undefined }), [
        `projects.${role}: is missing: the layer ${layer} needs a project for this role`,
      ]);
    });

    it(`that are not built have no project for the role ${role}`, () => {
      const project = { id: "some-project", number: "123456" };
      const other = layer === "signing" ? runtime : signing;
      assertRefused(changed(other, { [`projects.${role}`]: project }), [
        `projects.${role} = ${JSON.stringify(project)}: ${surplus(layer)}`,
      ]);
    });
  }

  it("need a project for the role fhir where they make its cluster, and have none where it exists", () => {
    assertRefused(changed(runtime, { "projects.fhir": undefined }), [
      "projects.fhir: is missing: the layer fhir needs a project for this role",
    ]);
    assertRefused(changed(kind, { "projects.fhir.id": "fhir-proj-id" }), [
      'projects.fhir = {"id":"fhir-proj-id"}: is given, but the FHIR cluster exists: leave it out, or give fhirCluster.google',
    ]);
    for (const data of [tutorial, signing]) {
      assertRefused(changed(data, { "projects.fhir.id": "fhir-proj-id" }), [
        `projects.fhir = {"id":"fhir-proj-id"}: ${surplus("fhir")}`,
      ]);
    }
  });

  it("that are not built have no keys", () => {
    assertRefused(
      changed(runtime, {
        signingKey: { keyRing: "ring", key: "key", location: "us" },
        note: { id: "note" },
        attestor: { id: "attestor" },
        signer: "user:operator@example.com",
        images: tutorial.images,
      }),
      [
        `signingKey = {"keyRing":"ring","key":"key","location":"us"}: ${surplus("signing")}`,
        `note = {"id":"note"}: ${surplus("signing")}`,
        `attestor = {"id":"attestor"}: ${surplus("signing")}`,
        `signer = "user:operator@example.com": ${surplus("signing")}`,
        `images = ${shown(tutorial.images)}: ${surplus("signing")}`,
      ],
    );
    assertRefused(
      changed(signing, {
        attestors: runtime.attestors,
        attestations: "attestations.yaml",
        admissionPolicy: { globalPolicyEvaluation: true },
        deployerCluster: { name: "mllp", location: "us-central1" },
        customerManagedKeys: { rotationDays: 30 },
        hl7v2Store: { dataset: "hospital", location: "us", store: "adt" },
        mllpAdapter: runtime.mllpAdapter,
        allowedLocations: ["us"],
      }),
      [
        `attestors = ${shown(runtime.attestors)}: ${surplus("runtime")}`,
        `attestations = "attestations.yaml": ${surplus("runtime")}`,
        `admissionPolicy = {"globalPolicyEvaluation":true}: ${surplus("runtime")}`,
        `deployerCluster = {"name":"mllp","location":"us-central1"}: ${surplus("runtime")}`,
        `customerManagedKeys = {"rotationDays":30}: ${surplus("runtime")}`,
        `hl7v2Store = {"dataset":"hospital","location":"us","store":"adt"}: ${surplus("runtime")}`,
        `mllpAdapter = ${shown(runtime.mllpAdapter)}: ${surplus("runtime")}`,
      ],
    );
    const fhir = {
      fhirCluster: kind.fhirCluster,
      cilium: kind.cilium,
      fhirServer: kind.fhirServer,
      clientImage: kind.clientImage,
      fhirClients: kind.fhirClients,
      fhirRecords: kind.fhirRecords,
      denyAll: true,
      grants: kind.grants,
      accessMode: "breakGlass",
      breakGlass: { owner: "owner", reason: "reason", expiry: "2026-10-01T20:00:00Z" },
      unattestedImages: kind.unattestedImages,
    };
    assertRefused(
      changed(tutorial, fhir),
      Object.entries(fhir).map(([key, value]) => `${key} = ${shown(value)}: ${surplus("fhir")}`),
    );
    assertRefused(changed(tutorial, { flowVisibility: true }), [`flowVisibility = true: ${surplus("fhir")}`]);
  });

  it("that are not built may have keys that say what holds without them", () => {
    const nothing = {
      denyAll: false,
      flowVisibility: false,
      grants: [],
      accessMode: "smart",
      fhirClients: {},
    };
    assert.deepEqual(parsed(changed(tutorial, nothing)), parsed(tutorial));
  });

  it("share the keys of both layers that run what is attested", () => {
    const data = changed(kind, {
      attestors: runtime.attestors,
      attestations: "attestations.yaml",
    });
    assert.doesNotThrow(() => parsed(data));
  });
});

describe("keys that are managed elsewhere", () => {
  const publicKeys = [{ pem: keyPair().publicKey }];
  const elsewhere = changed(tutorial, {
    signingKey: undefined,
    "projects.kms": undefined,
    images: [],
    "attestor.publicKeys": publicKeys,
  });

  it("take the place of the signing key and its project", () => {
    assert.doesNotThrow(() => parsed(elsewhere));
  });

  it("may not be combined with a signing key or its project", () => {
    const both =
      "must not be set together with attestor.publicKeys: the keys are managed either in this stack or elsewhere";
    const signingKey = { keyRing: "ring", key: "key", location: "us" };
    assertRefused(changed(elsewhere, { signingKey, "projects.kms.id": "kms-proj-id" }), [
      `signingKey = ${JSON.stringify(signingKey)}: ${both}`,
      `projects.kms = {"id":"kms-proj-id"}: ${both}`,
    ]);
  });

  it("are not taken for absent where one is malformed", () => {
    assertRefused(changed(elsewhere, { "attestor.publicKeys[0].pem": "key" }), [
      'attestor.publicKeys[0].pem = "key": is not one public key in PEM, "-----BEGIN PUBLIC KEY-----" to "-----END PUBLIC KEY-----"',
    ]);
  });

  it("are never shown in a message where a private key is given by error", () => {
    assertRefused(changed(elsewhere, { "attestor.publicKeys[0].pem": keyPair().privateKey }), [
      'attestor.publicKeys[0].pem = "-----BEGIN PRIVATE KEY-----…: is a private key: give the public key, and take this one out of use',
    ]);
  });
});
