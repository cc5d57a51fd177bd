import assert from "node:assert/strict";
import { dicomKey, SERVICE } from "../../dicom-settings.ts";
import {
  assertRefused,
  changed,
  type Data,
  messageOf,
  parsed,
  shown,
  stack,
  WITHOUT_RUNTIME,
} from "../../stacks.ts";

const kind = stack("kind");
const withDicom = (dicom: object, more: Data = {}) =>
  changed(kind, { dicom: { ...dicomKey(), ...dicom }, ...more });
const GOOGLE = { location: "us-central1", dataset: "imaging", store: "clinics" };

describe("dicom in a stack file", () => {
  it("is accepted with a signature of its issuer and clinics", () => {
    const { dicom } = parsed(withDicom({}));
    assert.equal(dicom?.namespace, "dicom");
    assert.equal(dicom.replicas, 2);
  });

  it("is refused when a clinic's rules are others than the signed ones", () => {
    const { bundle } = dicomKey();
    assertRefused(withDicom({ clinics: { MetaCell: {}, Other: {} } }), [
      `dicom.bundle.signature = ${shown(bundle.signature)}: is of other content in .manifest, data.json: sign what is deployed by npm run opa-bundle`,
    ]);
  });

  it("is refused when its namespace is another's", () => {
    assertRefused(withDicom({ namespace: "galactic-fhir" }), [
      'dicom.namespace = "galactic-fhir": is the FHIR server\'s namespace: the gateway needs its own namespace',
    ]);
    assertRefused(withDicom({ namespace: "default" }), [
      'dicom.namespace = "default": is a namespace of Kubernetes itself: the gateway needs its own namespace',
    ]);
    assertRefused(withDicom({ namespace: "local-path-storage" }), [
      'dicom.namespace = "local-path-storage": is a system namespace, which no policy protects: the gateway needs its own namespace',
    ]);
  });

  it("is refused with a store of Google's on a cluster that exists", () => {
    assertRefused(withDicom({ upstream: { google: GOOGLE } }, { allowedLocations: ["us-central1"] }), [
      `dicom.upstream.google = ${shown(GOOGLE)}: needs fhirCluster.google: only there does the gateway have an identity of its own`,
    ]);
  });

  it("is refused with a store outside the allowed locations, or of a project that is no clinic", () => {
    const prod = changed(stack("prod"), { layers: ["fhir"], ...WITHOUT_RUNTIME });
    const dicom = { ...dicomKey(undefined, { google: { ...GOOGLE, location: "us-east1" } }) };
    const images = (stack("prod") as { dicom: { envoyImage: string; opaImage: string } }).dicom;
    const named = { ...dicom, envoyImage: images.envoyImage, opaImage: images.opaImage };
    assert.throws(() => parsed(changed(prod, { dicom: named })), {
      message: messageOf([
        'dicom.upstream.google.location = "us-east1": is outside allowedLocations: us-central1',
        'dicom.clinics = {"MetaCell":{}}: has no example-prod-fhir, the project of the DICOM store, so every request would be denied',
      ]),
    });
  });

  it("is refused with an upstream of both kinds, or of none", () => {
    for (const upstream of [{}, { service: SERVICE, google: GOOGLE }]) {
      assert.throws(
        () => parsed(withDicom({ upstream })),
        /dicom\.upstream.*must name exactly one: service or google/,
      );
    }
  });

  it("is refused with hours that cannot be meant", () => {
    const hours = (changes: object) => {
      const rules = { hours: { timeZone: "Europe/Lisbon", from: "22:00", to: "05:00", ...changes } };
      return () => parsed(changed(kind, { dicom: dicomKey({ MetaCell: rules }) }));
    };
    assert.doesNotThrow(hours({}));
    assert.throws(hours({ timeZone: "Middle/Earth" }), /is not a time zone of the IANA database/);
    assert.throws(hours({ timeZone: "+01:00" }), /is not a time zone of the IANA database/);
    assert.throws(hours({ from: "22" }), /from = "22": is not a time, HH:MM/);
    assert.throws(hours({ to: "24:00" }), /to = "24:00": is not a time, HH:MM/);
    assert.throws(hours({ to: "22:00" }), /begins when it ends/);
  });

  it("is refused with an algorithm whose key also signs", () => {
    const { issuer } = dicomKey();
    assert.throws(
      () => parsed(withDicom({ issuer: { ...issuer, algorithms: ["HS256"] } })),
      /dicom\.issuer\.algorithms\[0\] = "HS256"/,
    );
  });

  it("is refused in a stack without the fhir layer", () => {
    const dicom = dicomKey();
    assertRefused(changed(stack("prod-signing"), { dicom }), [
      `dicom = ${shown(dicom)}: belongs to the layer fhir, which this stack does not build: leave it out, or add fhir to layers`,
    ]);
  });
});
