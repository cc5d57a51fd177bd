import assert from "node:assert/strict";
import { DynamicProvider, providerText } from "../../../components/gcp/dynamic-provider.ts";
import { PublicKey } from "../../../components/gcp/public-key.ts";
import { declared, known } from "../mocks.ts";

const KEY_VERSION = "projects/p/locations/us/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1";

describe("PublicKey", () => {
  it("is fetched when it is created, and again only for another key version", async () => {
    const { resource, result } = await declared(({ transformations }) => {
      const provider = new DynamicProvider("dynamic", { transformations });
      return new PublicKey("key", { keyVersion: KEY_VERSION }, { provider, transformations });
    });
    const { type, inputs, provider } = resource("key");
    assert.equal(type, "pulumi-nodejs:dynamic/kms:PublicKey");
    assert.equal(provider, "dynamic");
    assert.deepEqual(inputs, {
      keyVersion: KEY_VERSION,
      __provider: providerText("#key-operations", "fetchPublicKey", ["keyVersion"]),
    });
    assert.equal(await known(result.pem), "PEM");
    assert.equal(await known(result.keyVersion), KEY_VERSION);
  });
});
