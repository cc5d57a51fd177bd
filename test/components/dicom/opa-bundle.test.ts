import assert from "node:assert/strict";
import { bundleArchive, bundleFiles } from "../../../components/dicom/bundle.ts";
import { OpaBundle } from "../../../components/dicom/opa-bundle.ts";
import type { PolicySettings } from "../../../components/dicom/policy-settings.ts";
import { declared, known, type Options } from "../mocks.ts";
import { PUBLIC_KEY, SETTINGS, SIGNATURE } from "./signed.ts";

const bundle = (opts: Options, settings: PolicySettings = SETTINGS) =>
  new OpaBundle("opa", { namespace: "dicom", settings, signature: SIGNATURE, publicKey: PUBLIC_KEY }, opts);

describe("OpaBundle", () => {
  it("declares an immutable ConfigMap with the signed bundle, named by its content", async () => {
    const { result, resource } = await declared(bundle);
    const { inputs } = resource("opa-config-map");
    assert.equal(inputs.immutable, true);
    const archive = bundleArchive(bundleFiles(SETTINGS), SIGNATURE).toString("base64");
    assert.deepEqual(inputs.binaryData, { "bundle.tar.gz": archive });
    const name = await known(result.configMap);
    assert.match(name, /^opa-[0-9a-f]{10}$/);
    assert.deepEqual(inputs.metadata, { namespace: "dicom", name });
  });

  it("refuses a signature of other settings, and says how to make one", async () => {
    await assert.rejects(
      declared((opts) => bundle(opts, { ...SETTINGS, clinics: { MetaCell: {}, Other: {} } })),
      /the signature is of other content in \.manifest, data\.json: review the bundle, sign it by npm run opa-bundle/,
    );
  });
});
