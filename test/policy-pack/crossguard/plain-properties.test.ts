import assert from "node:assert/strict";
import { unknownCheckingProxy } from "@pulumi/policy";
import fc from "fast-check";
import { plain } from "../../../policy-pack/crossguard/plain-properties.ts";
import { UNKNOWN } from "../../../packages/stack-model/property-value.ts";
import { UNKNOWN_LIST, UNKNOWN_TEXT } from "../host.ts";

/** Internal to the host: the package does not declare it. */
const proxied = unknownCheckingProxy as (raw: object) => Record<string, unknown>;

/** A value with a mark for each unknown value, and its two representations. */
const tree = fc.letrec<{ value: { raw: unknown; plain: unknown } }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc
      .oneof(fc.string(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null))
      .map((raw) => ({ raw, plain: raw })),
    fc.constantFrom(UNKNOWN_TEXT, UNKNOWN_LIST).map((raw) => ({ raw, plain: UNKNOWN })),
    fc
      .array(tie("value"))
      .map((list) => ({ raw: list.map(({ raw }) => raw), plain: list.map((one) => one.plain) })),
    fc.dictionary(fc.string(), tie("value")).map((object) => ({
      raw: Object.fromEntries(Object.entries(object).map(([name, { raw }]) => [name, raw])),
      plain: Object.fromEntries(Object.entries(object).map(([name, one]) => [name, one.plain])),
    })),
  ),
})).value;

describe("properties as plain data", () => {
  it("are what the host returns, with a mark for each unknown value at any depth", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), tree), (object) => {
        const raw = Object.fromEntries(Object.entries(object).map(([name, one]) => [name, one.raw]));
        const expected = Object.fromEntries(Object.entries(object).map(([name, one]) => [name, one.plain]));
        assert.deepEqual(plain(proxied(raw)), expected);
      }),
    );
  });

  it("do not swallow other errors", () => {
    const broken = {
      get value(): never {
        throw new TypeError("broken");
      },
    };
    assert.throws(() => plain(broken), new TypeError("broken"));
  });
});
