import assert from "node:assert/strict";
import { assertRefused, changed, parsed, stack } from "../../stacks.ts";

const tutorial = stack("tutorial");
const signing = stack("prod-signing");
const runtime = stack("prod");

describe("a dataset", () => {
  it("rests in one of the allowed locations", () => {
    assertRefused(changed(tutorial, { allowedLocations: ["eu", "europe-west4"] }), [
      'hl7v2Store.location = "us-central1": is outside allowedLocations: eu, europe-west4',
    ]);
    assert.doesNotThrow(() => parsed(changed(tutorial, { allowedLocations: ["eu", "us-central1"] })));
  });

  it("rests nowhere before a location is allowed", () => {
    assertRefused(changed(tutorial, { allowedLocations: undefined }), [
      'hl7v2Store.location = "us-central1": is outside allowedLocations: the list is empty',
    ]);
  });

  it("is not checked against invalid allowed locations", () => {
    assertRefused(changed(tutorial, { allowedLocations: ["us-central-1"] }), [
      'allowedLocations[0] = "us-central-1": is not a region or one of us, eu, europe, asia, global: did you mean us-central1?',
    ]);
  });
});

describe("a stack that only runs images", () => {
  it("names the attestors and the attestations of a signing stack", () => {
    assertRefused(changed(runtime, { attestors: undefined, attestations: undefined }), [
      "attestors: is empty: name the signing stack's attestor and pin its public key",
      "attestations: is missing: name the file with the signing stack's attestations",
    ]);
  });

  it("pins at least one key of each attestor, by the id that attestations name it by", () => {
    assertRefused(changed(runtime, { "attestors[0].publicKeys": [] }), [
      "attestors[0].publicKeys = []: has no key: pin at least one",
    ]);
    assertRefused(changed(runtime, { "attestors[0].publicKeys[0].id": undefined }), [
      "attestors[0].publicKeys[0].id: is missing",
    ]);
  });
});

describe("the public keys of an attestor", () => {
  it("have ids of their own", () => {
    const { attestors } = stack("prod") as { attestors: { publicKeys: { pem: string }[] }[] };
    const pem = attestors[0]?.publicKeys[0]?.pem ?? "";
    const twice = {
      name: "projects/some-project/attestors/some",
      publicKeys: [
        { id: "a", pem },
        { id: "a", pem },
      ],
    };
    assertRefused(changed(stack("tutorial"), { attestors: [twice] }), [
      'attestors[0].publicKeys[1].id = "a": is already the id of another key of this attestor',
    ]);
  });
});

describe("a stack that only signs images", () => {
  it("says which projects with clusters may verify", () => {
    assertRefused(changed(signing, { "attestor.verifierProjects": [] }), [
      "attestor.verifierProjects = []: is empty: no project may verify with this attestor, so give the numbers of the projects with clusters",
    ]);
    assertRefused(changed(signing, { "attestor.verifierProjects": undefined }), [
      "attestor.verifierProjects: is empty: no project may verify with this attestor, so give the numbers of the projects with clusters",
    ]);
  });

  it("says it by the project's number", () => {
    assertRefused(changed(signing, { "attestor.verifierProjects": ["example-prod-deployer"] }), [
      'attestor.verifierProjects[0] = "example-prod-deployer": is not a project number: digits only, as the project\'s dashboard shows it',
    ]);
  });

  it("may leave it out where the same stack runs the images", () => {
    assert.doesNotThrow(() => parsed(changed(tutorial, { "attestor.verifierProjects": undefined })));
  });
});

describe("keys of the stack's own for data at rest", () => {
  const number =
    "projects.deployer.number: is missing: customerManagedKeys must be granted to the project's Compute Engine agent, named by number";

  it("need the number of a deployer project that exists already", () => {
    assertRefused(changed(runtime, { "projects.deployer.number": undefined }), [number]);
  });

  it("need no number of a project that the stack creates, whose number it learns", () => {
    assert.doesNotThrow(() => parsed(changed(tutorial, { customerManagedKeys: { rotationDays: 30 } })));
  });

  it("are rotated every 1 to 90 days", () => {
    assertRefused(changed(runtime, { customerManagedKeys: { protectionLevel: "NONE", rotationDays: 91 } }), [
      'customerManagedKeys.protectionLevel = "NONE": is not one of SOFTWARE, HSM',
      "customerManagedKeys.rotationDays = 91: is more than 90",
    ]);
    assertRefused(changed(runtime, { "customerManagedKeys.rotationDays": 0 }), [
      "customerManagedKeys.rotationDays = 0: is less than 1",
    ]);
    assertRefused(changed(runtime, { "customerManagedKeys.rotationDays": 1.5 }), [
      "customerManagedKeys.rotationDays = 1.5: is not a whole number",
    ]);
  });
});

describe("messages on their way out", () => {
  const outbound = {
    topic: "hl7v2-messages",
    mllpAddress: "hospital.example:2575",
    receivers: ["10.9.0.0/24"],
  };

  it("come from a topic of the store", () => {
    assertRefused(changed(tutorial, { "mllpAdapter.outbound": outbound }), [
      'mllpAdapter.outbound.topic = "hl7v2-messages": is not a topic of the HL7v2 store: hl7v2Store.notifications names none',
    ]);
    assertRefused(changed(runtime, { "mllpAdapter.outbound": { ...outbound, topic: "messages" } }), [
      'mllpAdapter.outbound.topic = "messages": is not a topic of the HL7v2 store: hl7v2-messages',
    ]);
    assert.doesNotThrow(() => parsed(changed(runtime, { "mllpAdapter.outbound": outbound })));
  });

  it("go to a named address and named ranges", () => {
    assertRefused(
      changed(runtime, { "mllpAdapter.outbound": { ...outbound, mllpAddress: "hospital", receivers: [] } }),
      [
        'mllpAdapter.outbound.mllpAddress = "hospital": is not HOST:PORT',
        "mllpAdapter.outbound.receivers = []: is empty",
      ],
    );
  });

  it("are not checked against invalid topics", () => {
    const changes = {
      "mllpAdapter.outbound": outbound,
      "hl7v2Store.notifications[0].topic": "hl7v2 messages",
    };
    assertRefused(changed(runtime, changes), [
      'hl7v2Store.notifications[0].topic = "hl7v2 messages": is not a Pub/Sub topic: 3 to 255 letters, digits and _ . ~ + % -, a letter first, not beginning with goog',
    ]);
  });
});

describe("the images to sign", () => {
  const item = (image: string) => ({ image, owner: "team", reason: "release" });
  const [one, two] = ["0", "1"].map((digit) => `gcr.io/project/name@sha256:${digit.repeat(64)}`);

  it("are listed once each", () => {
    const images = [one, two, one, one].map((image) => item(image ?? ""));
    assertRefused(changed(tutorial, { images }), [
      `images[2].image = "${String(one)}": is already listed, as images[0]`,
      `images[3].image = "${String(one)}": is already listed, as images[0]`,
    ]);
  });

  it("are compared where one of them is malformed as well", () => {
    const images = [one, "name", one].map((image) => item(image ?? ""));
    assertRefused(changed(tutorial, { images }), [
      'images[1].image = "name": has no digest: write HOST/NAME@sha256: and 64 hexadecimal digits',
      `images[2].image = "${String(one)}": is already listed, as images[0]`,
    ]);
  });

  it("have no external signature where the stack's own key signs", () => {
    const signature = { signature: "QUJD" };
    assertRefused(changed(tutorial, { "images[0].signature": signature }), [
      'images[0].signature = {"signature":"QUJD"}: must not be set where signingKey signs: remove it, or give attestor.publicKeys',
    ]);
  });
});

describe("the sizes of a stack", () => {
  it("are whole numbers within their bounds", () => {
    assertRefused(
      changed(runtime, {
        "mllpAdapter.replicas": 101,
        "deployerCluster.nodesPerZone": 0,
        "deployerCluster.machineType": "big",
        "deployerCluster.releaseChannel": "EXTENDED",
      }),
      [
        'deployerCluster.releaseChannel = "EXTENDED": is not one of STABLE, REGULAR, RAPID',
        'deployerCluster.machineType = "big": is not a machine type, for example e2-standard-2',
        "deployerCluster.nodesPerZone = 0: is not more than 0",
        "mllpAdapter.replicas = 101: is more than 100",
      ],
    );
    assertRefused(changed(tutorial, { "signingKey.version": "1" }), [
      'signingKey.version = "1": is not a number',
    ]);
    assertRefused(changed(tutorial, { "note.hint": "x".repeat(65) }), [
      `note.hint = "${"x".repeat(65)}": is longer than 64`,
    ]);
    assertRefused(changed(tutorial, { "note.hint": "" }), ['note.hint = "": is empty']);
  });
});
