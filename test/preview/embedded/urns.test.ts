import assert from "node:assert/strict";
import fc from "fast-check";
import { isUrn, stackUrn, formatUrn } from "../../../preview/embedded/urns.ts";
import { urnName, urnType } from "../../../preview/report/urn.ts";

const STACK = { project: "app", stack: "dev" };

describe("A URN", () => {
  it("has the types of everything above the resource but the stack", () => {
    const root = stackUrn(STACK);
    assert.equal(root, "urn:pulumi:dev::app::pulumi:pulumi:Stack::app-dev");
    const shelf = formatUrn(STACK, "app:index:Shelf", "shelf", root);
    assert.equal(shelf, "urn:pulumi:dev::app::app:index:Shelf::shelf");
    const thing = formatUrn(STACK, "a:b:C", "thing", shelf);
    assert.equal(thing, "urn:pulumi:dev::app::app:index:Shelf$a:b:C::thing");
    assert.equal(
      formatUrn(STACK, "a:b:D", "part", thing),
      "urn:pulumi:dev::app::app:index:Shelf$a:b:C$a:b:D::part",
    );
  });

  it("says name and type of its resource, whatever the name", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const urn = formatUrn(STACK, "a:b:C", name, stackUrn(STACK));
        assert.ok(isUrn(urn));
        assert.deepEqual([urnName(urn), urnType(urn)], [name, "a:b:C"]);
      }),
    );
    for (const text of ["", "urn:pulumi:dev::app::a:b:C", "dev::app::a:b:C::d"])
      assert.ok(!isUrn(text), text);
  });
});
