import assert from "node:assert/strict";
import { outputsForProgram, plannedOutputs } from "../../../preview/embedded/planned-outputs.ts";
import type { RegisteredResource } from "../../../preview/embedded/resources.ts";
import { type WireProperties, secret, UNKNOWN_WIRE_VALUE } from "../../../preview/embedded/property-wire.ts";

function registered(inputs: WireProperties, more: Partial<RegisteredResource> = {}): RegisteredResource {
  const options = { ignoreChanges: [], additionalSecretOutputs: [], customTimeouts: {} };
  return {
    urn: "urn:pulumi:dev::app::gcp:kms/keyRing:KeyRing::ring",
    type: "gcp:kms/keyRing:KeyRing",
    name: "ring",
    custom: true,
    operation: "create",
    inputs,
    outputs: inputs,
    dependencies: [],
    propertyDependencies: {},
    options,
    ...more,
  };
}

const INPUTS = {
  name: "ring",
  sizes: [1, 2],
  hidden: secret("s"),
  later: UNKNOWN_WIRE_VALUE,
  network: { address: null },
  disks: [{ size: 1 }],
  hiddenParts: secret({ a: 1 }),
};

describe("What a program sees of its resources", () => {
  it("is what it gave, but for objects, which only the provider knows in full", () => {
    assert.deepEqual(outputsForProgram(registered(INPUTS)), {
      ...INPUTS,
      network: UNKNOWN_WIRE_VALUE,
      disks: UNKNOWN_WIRE_VALUE,
      hiddenParts: secret(UNKNOWN_WIRE_VALUE),
    });
  });

  it("is all that it gave where the provider adds nothing", () => {
    for (const type of ["kubernetes:core/v1:Pod", "pulumi-nodejs:dynamic:Resource", "pulumi:providers:gcp"])
      assert.deepEqual(outputsForProgram(registered({ ...INPUTS, __internal: {} }, { type })), INPUTS, type);
  });

  it("is nothing of components, and of what would be read or imported", () => {
    for (const more of [{ custom: false }, { operation: "read" }, { operation: "import" }] as const)
      assert.deepEqual(outputsForProgram(registered(INPUTS, more)), {});
  });

  it("is secret where the program says so, once", () => {
    const options = {
      ignoreChanges: [],
      additionalSecretOutputs: ["name", "hidden", "absent"],
      customTimeouts: {},
    };
    assert.deepEqual(plannedOutputs(registered(INPUTS, { options })), { ...INPUTS, name: secret("ring") });
  });
});
