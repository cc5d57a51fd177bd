import assert from "node:assert/strict";
import { layerConfig } from "../../../infra/config/layer-configs.ts";
import { InternalError } from "../../../infra/internal-error.ts";
import { parsed, stack } from "../stacks.ts";

describe("The configuration of a layer", () => {
  it("is the stack's, for the layers that it builds alone", () => {
    const prod = parsed(stack("prod"));
    assert.equal(layerConfig(prod, "signing"), undefined);
    assert.equal(layerConfig(prod, "runtime"), prod);
    assert.equal(layerConfig(prod, "fhir")?.fhirServer.name, "hospital-fhir");
  });

  it("without a required key is a bug of the program, not an error of the stack", () => {
    const { mllpAdapter, ...rest } = parsed(stack("prod"));
    assert.ok(mllpAdapter);
    assert.throws(
      () => layerConfig(rest, "runtime"),
      (error: unknown) =>
        error instanceof InternalError &&
        error.message.startsWith("mllpAdapter is missing, which the layer runtime requires: this is a bug"),
    );
  });
});
