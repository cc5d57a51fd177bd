import assert from "node:assert/strict";
import fc from "fast-check";
import { assertRefused, changed, parsed, shown, stack, WITHOUT_RUNTIME } from "../../stacks.ts";

const kind = stack("kind");
const prod = stack("prod");

const TAG =
  'has the tag "latest", and a tag can be moved to another image: write HOST/NAME@sha256: and 64 hexadecimal digits';
const DIGEST = `sha256:${"0".repeat(64)}`;

describe("the images of the fhir layer", () => {
  const listed = [{ image: "docker.io/sween/ciliumfhir:latest", reason: "The story publishes it by tag" }];

  it("are named by digest, or listed by their very name", () => {
    assert.doesNotThrow(() => parsed(changed(kind, { unattestedImages: listed })));
    assertRefused(changed(kind, { unattestedImages: [] }), [
      `fhirServer.image = "docker.io/sween/ciliumfhir:latest": ${TAG}; or list it in unattestedImages by this very name`,
    ]);
    assertRefused(changed(kind, { clientImage: "docker.io/curlimages/curl:latest" }), [
      `clientImage = "docker.io/curlimages/curl:latest": ${TAG}; or list it in unattestedImages by this very name`,
    ]);
  });

  it("are not excused by a pattern that would match them", () => {
    const pattern = { image: "docker.io/sween/*", reason: "All of the story's" };
    assertRefused(changed(kind, { unattestedImages: [pattern] }), [
      `fhirServer.image = "docker.io/sween/ciliumfhir:latest": ${TAG}; or list it in unattestedImages by this very name`,
    ]);
  });

  it("are not checked against an invalid list", () => {
    assertRefused(changed(kind, { "unattestedImages[0].reason": undefined }), [
      "unattestedImages[0].reason: is missing: say why it runs without an attestation",
    ]);
  });

  it("may be listed as unattested only for a cluster that requires no attestations; elsewhere no list allows a tag", () => {
    const image = "us-central1-docker.pkg.dev/example-prod-fhir/docker-hub/example/irishealth-fhir:latest";
    const list = [{ image, reason: "It is new" }];
    assertRefused(changed(prod, { unattestedImages: list, "fhirServer.image": image }), [
      `fhirServer.image = "${image}": ${TAG}`,
      `unattestedImages = ${shown(list)}: must not be set together with fhirCluster.google: images there are attested, or listed in fhirCluster.google.admissionPolicy.allowList`,
    ]);
  });
});

describe("private nodes", () => {
  const LONELY =
    "fhirCluster.google.mirror = false: is false, and so is natEgress: private nodes could not pull images, and Cilium would never start";

  it("pull from mirrors, or through Cloud NAT, or both ways, and never neither", () => {
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), (mirror, natEgress) => {
        const data = changed(prod, {
          "fhirCluster.google.mirror": mirror,
          "fhirCluster.google.natEgress": natEgress,
        });
        if (mirror || natEgress) assert.doesNotThrow(() => parsed(data));
        else assertRefused(data, [LONELY]);
      }),
    );
  });

  it("pull Cilium's images from one registry", () => {
    const registry = "registry.example/quay";
    assertRefused(changed(prod, { "cilium.registry": registry }), [
      `cilium.registry = "${registry}": must not be set together with fhirCluster.google.mirror, from which Cilium's images are pulled: remove it, or set the mirror to false`,
    ]);
    const direct = { "fhirCluster.google.mirror": false, "fhirCluster.google.natEgress": true };
    assert.doesNotThrow(() => parsed(changed(prod, { ...direct, "cilium.registry": registry })));
    assert.doesNotThrow(() => parsed(changed(kind, { "cilium.registry": registry })));
  });
});

describe("a Cilium that is there already", () => {
  it("is accepted only on a cluster that exists already", () => {
    assert.doesNotThrow(() => parsed(changed(kind, { "cilium.install": false })));
    assertRefused(changed(prod, { "cilium.install": false }), [
      "cilium.install = false: must not be false with fhirCluster.google: on its nodes no pod starts before Cilium does",
    ]);
  });

  it("rejects keys for its installation", () => {
    const why = "has no effect, because cilium.install is false: remove it";
    const how = {
      "cilium.chart": "repository",
      "cilium.registry": "registry.example/quay",
      "cilium.policyEnforcementMode": "always",
    };
    assertRefused(
      changed(kind, { "cilium.install": false, ...how }),
      Object.entries(how).map(([key, value]) => `${key} = "${value}": ${why}`),
    );
  });
});

describe("the version of Cilium", () => {
  it("is one whose images are known by digest", () => {
    for (const version of ["1.16.19", "v1.20.2", "1.20", 1.2]) {
      assertRefused(changed(kind, { "cilium.version": version }), [
        `cilium.version = ${JSON.stringify(version)}: is not a version whose images are known here by digest: give 1.16.0 or 1.20.2`,
      ]);
    }
    for (const version of ["1.16.0", "1.20.2"]) {
      assert.equal(parsed(changed(kind, { "cilium.version": version })).cilium.version, version);
    }
  });

  it("may not be one whose agents do not start on GKE's nodes", () => {
    assertRefused(changed(prod, { "cilium.version": "1.16.0" }), [
      'cilium.version = "1.16.0": does not start on the nodes of GKE 1.36.2 and newer (cilium#47884): give 1.20.2, or leave it out',
    ]);
    assert.doesNotThrow(() => parsed(changed(prod, { "cilium.version": undefined })));
  });
});

describe("keys of the stack's own", () => {
  const keys = { rotationDays: 30 };

  it("are rejected where the volumes belong to an existing cluster", () => {
    assertRefused(changed(kind, { customerManagedKeys: keys }), [
      'customerManagedKeys = {"rotationDays":30}: encrypts nothing in this stack: it does not manage the volumes of an existing cluster. Remove it',
    ]);
  });

  it("are allowed with an existing cluster where they encrypt the runtime layer's data", () => {
    const data = changed(prod, {
      "projects.fhir": undefined,
      fhirCluster: { context: "kind" },
      cilium: undefined,
    });
    assert.doesNotThrow(() => parsed(data));
  });

  it("encrypt the FHIR server's volume by a storage class that nothing takes the place of", () => {
    assertRefused(changed(prod, { "fhirServer.storage.className": "standard-rwo" }), [
      'fhirServer.storage.className = "standard-rwo": must not be set together with customerManagedKeys, for which the stack creates a storage class: remove it',
    ]);
    const google = { customerManagedKeys: undefined, "fhirServer.storage.className": "standard-rwo" };
    assert.doesNotThrow(() => parsed(changed(prod, google)));
    assert.doesNotThrow(() => parsed(changed(kind, { "fhirServer.storage": { className: "standard" } })));
  });

  it("need the number of a project for the FHIR cluster that exists already", () => {
    assertRefused(changed(prod, { "projects.fhir.number": undefined }), [
      "projects.fhir.number: is missing: customerManagedKeys must be granted to the project's Compute Engine agent, named by number",
    ]);
  });
});

describe("the FHIR server's namespace", () => {
  it("may not be one that deny-all does not apply to", () => {
    assertRefused(changed(kind, { "cilium.systemNamespaces": ["monitoring", "galactic-fhir"] }), [
      'cilium.systemNamespaces[1] = "galactic-fhir": is the FHIR server\'s namespace, which no policy would protect',
    ]);
    for (const namespace of ["kube-system", "kube-public", "default"]) {
      assertRefused(changed(kind, { "fhirServer.namespace": namespace }), [
        `fhirServer.namespace = "${namespace}": is a namespace of Kubernetes itself: the FHIR server needs its own namespace`,
      ]);
    }
  });
});

describe("a FHIR cluster to make", () => {
  it("rests in one of the allowed locations, its zones among them", () => {
    assertRefused(changed(prod, { "fhirCluster.google.location": "europe-west4-b" }), [
      'fhirCluster.google.location = "europe-west4-b": stores health data outside allowedLocations: us-central1',
    ]);
    assert.doesNotThrow(() => parsed(changed(prod, { "fhirCluster.google.location": "us-central1-b" })));
  });

  it("rests nowhere before a location is allowed", () => {
    assertRefused(changed(prod, { allowedLocations: undefined }), [
      'hl7v2Store.location = "us-central1": is outside allowedLocations: the list is empty',
      'fhirCluster.google.location = "us-central1": stores health data outside allowedLocations: the list is empty',
    ]);
  });

  it("is not checked against invalid allowed locations", () => {
    assertRefused(changed(prod, { allowedLocations: ["us-central-1"] }), [
      'allowedLocations[0] = "us-central-1": is not a region or one of us, eu, europe, asia, global: did you mean us-central1?',
    ]);
  });

  it("has ranges that do not overlap, whichever the deployer's cluster has", () => {
    assertRefused(changed(prod, { "fhirCluster.google.ranges.services": "10.36.128.0/20" }), [
      'fhirCluster.google.ranges.services = "10.36.128.0/20": overlaps fhirCluster.google.ranges.pods = 10.36.0.0/14: give each network a range of its own',
    ]);
    assert.doesNotThrow(() => parsed(changed(prod, { "fhirCluster.google.ranges.nodes": "10.10.0.0/20" })));
  });

  it("requires attestations, of attestors that the stack pins, where no other layer does", () => {
    const alone = changed(prod, { layers: ["fhir"], ...WITHOUT_RUNTIME });
    assert.doesNotThrow(() => parsed(alone));
    assertRefused(changed(alone, { attestors: undefined, attestations: undefined }), [
      "attestors: is empty: name the signing stack's attestor and pin its public key",
      "attestations: is missing: name the file with the signing stack's attestations",
    ]);
  });

  it("is rejected with several errors at once", () => {
    assertRefused(
      changed(prod, {
        "fhirServer.image": `example/fhir@${DIGEST}`,
        "fhirCluster.google.mirror": false,
        "fhirCluster.google.location": "us-east1",
        "fhirServer.storage.className": "standard",
      }),
      [
        `fhirServer.image = "example/fhir@${DIGEST}": names no registry, so its meaning depends on the node's default: write HOST/NAME@sha256: and 64 hexadecimal digits`,
        "fhirCluster.google.mirror = false: is false, and so is natEgress: private nodes could not pull images, and Cilium would never start",
        'fhirServer.storage.className = "standard": must not be set together with customerManagedKeys, for which the stack creates a storage class: remove it',
        'fhirCluster.google.location = "us-east1": stores health data outside allowedLocations: us-central1',
      ],
    );
  });
});
