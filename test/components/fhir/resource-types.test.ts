import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import fc from "fast-check";
import {
  FHIR_VERSIONS,
  RESOURCE_TYPES_FILE,
  resourceTypeIssue,
  resourceTypes,
  versionInPath,
} from "../../../components/fhir/resource-types.ts";
import { UserError } from "../../../preview/user-error.ts";
import { resourceTypeLines, resourceTypesIn } from "../../../scripts/fhir/resource-types.ts";

describe("the committed list of FHIR's resource types", () => {
  it("is what @types/fhir declares; npm run fhir-types writes it", async () => {
    assert.equal(await readFile(RESOURCE_TYPES_FILE, "utf8"), await resourceTypeLines());
  });

  it("has what each version added and took away, and no abstract type", () => {
    const has = (name: string) => FHIR_VERSIONS.filter((version) => resourceTypes(version).includes(name));
    assert.deepEqual(has("Observation"), ["R4", "R4B", "R5"]);
    assert.deepEqual(has("Media"), ["R4", "R4B"]);
    assert.deepEqual(has("Ingredient"), ["R4B", "R5"]);
    assert.deepEqual(has("Transport"), ["R5"]);
    for (const name of ["Resource", "DomainResource", "CanonicalResource", "MetadataResource"]) {
      assert.deepEqual(has(name), [], name);
    }
    // The specifications' own tables, without Resource and DomainResource (R5: nor the other two abstract types).
    assert.deepEqual(
      FHIR_VERSIONS.map((version) => resourceTypes(version).length),
      [146, 141, 158],
    );
  });

  it("is not written from declarations without the union of resource types", () => {
    for (const text of [
      "",
      "export type FhirResource = string;",
      'export type FhirResource = Patient | "x";',
    ]) {
      assert.throws(
        () => resourceTypesIn("/types/r5.d.ts", text),
        new UserError("r5.d.ts of @types/fhir declares no union FhirResource of resource types."),
      );
    }
    assert.deepEqual(resourceTypesIn("r5.d.ts", "export type FhirResource = Account | Patient;"), [
      "Account",
      "Patient",
    ]);
  });
});

describe("resourceTypeIssue", () => {
  it("finds nothing wrong with the types of a version", () => {
    for (const version of FHIR_VERSIONS) {
      for (const name of resourceTypes(version)) assert.equal(resourceTypeIssue(name, version), undefined);
    }
  });

  it("suggests the type that was meant", () => {
    for (const [name, meant] of [
      ["Obsevation", "Observation"],
      ["patient", "Patient"],
      ["Patients", "Patient"],
      ["medicationrequest", "MedicationRequest"],
    ] as const) {
      assert.equal(
        resourceTypeIssue(name, "R5"),
        `is not a resource type of FHIR R5: did you mean ${meant}?`,
      );
    }
  });

  it("names the versions that have the type, and suggests nothing that is far away", () => {
    assert.equal(resourceTypeIssue("Transport", "R4"), "is not a resource type of FHIR R4, but of R5");
    assert.equal(resourceTypeIssue("Media", "R5"), "is not a resource type of FHIR R5, but of R4 and R4B");
    assert.equal(resourceTypeIssue("Lightsaber", "R4B"), "is not a resource type of FHIR R4B");
    assert.equal(resourceTypeIssue("", "R5"), "is not a resource type of FHIR R5");
  });

  it("refuses every name that the version does not define", () => {
    const version = fc.constantFrom(...FHIR_VERSIONS);
    const known = version.chain((one) => fc.constantFrom(...resourceTypes(one)));
    const near = fc.tuple(known, fc.nat(20), fc.string({ maxLength: 2 })).map(([name, at, text]) => {
      const index = Math.min(at, name.length - 1);
      return name.slice(0, index) + text + name.slice(index + 1);
    });
    fc.assert(
      fc.property(version, fc.oneof(near, fc.string()), (one, name) => {
        assert.equal(resourceTypeIssue(name, one) === undefined, resourceTypes(one).includes(name));
      }),
    );
  });
});

describe("versionInPath", () => {
  it("is the last segment of a base path, in upper or lower case", () => {
    for (const [path, version] of [
      ["/intersystems/fhir/r5", "R5"],
      ["/fhir/r4", "R4"],
      ["/fhir/R4B", "R4B"],
      ["/r4/fhir", undefined],
      ["/fhir/r3", undefined],
      ["/fhir/r45", undefined],
      ["/fhir", undefined],
    ] as const) {
      assert.equal(versionInPath(path), version, path);
    }
  });
});
