import assert from "node:assert/strict";
import fc from "fast-check";
import { fhirRecord, idIssue, recordPath } from "../../../components/fhir/fhir-record.ts";

describe("a FHIR id", () => {
  it("is what FHIR allows, in a URL as it stands", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9\-.]{1,64}$/), (id) => {
        fc.pre(id !== "." && id !== "..");
        assert.equal(idIssue(id), undefined);
        assert.equal(new URL(`http://server/Patient/${id}`).pathname, `/Patient/${id}`);
      }),
    );
  });

  it("is nothing else", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        assert.equal(
          idIssue(text) === undefined,
          /^[A-Za-z0-9\-.]{1,64}$/.test(text) && !/^\.\.?$/.test(text),
        );
      }),
    );
    for (const no of ["", ".", "..", "Darth Vader", "Darth/Vader", "x".repeat(65), "a\n", 7, null]) {
      assert.equal(
        idIssue(no),
        `= ${JSON.stringify(no)}: is not a FHIR id: 1 to 64 letters, digits, - and .`,
      );
    }
    assert.equal(idIssue(undefined), "is missing: give a FHIR id");
  });
});

describe("a FHIR record", () => {
  it("is a resource with type and id, as it is given", () => {
    const vader = { resourceType: "Patient", id: "DarthVader", gender: "male" };
    assert.equal(fhirRecord(vader), vader);
    assert.equal(recordPath(fhirRecord(vader)), "Patient/DarthVader");
  });

  it("is rejected where its URL cannot be derived", () => {
    const refused: readonly (readonly [unknown, string])[] = [
      ["Patient", "the record is not a FHIR resource: give a JSON object"],
      [[], "the record is not a FHIR resource: give a JSON object"],
      [null, "the record is not a FHIR resource: give a JSON object"],
      [{ id: "a" }, "the record's resourceType = undefined: is not a FHIR resource type, such as Patient"],
      [
        { resourceType: "Patient/a?", id: "a" },
        'the record\'s resourceType = "Patient/a?": is not a FHIR resource type, such as Patient',
      ],
      [{ resourceType: "Patient" }, "the record's id is missing: give a FHIR id"],
      [
        { resourceType: "Patient", id: "../a" },
        'the record\'s id = "../a": is not a FHIR id: 1 to 64 letters, digits, - and .',
      ],
    ];
    for (const [value, message] of refused) assert.throws(() => fhirRecord(value), { message });
  });
});
