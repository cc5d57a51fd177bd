import assert from "node:assert/strict";
import resource, { type RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { resolveGoal, parseGoal, resourceOptions } from "../../../preview/embedded/goal.ts";
import { formatReference } from "../../../preview/embedded/provider-reference.ts";
import type { RegisteredResource } from "../../../preview/embedded/resources.ts";
import { toStruct, UNKNOWN_WIRE_VALUE } from "../../../preview/embedded/property-wire.ts";

const PARENT = "urn:pulumi:dev::app::app:index:Shelf::shelf";
const GOOGLE = formatReference("urn:pulumi:dev::app::pulumi:providers:gcp::google");
const [A, B] = ["urn:pulumi:dev::app::a:b:C::a", "urn:pulumi:dev::app::a:b:C::b"];

function request(type = "gcp:kms/keyRing:KeyRing"): RegisterResourceRequest {
  return new resource.RegisterResourceRequest()
    .setType(type)
    .setName("ring")
    .setCustom(true)
    .setParent(PARENT);
}

function parent(options: Partial<RegisteredResource["options"]>, provider?: string): RegisteredResource {
  return {
    urn: PARENT,
    type: "app:index:Shelf",
    name: "shelf",
    custom: false,
    operation: "create",
    inputs: {},
    outputs: {},
    dependencies: [],
    propertyDependencies: {},
    ...(provider !== undefined && { provider }),
    options: { ignoreChanges: [], additionalSecretOutputs: [], customTimeouts: {}, ...options },
  };
}

describe("What a program asks for", () => {
  it("takes over from its parent what it does not say itself", () => {
    const above = parent({ protect: true, retainOnDelete: true, deletedWith: A });
    const silent = resourceOptions(parseGoal(request(), above).options);
    assert.deepEqual([silent.protect, silent.retainOnDelete, silent.deletedWith], [true, true, A]);
    const said = request().setProtect(false).setRetainondelete(false).setDeletedwith(B);
    const outspoken = resourceOptions(parseGoal(said, above).options);
    assert.deepEqual([outspoken.protect, outspoken.retainOnDelete, outspoken.deletedWith], [false, false, B]);
    assert.equal(resourceOptions(parseGoal(request(), undefined).options).protect, undefined);
  });

  it("takes over its parent's provider when that is of the same package, or it is a component", () => {
    const provider = (type: string, custom = true) =>
      parseGoal(request(type).setCustom(custom), parent({}, GOOGLE)).options.getProvider();
    assert.equal(provider("gcp:kms/keyRing:KeyRing"), GOOGLE);
    assert.equal(provider("kubernetes:core/v1:Pod"), "");
    assert.equal(provider("app:index:Shelf", false), GOOGLE);
  });

  it("depends by each input on everything, unless it says more", () => {
    const inputs = toStruct({ x: 1, y: 2 });
    const silent = request().setObject(inputs).setDependenciesList([A]);
    assert.deepEqual(resolveGoal(parseGoal(silent, undefined), false), {
      inputs: { x: 1, y: 2 },
      dependencies: [A],
      propertyDependencies: { x: [A], y: [A] },
    });
    const said = request().setObject(inputs).setDependenciesList([A, B]);
    const byX = new resource.RegisterResourceRequest.PropertyDependencies().setUrnsList([B]);
    said.getPropertydependenciesMap().set("x", byX);
    assert.deepEqual(resolveGoal(parseGoal(said, undefined), false), {
      inputs: { x: 1, y: 2 },
      dependencies: [A, B],
      propertyDependencies: { x: [B], y: [] },
    });
  });

  it("depends after a transform on what that says and leaves", () => {
    const goal = parseGoal(request().setDependenciesList([A]), undefined);
    const sign = { "4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4" };
    goal.properties = { x: { ...sign, dependencies: [B] } };
    goal.options.setDependsOnList([]);
    assert.deepEqual(resolveGoal(goal, true), {
      inputs: { x: UNKNOWN_WIRE_VALUE },
      dependencies: [B],
      propertyDependencies: { x: [B] },
    });
  });

  it("has its times in seconds, as Go writes them", () => {
    const seconds = (create: string) => {
      const timeouts = new resource.RegisterResourceRequest.CustomTimeouts().setCreate(create);
      const asked = request().setCustomtimeouts(timeouts);
      return resourceOptions(parseGoal(asked, undefined).options).customTimeouts;
    };
    assert.deepEqual(seconds(""), {});
    assert.deepEqual(seconds("1h30m"), { create: 5400 });
    assert.deepEqual(seconds("1.5s250ms"), { create: 1.75 });
    assert.deepEqual(seconds("-.5s"), { create: -0.5 });
    assert.deepEqual(seconds("+0"), { create: 0 });
    for (const text of ["soon", "5", "1h later", "5d", "-", ".s", "5s\n"]) {
      assert.throws(() => seconds(text), { message: `unable to parse customTimeout Value ${text}` });
    }
  });

  it("is refused when it is not as the protocol has it", () => {
    assert.throws(() => parseGoal(request("odd"), undefined), {
      message: "Type 'odd' is not a valid type token (must have format '*:*:*')",
    });
    assert.equal(parseGoal(request("odd").setCustom(false), undefined).type, "odd");
    assert.throws(() => parseGoal(request().setParent("shelf"), undefined), {
      message: 'invalid parent URN: invalid URN "shelf"',
    });
    assert.throws(() => parseGoal(request().setDependenciesList(["a"]), undefined), {
      message: 'invalid dependency URN: invalid URN "a"',
    });
  });
});
