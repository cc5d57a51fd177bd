import assert from "node:assert/strict";
import { assertRefused, STACK_DIR_FILES, changed, type Data, parsed, stack } from "../../stacks.ts";

const kind = stack("kind");
const grant = { org: "empire", id: "DarthVader", server: "coruscanthealth" };
const granting = (resourceType: string, changes: Data = {}) =>
  changed(kind, { grants: [{ ...grant, resourceType }], ...changes });
const MISSING = "is missing: basePath does not end in a version of FHIR, so give R4, R4B or R5";

describe("the resource types of grants", () => {
  it("are those of the server's version of FHIR, and a typing error is refused", () => {
    assertRefused(granting("Obsevation"), [
      'grants[0].resourceType = "Obsevation": is not a resource type of FHIR R5: did you mean Observation?',
    ]);
    assertRefused(granting("patient"), [
      'grants[0].resourceType = "patient": is not a resource type of FHIR R5: did you mean Patient?',
    ]);
    assert.doesNotThrow(() => parsed(granting("Observation")));
  });

  it("are those of the version that the base path ends in, unless fhirVersion says another", () => {
    const r4 = { "fhirServer.basePath": "/fhir/r4" };
    assertRefused(granting("Transport", r4), [
      'grants[0].resourceType = "Transport": is not a resource type of FHIR R4, but of R5',
    ]);
    assert.doesNotThrow(() => parsed(granting("Media", r4)));
    assert.doesNotThrow(() => parsed(granting("Ingredient", { ...r4, "fhirServer.fhirVersion": "R4B" })));
    assertRefused(granting("Ingredient", r4), [
      'grants[0].resourceType = "Ingredient": is not a resource type of FHIR R4, but of R4B and R5',
    ]);
  });

  it("are each reported, with an invalid id as well", () => {
    const grants = [
      { ...grant, resourceType: "Obsevation", id: "Darth Vader" },
      { ...grant, resourceType: "Droid", policy: "other" },
    ];
    assertRefused(changed(kind, { grants }), [
      'grants[0].id = "Darth Vader": is not a FHIR id: 1 to 64 letters, digits, "-" and "."',
      'grants[0].resourceType = "Obsevation": is not a resource type of FHIR R5: did you mean Observation?',
      'grants[1].resourceType = "Droid": is not a resource type of FHIR R5',
    ]);
  });
});

describe("the resource types of records to register", () => {
  it("are those of the server's version, whether anything is denied or not", () => {
    const files = { ...STACK_DIR_FILES, "droid.json": { resourceType: "Devise", id: "r2-d2" } };
    const records = { fhirRecords: [{ file: "droid.json" }] };
    const message =
      'fhirRecords[0].file = "droid.json": holds Devise/r2-d2, whose resourceType is not a resource type of FHIR R5: did you mean Device?';
    assertRefused(changed(kind, records), [message], files);
    assertRefused(changed(kind, { ...records, denyAll: false, grants: [] }), [message], files);
  });
});

describe("the version of FHIR", () => {
  it("is required where the base path does not state it", () => {
    assertRefused(changed(kind, { "fhirServer.basePath": "/fhir" }), [`fhirServer.fhirVersion: ${MISSING}`]);
    assert.doesNotThrow(() =>
      parsed(changed(kind, { "fhirServer.basePath": "/fhir", "fhirServer.fhirVersion": "R4" })),
    );
  });

  it("is one of the three that a server may have", () => {
    for (const version of ["r5", "R3", "5.0.0"]) {
      assertRefused(changed(kind, { "fhirServer.fhirVersion": version }), [
        `fhirServer.fhirVersion = "${version}": is not one of R4, R4B, R5`,
      ]);
    }
  });
});
