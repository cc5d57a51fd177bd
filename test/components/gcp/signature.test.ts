import assert from "node:assert/strict";
import { DynamicProvider, providerText } from "../../../components/gcp/dynamic-provider.ts";
import { Signature } from "../../../components/gcp/signature.ts";
import { declared, known } from "../mocks.ts";

const ARGS = {
  keyVersion: "projects/p/locations/us/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1",
  payload: "UEFZTE9BRA==",
  publicKey: "PEM",
};

describe("Signature", () => {
  it("is made when it is created, and again only for another payload or key version", async () => {
    const { resource, result } = await declared(({ transformations }) => {
      const provider = new DynamicProvider("dynamic", { transformations });
      return new Signature("signature", ARGS, { provider, transformations });
    });
    const { type, inputs, provider } = resource("signature");
    assert.equal(type, "pulumi-nodejs:dynamic/kms:Signature");
    assert.equal(provider, "dynamic");
    assert.deepEqual(inputs, {
      ...ARGS,
      __provider: providerText("#key-operations", "signPayload", ["keyVersion", "payload"]),
    });
    assert.equal(await known(result.signature), "U0lHTkFUVVJF");
  });
});
