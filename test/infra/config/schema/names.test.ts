import assert from "node:assert/strict";
import { z } from "zod";
import * as names from "../../../../infra/config/schema/names.ts";

/** What a form says of a value; undefined when it takes it. */
function verdict(form: z.ZodType, value: unknown): string | undefined {
  return form
    .safeParse(value)
    .error?.issues.map(({ message }) => message)
    .join("; ");
}

interface Form {
  readonly form: z.ZodType;
  /** What the form says of everything that it refuses. */
  readonly message: string;
  readonly takes: readonly string[];
  readonly refuses: readonly string[];
}

const long = (length: number) => "a".repeat(length);

const FORMS: Record<string, Form> = {
  "a project id": {
    form: names.projectIdSchema,
    message:
      "is not a project id: 6 to 30 lowercase letters, digits and hyphens, a letter first and no hyphen last",
    takes: ["abcdef", "a-2-c4", long(30)],
    refuses: ["", "abcde", long(31), "1bcdef", "abcde-", "abc.def", "example.com:abc", "abcdef\n"],
  },
  "a Cloud KMS name": {
    form: names.keyNameSchema,
    message: "is not a Cloud KMS name: 1 to 63 letters, digits, _ and -",
    takes: ["k", "Key_Ring-1", long(63)],
    refuses: ["", long(64), "key.ring", "key/ring", "schlüssel"],
  },
  "a note id": {
    form: names.noteIdSchema,
    message: "is not a note id: 1 to 100 letters, digits, _ . and -, a letter or digit first",
    takes: ["n", "1", "note-id_1.2", long(100)],
    refuses: ["", long(101), "-note", "_note", "note/id", "note id"],
  },
  "an attestor id": {
    form: names.attestorIdSchema,
    message: "is not an attestor id: 1 to 63 letters, digits, _ and -, a letter first",
    takes: ["a", "attestor-id_1", long(63)],
    refuses: ["", long(64), "1attestor", "-attestor", "attestor.id", "projects/p/attestors/a"],
  },
  "an attestor's full name": {
    form: names.attestorNameSchema,
    message: "is not an attestor: projects/PROJECT_ID/attestors/ATTESTOR_ID",
    takes: ["projects/attestor-proj-id/attestors/attestor-id"],
    refuses: [
      "attestor-id",
      "projects/p/attestors/a",
      "projects/123456/attestors/a",
      "projects/abcdef/notes/a",
    ],
  },
  "a Healthcare API id": {
    form: names.healthcareIdSchema,
    message: "is not a Healthcare API id: 1 to 256 letters, digits, _ - and .",
    takes: ["dataset-id", "hl7v2.store_1", "krankenhäuser", long(256)],
    refuses: ["", long(257), "data set", "data/set"],
  },
  "a cluster name": {
    form: names.clusterNameSchema,
    message:
      "is not a cluster name: 1 to 40 lowercase letters, digits and hyphens, a letter first and no hyphen last",
    takes: ["a", "cluster-name", long(40)],
    refuses: ["", long(41), "1cluster", "Cluster", "cluster-", "cluster_name"],
  },
  "a Kubernetes name": {
    form: names.kubernetesNameSchema,
    message: "is not a Kubernetes name: 1 to 63 lowercase letters, digits and hyphens",
    takes: ["a", "1", "mllp-adapter", long(63)],
    refuses: ["", long(64), "Mllp", "-mllp", "mllp-", "mllp.adapter"],
  },
  "a service's name": {
    form: names.serviceNameSchema,
    message:
      "is not a name for a service: 1 to 54 lowercase letters, digits and hyphens, a letter first and no hyphen last",
    takes: ["a", "coruscanthealth", "fhir-2", long(54)],
    refuses: ["", long(55), "21-b", "Fhir", "-fhir", "fhir-", "fhir.example"],
  },
  "the value of a label": {
    form: names.labelValueSchema,
    message: "is not the value of a Kubernetes label",
    takes: ["empire", "Empire_2.0", "1", long(63)],
    refuses: ["", long(64), "-empire", "empire.", "the empire", "empire/1"],
  },
  "a Pub/Sub topic": {
    form: names.topicNameSchema,
    message:
      "is not a Pub/Sub topic: 3 to 255 letters, digits and _ . ~ + % -, a letter first, not beginning with goog",
    takes: ["abc", "hl7v2-messages", "a~b+c%d.e_f", long(255)],
    refuses: ["", "ab", long(256), "1topic", "google-topic", "projects/p/topics/t"],
  },
  "a service account": {
    form: names.serviceAccountSchema,
    message: "is not a service account: ACCOUNT@PROJECT_ID.iam.gserviceaccount.com",
    takes: ["deployer@project-id.iam.gserviceaccount.com"],
    refuses: [
      "",
      "deployer",
      "deployer@project-id",
      "someone@example.com",
      "123-compute@developer.gserviceaccount.com",
      "serviceAccount:deployer@project-id.iam.gserviceaccount.com",
    ],
  },
  "a principal": {
    form: names.memberSchema,
    message:
      "is not a principal: user:…, group:…, serviceAccount:… or principal://…, and not allUsers or allAuthenticatedUsers",
    takes: [
      "user:operator@example.com",
      "group:signers@example.com",
      "serviceAccount:signer@project-id.iam.gserviceaccount.com",
      "principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/subject/s",
    ],
    refuses: [
      "",
      "allUsers",
      "allAuthenticatedUsers",
      "domain:example.com",
      "operator@example.com",
      "user:operator",
      "user: operator@example.com",
      "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/*",
    ],
  },
  base64: {
    form: names.base64Schema,
    message: "is not base64 of the standard alphabet, on one line",
    takes: ["QUJD", "QUJDRA==", "QUJDREU=", "+/+/"],
    refuses: ["", "QUJ", "QUJDRA", "QUJD\nQUJD", "QUJD\n", "-_-_", "QQ="],
  },
  "an endpoint": {
    form: names.endpointSchema,
    message: "is not a URL that ends in /",
    takes: ["http://127.0.0.1:8080/v1/", "https://kms.example/v1/", "https://kms.example/"],
    refuses: [
      "",
      "kms.example",
      "https://kms.example",
      "https://kms.example/v1",
      "file:///v1/",
      "https:///v1/",
    ],
  },
  "a host and port": {
    form: names.hostAndPortSchema,
    message: "is not HOST:PORT",
    takes: ["10.0.0.1:2575", "hospital.example:2575"],
    refuses: ["", "hospital.example", "hospital.example:", ":2575", "mllp://hospital.example:2575", "a b:1"],
  },
};

describe("the form of", () => {
  for (const [what, { form, message, takes, refuses }] of Object.entries(FORMS)) {
    it(`${what} takes what Google takes`, () => {
      for (const value of takes) assert.equal(verdict(form, value), undefined, value);
    });

    it(`${what} says of everything else what is allowed`, () => {
      for (const value of refuses) assert.equal(verdict(form, value), message, value);
      for (const value of [5, null, true, [], {}]) assert.equal(verdict(form, value), message);
    });

    it(`${what} says what to give where it is missing`, () => {
      assert.equal(verdict(form, undefined), message.replace("is not", "is missing: give"));
    });
  }
});

describe("a location", () => {
  const ZONE_OR_REGION = "is not a region or zone";
  const DATA = "is not a region or one of us, eu, europe, asia, global";

  it("is a region that Google has, or one that it may have some day", () => {
    for (const region of ["us-central1", "europe-west12", "northamerica-northeast2", "mars-north1"]) {
      assert.equal(verdict(names.regionSchema, region), undefined);
      assert.equal(verdict(names.regionOrZoneSchema, region), undefined);
      assert.equal(verdict(names.dataLocationSchema, region), undefined);
    }
  });

  it("is a zone only where zones are allowed, a multi-region only for data", () => {
    assert.equal(verdict(names.regionOrZoneSchema, "us-central1-a"), undefined);
    assert.equal(verdict(names.dataLocationSchema, "us-central1-a"), `${DATA}: did you mean us-central1?`);
    assert.equal(verdict(names.regionSchema, "us-central1-a"), "is not a region: did you mean us-central1?");
    assert.equal(verdict(names.dataLocationSchema, "eu"), undefined);
    assert.match(verdict(names.regionOrZoneSchema, "eu") ?? "", /^is not a region or zone: did you mean /);
  });

  const nearest = {
    "us-central-1": "us-central1",
    "us-central": "us-central1",
    "US-CENTRAL1": "us-central1",
    uscentral1: "us-central1",
    "europe-west-4": "europe-west4",
    asia_south1: "asia-south1",
  };
  for (const [given, meant] of Object.entries(nearest)) {
    it(`gets a suggestion: ${given}, did you mean ${meant}?`, () => {
      assert.equal(verdict(names.regionOrZoneSchema, given), `${ZONE_OR_REGION}: did you mean ${meant}?`);
    });
  }

  it("gets a zone suggested where it looks like one", () => {
    assert.equal(
      verdict(names.regionOrZoneSchema, "us-central-1-a"),
      `${ZONE_OR_REGION}: did you mean us-central1-a?`,
    );
    assert.equal(
      verdict(names.regionOrZoneSchema, "europewest4-b"),
      `${ZONE_OR_REGION}: did you mean europe-west4-b?`,
    );
  });

  it("says what to give where it is missing or no text", () => {
    assert.equal(verdict(names.regionOrZoneSchema, undefined), "is missing: give a region or zone");
    assert.equal(verdict(names.regionOrZoneSchema, 1), ZONE_OR_REGION);
  });
});

describe("a text that YAML may read as something else", () => {
  const form = z.string({ error: names.givenAsText("name the record") });

  it("is asked for where it is missing, and else wanted in quotes", () => {
    assert.equal(verdict(form, "12345"), undefined);
    assert.equal(verdict(form, undefined), "is missing: name the record");
    for (const value of [12345, true, null]) {
      assert.equal(verdict(form, value), "is not text: put it into quotes");
    }
  });
});

describe("an image by any name", () => {
  it("is an image reference with a registry or an owner, pinned or not", () => {
    for (const image of [
      "docker.io/sween/ciliumfhir:latest",
      "sween/ciliumfhir",
      `quay.io/a/b@sha256:${"0".repeat(64)}`,
    ]) {
      assert.equal(verdict(names.imageReferenceSchema, image), undefined, image);
    }
  });

  it("is refused where it is none, or a name that every registry may have", () => {
    for (const image of ["", "ciliumfhir", "docker.io/Sween/ciliumfhir", "a b", "docker.io/a:b:c"]) {
      assert.equal(verdict(names.imageReferenceSchema, image), "is not an image reference: HOST/NAME", image);
    }
    const wanted = "an image reference: HOST/NAME@sha256: and 64 hexadecimal digits";
    assert.equal(verdict(names.imageReferenceSchema, undefined), `is missing: give ${wanted}`);
    assert.equal(verdict(names.imageReferenceSchema, 5), `is not ${wanted}`);
  });
});

describe("an image of a stack", () => {
  it("is an image pinned by its digest", () => {
    assert.equal(verdict(names.imageSchema, `gcr.io/project/name@sha256:${"0".repeat(64)}`), undefined);
    assert.equal(
      verdict(names.imageSchema, "gcr.io/project/name"),
      "has no digest: write HOST/NAME@sha256: and 64 hexadecimal digits",
    );
    assert.equal(
      verdict(names.imageSchema, 5),
      "is not an image reference: HOST/NAME@sha256: and 64 hexadecimal digits",
    );
    assert.equal(
      verdict(names.imageSchema, undefined),
      "is missing: give an image reference: HOST/NAME@sha256: and 64 hexadecimal digits",
    );
  });
});
