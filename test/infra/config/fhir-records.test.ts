import assert from "node:assert/strict";
import fc from "fast-check";
import { recordPath } from "../../../components/fhir/fhir-record.ts";
import { readRecords } from "../../../infra/config/fhir-records.ts";
import { anyId, anyType } from "../../components/cilium/grants.ts";
import { assertRefused, STACK_DIR_FILES, changed, parsed, stack } from "../stacks.ts";

const kind = stack("kind");
const VADER = STACK_DIR_FILES["vader.json"];

/** The stack `kind` with these files to register. */
const registering = (...files: string[]) => changed(kind, { fhirRecords: files.map((file) => ({ file })) });

describe("the records that a stack registers", () => {
  it("are what their files hold, with the Secret that lets the job in", () => {
    const authorization = { secret: "fhir-token", key: "header" };
    const config = parsed(changed(kind, { "fhirRecords[0].authorization": authorization }));
    assert.deepEqual(config.fhirRecords, [{ record: VADER, authorization }]);
    assert.deepEqual(parsed(kind).fhirRecords, [{ record: VADER, authorization: undefined }]);
  });

  it("are read from the directory of the stack files, each once, in the stack's order", () => {
    const asked: string[] = [];
    const { records, issues } = readRecords([{ file: "b.json" }, { file: "a.yaml" }], "stacks/", (name) => {
      asked.push(name);
      return { resourceType: "Patient", id: name[0] };
    });
    assert.deepEqual(asked, ["b.json", "a.yaml"]);
    assert.deepEqual(issues, []);
    assert.deepEqual(
      records.map((one) => one && recordPath(one.record)),
      ["Patient/b", "Patient/a"],
    );
  });

  it("are rejected where the file does not exist, or holds a value other than a FHIR resource", () => {
    const files = {
      "list.json": [VADER],
      "text.yaml": "Patient",
      "typeless.json": { id: "DarthVader" },
      "nameless.json": { resourceType: "Patient" },
      "spaced.json": { resourceType: "Patient", id: "Darth Vader" },
    };
    assertRefused(
      registering("none.json", ...Object.keys(files)),
      [
        'fhirRecords[0].file = "none.json": names a file that does not exist: stacks/none.json',
        'fhirRecords[1].file = "list.json": names a file that cannot be used: the record is not a FHIR resource: give a JSON object',
        'fhirRecords[2].file = "text.yaml": names a file that cannot be used: the record is not a FHIR resource: give a JSON object',
        'fhirRecords[3].file = "typeless.json": names a file that cannot be used: the record\'s resourceType = undefined: is not a FHIR resource type, such as Patient',
        'fhirRecords[4].file = "nameless.json": names a file that cannot be used: the record\'s id is missing: give a FHIR id',
        'fhirRecords[5].file = "spaced.json": names a file that cannot be used: the record\'s id = "Darth Vader": is not a FHIR id: 1 to 64 letters, digits, - and .',
      ],
      files,
    );
  });

  it("are rejected where a file cannot be read, without an effect on the others", () => {
    const { records, issues } = readRecords(
      [{ file: "broken.json" }, {}, { file: "vader.json" }],
      "stacks/",
      (name) => {
        if (name === "broken.json") throw new Error("Flow map must end with a }");
        return STACK_DIR_FILES[name];
      },
    );
    assert.deepEqual(issues, [
      {
        path: ["fhirRecords", 0, "file"],
        message: "names a file that cannot be used: Flow map must end with a }",
      },
    ]);
    assert.deepEqual(records, [undefined, undefined, { record: VADER, authorization: undefined }]);
  });

  it("are rejected where two of them, or two of their jobs, have the same name", () => {
    const files = {
      "vader.json": VADER,
      "again.json": { resourceType: "Patient", id: "DarthVader", gender: "unknown" },
      "lower.json": { resourceType: "Patient", id: "darthvader" },
      "basic.json": { resourceType: "Basic", id: "DarthVader" },
    };
    assertRefused(
      registering("vader.json", "again.json", "lower.json", "basic.json"),
      [
        'fhirRecords[1].file = "again.json": holds Patient/DarthVader, which another file holds already',
        'fhirRecords[2].file = "lower.json": holds Patient/darthvader, whose job would have the name of the one for Patient/DarthVader: register-patient-darthvader',
      ],
      files,
    );
  });

  it("are taken whatever their type and id, and whatever else they hold", () => {
    fc.assert(
      fc.property(anyType, anyId, fc.object(), (resourceType, id, rest) => {
        const record = { ...rest, resourceType, id };
        const { records, issues } = readRecords([{ file: "one.json" }], "stacks/", () => record);
        assert.deepEqual(issues, []);
        assert.deepEqual(records[0]?.record, record);
      }),
    );
  });
});
