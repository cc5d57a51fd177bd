import assert from "node:assert/strict";
import fc from "fast-check";
import {
  containsUnknown,
  dependenciesIn,
  containsObject,
  isSecret,
  type WireProperties,
  fromStruct,
  secret,
  toStruct,
  UNKNOWN_WIRE_VALUE,
  type WireValue,
  withDependencies,
  withoutInternal,
  withoutOutputs,
  withoutReferences,
  withOutputs,
} from "../../../preview/embedded/property-wire.ts";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";
const URN = "urn:pulumi:dev::app::a:b:C::d";
const OTHER = "urn:pulumi:dev::app::a:b:C::e";

function output(more: WireProperties): WireProperties {
  return { [SIGNATURE]: OUTPUT, ...more };
}

/** What programs send: plain data in which some things are unknown, and some secret. */
const { value: anyValue } = fc.letrec<{ value: WireValue; plain: WireValue }>((tie) => ({
  value: fc.oneof(tie("plain"), tie("plain").map(secret)),
  plain: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, 1.5, "", "text", UNKNOWN_WIRE_VALUE),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), tie("value"), { maxKeys: 3 }),
  ),
}));
const anyProperties = fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), anyValue, { maxKeys: 4 });

function same(a: unknown, b: unknown): void {
  assert.deepEqual(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b)));
}

describe("Property values", () => {
  it("go into a message and come out of it as they were", () => {
    fc.assert(
      fc.property(anyProperties, (properties) => {
        same(fromStruct(toStruct(properties)), properties);
      }),
    );
    assert.deepEqual(fromStruct(undefined), {});
  });

  it("are the same after they were shown to transforms as outputs", () => {
    fc.assert(
      fc.property(anyProperties, (properties) => {
        same(withoutOutputs(withOutputs(properties)), properties);
      }),
    );
  });

  it("have nothing unknown or secret left beside outputs when they are shown so", () => {
    fc.assert(
      fc.property(anyProperties, (properties) => {
        const text = JSON.stringify(withOutputs(properties));
        assert.ok(!text.includes(UNKNOWN_WIRE_VALUE));
        assert.ok(!text.includes("1b47061264138c4ac30d75fd1eb44270"));
        assert.equal(containsUnknown(withOutputs(properties)), containsUnknown(properties));
      }),
    );
  });

  it("keep what an output says of itself", () => {
    const shown = {
      plain: output({ value: 1, dependencies: [URN] }),
      unknown: output({ dependencies: [URN] }),
      secret: output({ value: [output({ secret: true })], secret: true }),
    };
    assert.deepEqual(withoutOutputs(shown), {
      plain: 1,
      unknown: UNKNOWN_WIRE_VALUE,
      secret: secret([secret(UNKNOWN_WIRE_VALUE)]),
    });
    assert.deepEqual(
      [...dependenciesIn([shown.plain, { deep: output({ value: output({ dependencies: [OTHER] }) }) }])],
      [URN, OTHER],
    );
  });

  it("name the resources that they depend on, once", () => {
    const properties = { a: 1, b: output({ value: 2, dependencies: [URN] }), c: 3 };
    const wanted = new Map([
      ["a", new Set([URN])],
      ["b", new Set([URN])],
      ["c", new Set<string>()],
    ]);
    const named = withDependencies(properties, wanted);
    assert.deepEqual(named, { ...properties, a: output({ value: 1, dependencies: [URN] }) });
    assert.deepEqual(withDependencies(named, wanted), named);
    const more = withDependencies(properties, new Map([["b", new Set([OTHER])]]));
    assert.deepEqual(more.b, output({ value: 2, dependencies: [URN, OTHER] }));
  });

  it("have ids in the place of resources for who knows no references", () => {
    const reference = (more: WireProperties) => ({ [SIGNATURE]: REFERENCE, urn: URN, ...more });
    assert.deepEqual(
      withoutReferences({
        component: reference({}),
        made: [reference({ id: "i" })],
        unknown: { of: reference({ id: "" }) },
      }),
      { component: URN, made: ["i"], unknown: { of: UNKNOWN_WIRE_VALUE } },
    );
  });

  it("hide what is Pulumi's own at the top level only", () => {
    assert.deepEqual(withoutInternal({ __provider: "x", a: { __defaults: [] } }), { a: { __defaults: [] } });
  });

  it("may come back with more in them where they hold an object", () => {
    for (const value of [{}, [[{ a: 1 }]], secret({ a: 1 })] as WireValue[]) assert.ok(containsObject(value));
    for (const value of [null, "a", 1, ["a"], [], secret("a"), secret(["a"])] as WireValue[])
      assert.ok(!containsObject(value));
    assert.ok(isSecret(secret(null)) && !isSecret({ value: 1 }) && !isSecret(undefined));
  });
});
