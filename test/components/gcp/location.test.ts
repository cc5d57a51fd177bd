import assert from "node:assert/strict";
import fc from "fast-check";
import { locationRegion } from "../../../components/gcp/location.ts";

const region = fc.stringMatching(/^[a-z]{2,12}-[a-z]{4,12}\d{1,2}$/);

describe("the region of a location of Google Cloud", () => {
  it("is the location itself where that is a region", () => {
    fc.assert(fc.property(region, (name) => locationRegion(name) === name));
  });

  it("is the zone's name without its letter where the location is a zone", () => {
    fc.assert(
      fc.property(region, fc.constantFrom("a", "b", "c", "d", "f"), (name, letter) => {
        assert.equal(locationRegion(`${name}-${letter}`), name);
      }),
    );
  });
});
