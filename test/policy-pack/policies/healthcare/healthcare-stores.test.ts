import assert from "node:assert/strict";
import {
  datasetLocationAllowed,
  hl7v2StoreRejectsDuplicates,
} from "../../../../policy-pack/policies/healthcare/healthcare-stores.ts";
import { UNKNOWN, type PropertyValue } from "../../../../packages/stack-model/property-value.ts";
import { judge } from "../../judge.ts";
import { resource, root } from "../../resources.ts";

describe("the location of a dataset", () => {
  const dataset = (location: PropertyValue) =>
    resource("gcp:healthcare/dataset:Dataset", { location }, { name: "dataset" });
  const allowed = root({ allowedLocations: ["us-central1", "europe-west4"] });

  it("passes where the stack allows it", () => {
    assert.deepEqual(judge(datasetLocationAllowed, allowed, dataset("europe-west4")), []);
  });

  for (const [location, said] of [
    ["asia-east1", '"asia-east1"'],
    ["us", '"us"'],
    [UNKNOWN, "not known before the update"],
    [undefined, "not set"],
  ] as const) {
    it(`fails where it is ${said}`, () => {
      assert.deepEqual(judge(datasetLocationAllowed, allowed, dataset(location)), [
        `dataset: location is ${said}, not one of the allowed: us-central1, europe-west4`,
      ]);
    });
  }

  it("passes without a root component, and cannot be evaluated with two", () => {
    assert.deepEqual(judge(datasetLocationAllowed, dataset("us-central1")), []);
    assert.deepEqual(judge(datasetLocationAllowed, allowed, root(), dataset("us-central1")), [
      "root: cannot be evaluated: the stack has two root components (treated as a violation)",
    ]);
  });

  it("passes without a declaration where there is no dataset", () => {
    assert.deepEqual(judge(datasetLocationAllowed), []);
  });
});

describe("an HL7v2 store", () => {
  const store = (rejectDuplicateMessage: PropertyValue) =>
    judge(
      hl7v2StoreRejectsDuplicates,
      resource("gcp:healthcare/hl7Store:Hl7Store", { rejectDuplicateMessage }),
    );

  it("passes where it rejects duplicates", () => {
    assert.deepEqual(store(true), []);
  });

  it("fails where it does not reject them, or does not set it", () => {
    assert.deepEqual(store(false), ["it: rejectDuplicateMessage is false, not true"]);
    assert.deepEqual(store(undefined), ["it: rejectDuplicateMessage is not set, not true"]);
    assert.deepEqual(store(UNKNOWN), ["it: rejectDuplicateMessage is not known before the update, not true"]);
  });
});
