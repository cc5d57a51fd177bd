import assert from "node:assert/strict";
import fc from "fast-check";
import { nearest } from "../../components/nearest.ts";

describe("nearest", () => {
  it("is the known name that was probably meant, whatever its case", () => {
    assert.equal(nearest("empier", ["payer", "empire"]), "empire");
    assert.equal(nearest("EMPIRE", ["payer", "empire"]), "empire");
    assert.equal(nearest("Obsevation", ["Observation", "ObservationDefinition"]), "Observation");
  });

  it("is none where every name is far away, or none is known", () => {
    assert.equal(nearest("ward", ["empire", "payer"]), undefined);
    assert.equal(nearest("ward", []), undefined);
  });

  it("is a known name itself where one is given", () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1 });
    fc.assert(fc.property(names, (known) => known.every((name) => nearest(name, known) === name)));
  });
});
