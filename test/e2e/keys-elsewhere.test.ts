import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { stringify } from "yaml";
import { parsePinnedImage } from "../../packages/attestation/image-reference.ts";
import { attestationPayload } from "../../packages/attestation/payload.ts";
import { Engine } from "./engine.ts";
import { Graph } from "./graph.ts";
import { toolchainOrSkip } from "../toolchain.ts";

const IMAGE = `registry.example.org/hospital/adapter@sha256:${"3".repeat(64)}`;

describe("A stack whose signing keys are managed elsewhere", function () {
  this.timeout(120_000);
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const signature = sign("sha256", Buffer.from(attestationPayload(parsePinnedImage(IMAGE))), privateKey);

  function stackFile(external: Buffer): string {
    const keys = {
      layers: ["signing"],
      projects: {
        note: { id: "local-note-project" },
        attestor: { id: "local-attestor-project" },
        attestation: { id: "local-attestation-project" },
      },
      signer: "user:operator@example.com",
      note: { id: "note" },
      attestor: {
        id: "attestor",
        verifierProjects: ["100000000009"],
        publicKeys: [{ pem: publicKey.export({ type: "spki", format: "pem" }) }],
      },
      images: [
        {
          image: IMAGE,
          owner: "tests",
          reason: "signed elsewhere",
          signature: { signature: external.toString("base64") },
        },
      ],
    };
    return stringify({
      config: Object.fromEntries(Object.entries(keys).map(([key, value]) => [`attested-fhir:${key}`, value])),
    });
  }

  let engine: Engine | undefined;
  before(async function () {
    const tools = await toolchainOrSkip(this, { plugins: ["pulumi-resource-gcp"] });
    engine = await Engine.start(tools, "elsewhere", stackFile(signature));
  });
  after(() => engine?.stop());

  it("declares no key of its own, and the attestation with its external signature", async () => {
    const graph = new Graph((await engine?.planned()) ?? []);
    assert.deepEqual(graph.every("kms/cryptoKey:CryptoKey"), []);
    assert.deepEqual(graph.every("dynamic/kms:Signature"), []);
    const { inputs } = graph.only("containeranalysis/occurence:Occurence");
    const attestation = inputs?.attestation as { signatures: { publicKeyId: string; signature: string }[] };
    const [external, ...others] = attestation.signatures;
    assert.deepEqual(others, []);
    assert.equal(external?.signature, signature.toString("base64"));
    assert.match(external.publicKeyId, /^ni:\/\/\/sha-256;/);
  });

  it("refuses a signature that does not verify, before any resource is declared", async () => {
    const wrong = sign("sha256", Buffer.from("something else"), privateKey);
    await engine?.configure(stackFile(wrong));
    const { code, output } = (await engine?.pulumi("preview")) ?? assert.fail();
    assert.notEqual(code, 0);
    assert.match(
      output,
      /attested-fhir:images\[0\]\.signature = .*is refused: its signature does not verify against the key ni:/,
    );
  });
});
