import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { gzipSync } from "node:zlib";
import { bundleArchive, bundleFiles, signBundle } from "../../../../components/dicom/bundle.ts";
import { opaConfig } from "../../../../components/dicom/opa-server-spec.ts";
import { tarArchive } from "../../../../components/dicom/tar.ts";
import type { Properties } from "../../../../packages/stack-model/property-value.ts";
import {
  opaBundleSigned,
  opaDefaultDeny,
  opaTokenVerified,
} from "../../../../policy-pack/policies/dicom/opa-policies.ts";
import { SETTINGS } from "../../../components/dicom/signed.ts";
import { judge } from "../../judge.ts";
import { resource } from "../../resources.ts";

const configMap = (props: Properties) => resource("kubernetes:core/v1:ConfigMap", props);
const rego = (text: string) => configMap({ data: { "policy.rego": text } });
const bundle = (files: Readonly<Record<string, string>>) =>
  configMap({ binaryData: { "bundle.tar.gz": gzipSync(tarArchive(files)).toString("base64") } });

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const files = bundleFiles(SETTINGS);
const deployed = configMap({
  binaryData: { "bundle.tar.gz": bundleArchive(files, signBundle(files, privateKey)).toString("base64") },
});

describe("opa-default-deny", () => {
  it("passes for the bundle of this repository, and for what decides on nothing", () => {
    assert.deepEqual(judge(opaDefaultDeny, deployed), []);
    assert.deepEqual(judge(opaDefaultDeny, rego("package a\nhelper := 1\n# allow if true")), []);
    assert.deepEqual(judge(opaDefaultDeny, rego("package a\ndefault allow := false\nallow if input.ok")), []);
  });

  it("fails for a package whose allow has no default, or one that allows", () => {
    for (const text of [
      "allow if input.ok",
      "default allow := true\nallow if input.ok",
      "# default allow := false\nallow if input.ok",
    ]) {
      const expected = "it: the package a (policy.rego) has rules for allow and no default that denies";
      assert.deepEqual(judge(opaDefaultDeny, rego(`package a\n${text}`)), [expected]);
    }
  });

  it("fails for such a package in a bundle, and takes a default of another file of the package", () => {
    const allow = "package a\nallow if input.ok";
    assert.deepEqual(judge(opaDefaultDeny, bundle({ "x.rego": allow })), [
      "it: the package a (x.rego) has rules for allow and no default that denies",
    ]);
    const rest = { "y.rego": "package a\ndefault allow := false\n" };
    assert.deepEqual(judge(opaDefaultDeny, bundle({ "x.rego": allow, ...rest })), []);
  });

  it("fails for the bundle of this repository without its default", () => {
    const policy = files["policy/sources.rego"] ?? "";
    const changed = { ...files, "policy/sources.rego": policy.replace("default allow := false\n", "") };
    assert.deepEqual(judge(opaDefaultDeny, bundle(changed)), [
      "it: the package metacell.dicomweb.sources.authz (policy/sources.rego) has rules for allow and no default that denies",
    ]);
  });
});

describe("opa-token-verified", () => {
  it("passes for the bundle of this repository, and for a package without tokens", () => {
    assert.deepEqual(judge(opaTokenVerified, deployed), []);
    assert.deepEqual(judge(opaTokenVerified, rego("package a\nallow := input.ok")), []);
  });

  it("fails for a package that decodes a token only, as the seed's does, or verifies it by HMAC", () => {
    const decode = "package a\n[_, payload, _] := io.jwt.decode(input.token)";
    for (const text of [decode, `${decode}\nok := io.jwt.verify_hs256(input.token, "secret")`]) {
      assert.deepEqual(judge(opaTokenVerified, rego(text)), [
        "it: the package a (policy.rego) decodes a token and never verifies one",
      ]);
    }
  });
});

describe("opa-bundle-signed", () => {
  const publicKey = createPublicKey(privateKey).export({ type: "spki", format: "pem" }).toString();
  const config = opaConfig(publicKey, "/bundle/bundle.tar.gz");
  const given = (value: object) => configMap({ data: { "opa.json": JSON.stringify(value) } });
  const pod = (...args: string[]) =>
    resource("kubernetes:core/v1:Pod", { spec: { containers: [{ name: "opa", args }] } });

  it("passes for OPA's configuration of this repository, and for a command that verifies", () => {
    assert.deepEqual(judge(opaBundleSigned, given(config)), []);
    assert.deepEqual(judge(opaBundleSigned, pod("run", "--server", "--config-file=/config/opa.json")), []);
    assert.deepEqual(judge(opaBundleSigned, pod("run", "--bundle", "/b", "--verification-key=/k")), []);
  });

  it("fails for a bundle without a key, with files left out, or with a key that could sign", () => {
    const bundles = (signing: object) => ({ ...config, bundles: { dicom: { signing } } });
    assert.deepEqual(judge(opaBundleSigned, given({ bundles: { dicom: {} } })), [
      "it: opa.json: the bundle dicom has no signing.keyid",
    ]);
    assert.deepEqual(judge(opaBundleSigned, given(bundles({ keyid: "bundle", exclude_files: ["x"] }))), [
      "it: opa.json: the bundle dicom leaves files out of its signature: exclude_files",
    ]);
    const noKey = "it: opa.json: the bundle dicom is verified by other, which is no public key in keys";
    assert.deepEqual(judge(opaBundleSigned, given(bundles({ keyid: "other" }))), [noKey]);
    const hmac = { ...bundles({ keyid: "other" }), keys: { other: { algorithm: "HS256", key: "s" } } };
    assert.deepEqual(judge(opaBundleSigned, given(hmac)), [noKey]);
  });

  it("fails for a command that does not verify", () => {
    assert.deepEqual(judge(opaBundleSigned, pod("run", "-b", "/b")), [
      'it: container "opa": opa run has --bundle without --verification-key',
    ]);
    assert.deepEqual(
      judge(opaBundleSigned, pod("run", "--bundle=/b", "--verification-key=/k", "--skip-verify")),
      ['it: container "opa": opa run has --skip-verify'],
    );
  });
});
