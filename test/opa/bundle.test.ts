import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import {
  bundleArchive,
  bundleFiles,
  canonicalJson,
  signatureFault,
  signBundle,
  signedContent,
} from "../../components/dicom/bundle.ts";
import { opaOrSkip, runOpa } from "./index.ts";
import { type OpaDirectory, opaDirectory, POLICY } from "./policy.ts";

const ISSUER = {
  name: "https://issuer.example/<&>é",
  audience: "viewer",
  algorithms: ["ES256"],
  jwksUri: "https://issuer.example/jwks",
  jwksCacheSeconds: 300,
  requireNotBefore: true,
};
const SETTINGS = { issuer: ISSUER, clinics: { MetaCell: {} } };

function keyPair() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { privateKey, publicKey: pem(publicKey) };
}

function pem(key: KeyObject): string {
  return key.export({ type: "spki", format: "pem" }).toString();
}

describe("The bundle of the DICOMweb policy", () => {
  const { privateKey, publicKey } = keyPair();
  const files = bundleFiles(SETTINGS);
  const signature = signBundle(files, privateKey);

  it("has exactly the policies that the tests test", async () => {
    const tested = (await readdir(POLICY)).filter((name) => !name.endsWith("_test.rego"));
    for (const name of tested)
      assert.equal(files[`policy/${name}`], await readFile(join(POLICY, name), "utf8"), name);
    assert.equal(Object.keys(files).length, tested.length + 2);
  });

  it("is the same bytes for the same content, and others for other settings", () => {
    assert.deepEqual(bundleArchive(files, signature), bundleArchive(bundleFiles(SETTINGS), signature));
    assert.notDeepEqual(bundleFiles({ ...SETTINGS, clinics: {} })["data.json"], files["data.json"]);
  });

  it("is archived as tar, of which every block is whole", () => {
    assert.equal(gunzipSync(bundleArchive(files, signature)).length % 512, 0);
  });

  describe("has a signature that is refused", () => {
    it("where it is another key's", () => {
      assert.equal(signatureFault(files, signature, keyPair().publicKey), "is not by the public key");
    });

    it("where a file is another, missing or added", () => {
      const changed = { ...files, "policy/token.rego": "package dicomweb.token" };
      assert.equal(signatureFault(changed, signature, publicKey), "is of other content in policy/token.rego");
      const missing = Object.fromEntries(
        Object.entries(files).filter(([name]) => name !== "policy/mask.rego"),
      );
      assert.equal(signatureFault(missing, signature, publicKey), "is of other content in policy/mask.rego");
      const added = { ...files, "policy/more.rego": "package more" };
      assert.equal(signatureFault(added, signature, publicKey), "is of other content in policy/more.rego");
    });

    it("where it is no JWT, and where the key is none on P-256", () => {
      assert.equal(signatureFault(files, "x.y", publicKey), "is not a JWT of three parts");
      const rsa = createPublicKey(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey);
      const fault = "cannot be verified: the public key is not PEM of a key on P-256";
      assert.equal(signatureFault(files, signature, pem(rsa)), fault);
      assert.equal(signatureFault(files, signature, "no key"), fault);
    });

    it("on any change of a byte of it", () => {
      fc.assert(
        fc.property(fc.nat(signature.length - 3), (at) => {
          const other = signature[at] === "A" ? "B" : "A";
          const changed = `${signature.slice(0, at)}${other}${signature.slice(at + 1)}`;
          assert.notEqual(signatureFault(files, changed, publicKey), undefined);
        }),
      );
    });
  });

  it("is hashed over JSON that reads as the same value, with its keys in order", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)));
      }),
    );
    assert.equal(
      canonicalJson({ b: [1, { d: undefined, c: "<" }], a: null }),
      '{"a":null,"b":[1,{"c":"<"}]}',
    );
  });

  describe("is, by the real OPA,", function () {
    this.timeout(60_000);
    let opa: string;
    let directory: OpaDirectory;

    before(async function () {
      directory = await opaDirectory();
      opa = await opaOrSkip(this);
    });
    after(() => directory.remove());

    /** What OPA says when it loads the bundle: `opa sign` reads what is there, `opa build` verifies. */
    const load = async (verifyWith: string, archive = bundleArchive(files, signature)) => {
      const bundle = join(directory.directory, "bundle.tar.gz");
      await writeFile(bundle, archive);
      const key = await directory.put("key.pem", verifyWith);
      const options = ["--verification-key", key, "--signing-alg", "ES256", "--output", "/dev/null"];
      return runOpa(opa, ["build", "--bundle", bundle, ...options]);
    };

    it("loaded with its key, and refused with another", async () => {
      const { code, stderr } = await load(publicKey);
      assert.equal(code, 0, stderr);
      const refused = await load(keyPair().publicKey);
      assert.equal(refused.code, 1);
      assert.match(refused.stdout + refused.stderr, /failed to verify JWT signature/);
    });

    it("refused where a policy was changed after it was signed", async () => {
      const changed = { ...files, "policy/pets.rego": `${files["policy/pets.rego"] ?? ""}\nallow := true\n` };
      const { code, stdout, stderr } = await load(publicKey, bundleArchive(changed, signature));
      assert.equal(code, 1);
      assert.match(stdout + stderr, /pets\.rego/);
    });

    it("hashed as opa sign hashes it", async () => {
      const bundle = join(directory.directory, "unsigned.tar.gz");
      await writeFile(bundle, bundleArchive(files, signature));
      const key = await directory.put(
        "private.pem",
        privateKey.export({ type: "sec1", format: "pem" }).toString(),
      );
      const options = [
        "--signing-key",
        key,
        "--signing-alg",
        "ES256",
        "--output-file-path",
        directory.directory,
      ];
      const { code, stderr } = await runOpa(opa, ["sign", "--bundle", bundle, ...options]);
      assert.equal(code, 0, stderr);
      const text = await readFile(join(directory.directory, ".signatures.json"), "utf8");
      const [jwt = ""] = (JSON.parse(text) as { signatures: string[] }).signatures;
      const payload = Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString();
      const hashed = JSON.parse(payload) as ReturnType<typeof signedContent>;
      const own = signedContent(files).files;
      for (const { name, hash } of hashed.files)
        assert.ok(
          own.some((file) => file.name === name.replace(/^\//, "") && file.hash === hash),
          name,
        );
      assert.equal(hashed.files.length, own.length);
    });
  });
});
