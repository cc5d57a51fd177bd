import assert from "node:assert/strict";
import { assertRefused, changed, parsed, stack } from "../../stacks.ts";

const DIGEST = `sha256:${"0".repeat(64)}`;
const tutorial = stack("tutorial");
const prod = stack("prod");

describe("private nodes without Cloud NAT", () => {
  it("run what Google's registries hold", () => {
    for (const repository of ["gcr.io/p/x", "eu.gcr.io/p/x", "europe-west4-docker.pkg.dev/p/docker-hub/x"]) {
      const image = `${repository}@${DIGEST}`;
      // Guardrails, not this check, reject it as unattested.
      assert.doesNotThrow(() => parsed(changed(prod, { "fhirServer.image": image, clientImage: image })));
    }
  });

  it("may not run images of other registries, whatever the host resembles", () => {
    for (const host of ["docker.io", "quay.io", "gcr.io.example", "notgcr.io", "registry.example:5000"]) {
      const image = `${host}/p/x@${DIGEST}`;
      const lies = `is on ${host}, which nodes without natEgress do not reach`;
      assertRefused(changed(prod, { "fhirServer.image": image, clientImage: image }), [
        `fhirServer.image = "${image}": ${lies}: name it by the mirror of quay.io or Docker Hub, or set natEgress`,
        `clientImage = "${image}": ${lies}: name it by the mirror of quay.io or Docker Hub, or set natEgress`,
      ]);
    }
  });

  it("pull copies where there is no mirror", () => {
    const image = `quay.io/p/x@${DIGEST}`;
    assertRefused(changed(tutorial, { "mllpAdapter.image": image, "images[0].image": image }), [
      `mllpAdapter.image = "${image}": is on quay.io, which nodes without natEgress do not reach: copy it to Artifact Registry, or set natEgress`,
    ]);
  });
});

describe("nodes that reach the internet", () => {
  it("run images from anywhere", () => {
    const image = `quay.io/p/x@${DIGEST}`;
    const changes = { "fhirCluster.google.natEgress": true, "fhirServer.image": image, clientImage: image };
    assert.doesNotThrow(() => parsed(changed(prod, changes)));
  });

  it("are not checked on an existing cluster", () => {
    assert.doesNotThrow(() => parsed(stack("kind")));
  });
});
