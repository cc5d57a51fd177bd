import assert from "node:assert/strict";
import { stringify } from "yaml";
import { type Attestation, attestationError } from "../../packages/attestation/attestation.ts";
import { discoveryDir, type Google, startGoogle } from "../google/index.ts";
import { skipWithout } from "../toolchain/skip.ts";
import { toolchainOrSkip } from "../toolchain.ts";
import { Engine } from "./engine.ts";
import { nameOf } from "./graph.ts";

const SIGNED = `gcr.io/cloud-healthcare-containers/mllp-adapter@sha256:${"1".repeat(64)}`;
const OTHER = `gcr.io/cloud-healthcare-containers/mllp-adapter@sha256:${"2".repeat(64)}`;
const ROLES = ["kms", "note", "attestor", "attestation"];

/** A signing stack whose Google is the simulated one. */
function stackFile(google: Google, images: readonly string[]): string {
  const keys = {
    layers: ["signing"],
    projects: Object.fromEntries(ROLES.map((role) => [role, { id: `local-${role}-project` }])),
    signer: "user:operator@hospital.test",
    signingKey: {
      keyRing: "ring",
      key: "key",
      location: "us-central1",
      protectionLevel: "SOFTWARE",
      protect: false,
    },
    note: { id: "note" },
    attestor: { id: "attestor", verifierProjects: ["100000000009"] },
    images: images.map((image) => ({ image, owner: "tests", reason: "to be signed" })),
    endpoints: google.endpoints,
  };
  return stringify({
    config: Object.fromEntries(Object.entries(keys).map(([key, value]) => [`attested-fhir:${key}`, value])),
  });
}

describe("The signing layer, run by the real engine and providers against a Google of its own", function () {
  this.timeout(180_000);
  let google: Google;
  let engine: Engine;

  before(async function () {
    const tools = await toolchainOrSkip(this, { plugins: ["pulumi-resource-gcp"] });
    const documents = discoveryDir() ?? skipWithout(this, "GOOGLE_DISCOVERY_DIR");
    google = await startGoogle({
      discoveryDir: documents,
      projects: ROLES.map((role, index) => ({
        projectId: `local-${role}-project`,
        projectNumber: `10000000000${index}`,
      })),
    });
    engine = await Engine.start(tools, "local", stackFile(google, [SIGNED]), {
      HTTPS_PROXY: google.url,
      https_proxy: google.url,
    });
  });

  after(async () => {
    // Both are missing where the suite skipped itself.
    await (engine as Engine | undefined)?.stop();
    await (google as Google | undefined)?.stop();
  });

  const up = () => engine.pulumi("up", "--yes", "--skip-preview");
  const signatures = () =>
    google.requests.filter(
      ({ method }) => method.endsWith(":asymmetricSign") || method.endsWith(".asymmetricSign"),
    ).length;

  async function outputs(): Promise<{
    attestations: Attestation[];
    publicKeys: { id: string; pem: string }[];
    keyVersion: string;
  }> {
    const resources = await engine.resources();
    const stack = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
    return stack?.outputs as Awaited<ReturnType<typeof outputs>>;
  }

  it("makes key, note, attestor and attestation in one go, and signs once", async () => {
    const { code, output } = await up();
    assert.equal(code, 0, output);
    assert.equal(signatures(), 1);
    const occurrences = google.list("containeranalysis", "projects/local-attestation-project/occurrences");
    assert.deepEqual(
      occurrences.map(({ resourceUri }) => resourceUri ?? ""),
      [`https://${SIGNED}`],
    );
  });

  it("hands out an attestation that the public key verifies, by version 1 of the key", async () => {
    const { attestations, publicKeys, keyVersion } = await outputs();
    assert.deepEqual(
      attestations.map(({ image }) => image),
      [SIGNED],
    );
    assert.equal(attestationError(attestations[0] ?? assert.fail(), publicKeys), undefined);
    assert.match(keyVersion, /\/cryptoKeyVersions\/1$/);
  });

  it("changes nothing and signs nothing the second time", async () => {
    const { code, output } = await engine.pulumi("up", "--yes", "--skip-preview", "--expect-no-changes");
    assert.equal(code, 0, output);
    assert.equal(signatures(), 1);
  });

  it("finds nothing to refresh", async () => {
    const { code, output } = await engine.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes");
    assert.equal(code, 0, output);
  });

  it("asks Google nothing about the key in a preview", async () => {
    const before = google.requests.length;
    const { code, output } = await engine.pulumi("preview", "--expect-no-changes");
    assert.equal(code, 0, output);
    const asked = google.requests.slice(before).filter(({ service }) => service === "cloudkms");
    assert.deepEqual(asked, []);
  });

  it("stores nothing when a bit of the signature is flipped on the way", async () => {
    google.spoilSignature();
    await engine.configure(stackFile(google, [SIGNED, OTHER]));
    const { code, output } = await up();
    assert.notEqual(code, 0);
    assert.match(output, /the signature that Cloud KMS returned does not verify, so it was not stored/);
    const attested = (await engine.resources()).filter(({ type }) => type.endsWith("occurence:Occurence"));
    assert.deepEqual(attested.map(nameOf), [
      "gcr.io-cloud-healthcare-containers-mllp-adapter-111111111111-occurrence",
    ]);
    assert.deepEqual(
      (await engine.resources()).filter(({ urn }) => urn.endsWith("mllp-adapter-222222222222-signature")),
      [],
    );
  });

  it("signs a new digest once, also when Cloud KMS does not know the right at first", async () => {
    const before = signatures();
    google.refuse("cloudkms.projects.locations.keyRings.cryptoKeys.cryptoKeyVersions.asymmetricSign", 2);
    const { code, output } = await up();
    assert.equal(code, 0, output);
    assert.equal(signatures() - before, 3, "two refusals and one signature");
    const { attestations, publicKeys } = await outputs();
    assert.deepEqual(
      attestations.map(({ image }) => image),
      [SIGNED, OTHER],
    );
    for (const attestation of attestations)
      assert.equal(attestationError(attestation, publicKeys), undefined);
  });

  it("holds no secret and no token in its state", async () => {
    const { output } = await engine.pulumi("stack", "export");
    assert.doesNotMatch(output, /PRIVATE KEY|Bearer|access_token/);
  });

  it("leaves key ring and key behind on destroy, and adopts them when it is built again", async () => {
    const destroyed = await engine.pulumi("destroy", "--yes", "--skip-preview");
    assert.equal(destroyed.code, 0, destroyed.output);
    assert.deepEqual(google.list("containeranalysis", "projects/local-attestation-project/occurrences"), []);
    const key = "projects/local-kms-project/locations/us-central1/keyRings/ring/cryptoKeys/key";
    assert.ok(google.find("cloudkms", key));
    await engine.configure(
      stackFile(google, [SIGNED]).replace("protect: false", "protect: false\n    adopt: true"),
    );
    const { code, output } = await up();
    assert.equal(code, 0, output);
  });
});
