import assert from "node:assert/strict";
import type { Resource } from "../../../../packages/stack-model/resource.ts";
import { imageAttested } from "../../../../policy-pack/policies/images/image-attested.ts";
import { judge } from "../../judge.ts";
import { ATTESTOR_NAME, cluster, deployment, IMAGE, policy, release, root } from "../../resources.ts";
import { signer } from "../../signing-keys.ts";

const OTHER = `gcr.io/vendor/other@sha256:${"2".repeat(64)}`;
const verdict = (...resources: readonly Resource[]) => judge(imageAttested, deployment(), ...resources);
const refused = (why: string) => [`deployment: container "adapter" runs ${IMAGE}, ${why}`];
const NONE = "no attestation of it is declared, and this stack does not sign it";

describe("an image outside Google Cloud", () => {
  const key = signer("//kms/key/1");
  const pinned = [{ name: ATTESTOR_NAME, publicKeys: [{ id: key.id, pem: key.pem }] }];
  const naming = (...images: readonly string[]) => ({
    layers: ["fhir"],
    unattestedImages: images.map((image) => ({ image, reason: "A story on a laptop" })),
  });
  const unnamed = (why: string) => refused(`which unattestedImages does not name, and ${why}`);

  it("passes where the stack exempts it, by name or by a pattern", () => {
    for (const name of [IMAGE, "gcr.io/vendor/*", "gcr.io/vendor/**"])
      assert.deepEqual(verdict(root(naming(name))), []);
    const cilium = release({ image: { override: IMAGE } });
    assert.deepEqual(judge(imageAttested, cilium, root(naming("gcr.io/vendor/*"))), []);
  });

  it("passes where every attestor that the stack pins has attested it", () => {
    const attestations = [{ ...key.attest(IMAGE) }];
    assert.deepEqual(verdict(root({ ...naming(), attestors: pinned, attestations })), []);
    assert.deepEqual(
      verdict(root({ ...naming(), attestors: pinned })),
      unnamed(`the attestor ${ATTESTOR_NAME} has not attested: ${NONE}`),
    );
  });

  it("fails where it is neither exempted nor attested", () => {
    assert.deepEqual(verdict(root(naming(OTHER, "gcr.io/other/*"))), unnamed("the stack pins no attestor"));
    assert.deepEqual(judge(imageAttested, release({ image: IMAGE }), root(naming())), [
      `release: values.image runs ${IMAGE}, which unattestedImages does not name, and the stack pins no attestor`,
    ]);
  });

  it("is not exempted by the stack's declaration on Google Cloud, where that is a violation as well", () => {
    const word = `root: unattestedImages names ${IMAGE}, but the stack runs images on Google Cloud, where its admission policies decide`;
    for (const role of ["deployer", "fhir"]) {
      const declaration = { ...naming(IMAGE), roles: { [role]: { project: "a-project" } } };
      assert.deepEqual(verdict(root(declaration)), [
        word,
        ...refused("to which no Binary Authorization policy of this stack applies"),
      ]);
    }
    assert.deepEqual(verdict(root(naming(IMAGE)), policy()), [
      word,
      ...refused(`which the attestor ${ATTESTOR_NAME} has not attested: ${NONE}`),
    ]);
  });
});

describe("The remediation of an image that is not attested", () => {
  const steps = (...resources: readonly Resource[]) =>
    (imageAttested.remediationFor?.(resources) ?? imageAttested.remediation).join(" ");

  it("refers to the images to sign only in a stack that signs", () => {
    assert.match(
      steps(root({ layers: ["signing", "runtime"] }), cluster()),
      /^List the image under the images to sign/,
    );
    assert.match(steps(root(), cluster()), /^In the stack that signs images/);
  });

  it("refers to unattestedImages in a stack outside Google Cloud, and to no other stack", () => {
    assert.match(steps(root()), /name it in unattestedImages/);
    assert.doesNotMatch(steps(root()), /images to sign|allow-list/);
  });

  it("refers to no part of a declaration in a stack without one", () => {
    assert.equal(steps(cluster()), imageAttested.remediation.join(" "));
    assert.doesNotMatch(imageAttested.remediation.join(" "), /images to sign|signing stack/);
  });
});
