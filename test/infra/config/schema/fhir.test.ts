import assert from "node:assert/strict";
import fc from "fast-check";
import { fhirClientsSchema, fhirServerSchema } from "../../../../infra/config/schema/fhir.ts";
import { anyId } from "../../../components/cilium/grants.ts";
import { assertRefused, changed, parsed, stack } from "../../stacks.ts";

const kind = stack("kind");
const prod = stack("prod");

const ID = "is not a FHIR id: 1 to 64 letters, digits, - and .";
const NAME = "is not a Kubernetes name: 1 to 63 lowercase letters, digits and hyphens";

describe("a stack with a FHIR server", () => {
  it("gets the safe defaults for what it does not say", () => {
    const { cilium, fhirServer, ...rest } = parsed({
      layers: ["fhir"],
      fhirCluster: { context: "kind" },
      fhirServer: { image: `docker.io/example/fhir@sha256:${"0".repeat(64)}` },
    });
    assert.deepEqual(cilium, {
      install: true,
      policyEnforcementMode: "default",
      systemNamespaces: [],
      re2ProgramLimit: 100,
    });
    assert.deepEqual(fhirServer, {
      image: `docker.io/example/fhir@sha256:${"0".repeat(64)}`,
      name: "coruscanthealth",
      org: "empire",
      namespace: "galactic-fhir",
      basePath: "/intersystems/fhir/r5",
      irisNamespace: "USER",
      debugMode: 0,
      storage: { size: "10Gi" },
      protect: true,
    });
    const { projects, fhirClients, fhirRecords, denyAll, flowVisibility, grants } = rest;
    assert.deepEqual(
      { projects, fhirClients, fhirRecords, denyAll, flowVisibility, grants },
      { projects: {}, fhirClients: {}, fhirRecords: [], denyAll: false, flowVisibility: false, grants: [] },
    );
    assert.deepEqual([rest.accessMode, rest.breakGlass, rest.unattestedImages], ["smart", undefined, []]);
  });

  it("grants reading of a patient where a grant says no more", () => {
    const grants = [{ org: "payer", id: "DarthVader", server: "coruscanthealth" }];
    assert.deepEqual(parsed(changed(kind, { grants })).grants, [
      { ...grants[0], resourceType: "Patient", interactions: ["read"] },
    ]);
  });

  it("makes a cluster on Google Cloud with nodes that reach mirrors and nothing else", () => {
    const google = { name: "fhir", location: "us-central1" };
    assert.deepEqual(parsed(changed(prod, { fhirCluster: { google } })).fhirCluster?.google, {
      ...google,
      ranges: { nodes: "10.32.0.0/20", pods: "10.36.0.0/14", services: "10.40.0.0/20" },
      mirror: true,
      natEgress: false,
      admissionPolicy: { allowList: [], globalPolicyEvaluation: true },
      releaseChannel: "REGULAR",
      machineType: "e2-standard-4",
      nodesPerZone: 1,
      deletionProtection: true,
    });
  });
});

describe("the keys of a FHIR server", () => {
  const CASES: readonly (readonly [string, unknown, string])[] = [
    [
      "name",
      "21-b",
      "is not a name for a service: 1 to 54 lowercase letters, digits and hyphens, a letter first and no hyphen last",
    ],
    ["org", "the empire", "is not the value of a Kubernetes label"],
    ["namespace", "Galactic", NAME],
    ["image", "ciliumfhir", "is not an image reference: HOST/NAME"],
    ["debugMode", -1, "is less than 0"],
    ["debugMode", 1.5, "is not a whole number"],
    ["debugMode", 8, "is not from 0 to 6: 7 opens the endpoint, which only accessMode: breakGlass may do"],
    ["irisNamespace", "1FHIR", "is not an IRIS namespace, such as USER"],
    ["protect", "no", "is not a boolean"],
  ];
  for (const [key, value, message] of CASES) {
    it(`refuse ${key} = ${JSON.stringify(value)}`, () => {
      assertRefused(changed(kind, { [`fhirServer.${key}`]: value }), [
        `fhirServer.${key} = ${JSON.stringify(value)}: ${message}`,
      ]);
    });
  }

  it("take a base path only of segments that mean themselves", () => {
    const unit = fc.constantFrom("/", "f", "R", "5", "-", "_", ".", "%", "?", "é", " ");
    const harmless = (segment: string) =>
      segment !== "" && Array.from(segment).every((one) => "fR5-_".includes(one));
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 8 }), (rest) => {
        const { success } = fhirServerSchema.safeParse({
          image: "docker.io/a/b",
          basePath: `/${rest}`,
          fhirVersion: "R5",
        });
        assert.equal(success, rest.split("/").every(harmless));
      }),
    );
    assertRefused(changed(kind, { "fhirServer.basePath": "fhir/r5" }), [
      'fhirServer.basePath = "fhir/r5": is not a path of letters, digits, _ and -, such as /intersystems/fhir/r5',
    ]);
  });

  it("take sizes as Kubernetes writes them", () => {
    for (const size of ["10Gi", "512Mi", "2Ti"]) {
      assert.equal(parsed(changed(kind, { "fhirServer.storage": { size } })).fhirServer?.storage.size, size);
    }
    for (const size of ["0Gi", "10", "10G", "-1Gi", "1.5Gi"]) {
      assertRefused(changed(kind, { "fhirServer.storage": { size } }), [
        `fhirServer.storage.size = "${size}": is not a size, such as 10Gi`,
      ]);
    }
  });
});

describe("the keys of FHIR clients", () => {
  it("are names of Kubernetes objects, digits first among them, as 21-b is", () => {
    assert.deepEqual(Object.keys(parsed(kind).fhirClients), ["fx-6", "dd-13", "21-b", "payer"]);
    const client = { org: "empire", class: "droid", patient: "DarthVader" };
    fc.assert(
      fc.property(fc.string(), (name) => {
        const isName = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name);
        const { data = {} } = fhirClientsSchema.safeParse(Object.fromEntries([[name, client]]));
        assert.deepEqual(Object.keys(data), isName ? [name] : []);
      }),
    );
  });

  it("need org, class and patient", () => {
    assertRefused(changed(kind, { "fhirClients.payer": {} }), [
      "fhirClients.payer.org: is missing: give the value of a Kubernetes label",
      "fhirClients.payer.class: is missing: give the value of a Kubernetes label",
      "fhirClients.payer.patient: is missing: give a FHIR id",
    ]);
    assertRefused(changed(kind, { fhirClients: "payer" }), ['fhirClients = "payer": is not an object']);
  });

  it("take any FHIR id for a patient, and nothing else", () => {
    const asked = (patient: unknown) => changed(kind, { "fhirClients.payer.patient": patient });
    fc.assert(
      fc.property(anyId, (id) => {
        assert.equal(parsed(asked(id)).fhirClients.payer?.patient, id);
      }),
    );
    for (const id of ["", ".", "..", "Darth/Vader", "Darth_Vader", "a".repeat(65)]) {
      assertRefused(asked(id), [`fhirClients.payer.patient = "${id}": ${ID}`]);
    }
    assertRefused(asked(1977), ["fhirClients.payer.patient = 1977: is not text: put it in quotes"]);
  });
});

describe("the keys of a grant", () => {
  const grant = { org: "rebels", id: "Leia", server: "coruscanthealth" };

  it("say whom, what and where", () => {
    assertRefused(changed(kind, { grants: [{}] }), [
      "grants[0].org: is missing: name the organisation, the pods' label org",
      "grants[0].id: is missing: name the record by its FHIR id",
      "grants[0].server: is missing: name the FHIR server",
    ]);
    assertRefused(changed(kind, { "grants[0].id": 1977 }), [
      "grants[0].id = 1977: is not text: put it in quotes",
    ]);
  });

  it("say how, by FHIR's own words", () => {
    assertRefused(changed(kind, { "grants[1].interactions": ["read", "delete"] }), [
      'grants[1].interactions[1] = "delete": is not one of read, vread, history, search, update',
    ]);
    assertRefused(changed(kind, { "grants[1].interactions": [] }), [
      "grants[1].interactions = []: is empty: name at least one of read, vread, history, search, update",
    ]);
  });

  it("are of the forms that policies can have", () => {
    assertRefused(changed(kind, { grants: [{ ...grant, org: "the rebels" }] }), [
      'grants[0].org = "the rebels": is not the value of a Kubernetes label',
      'grants[0].policy: is missing, and "fhir-the rebels" is not a valid policy name: lower-case letters, digits, "-" and "."',
    ]);
    assertRefused(changed(kind, { grants: [{ ...grant, policy: "L7" }] }), [
      'grants[0].policy = "L7": is not a valid policy name: lower-case letters, digits, "-" and "."',
    ]);
  });
});

describe("the keys of Cilium", () => {
  const CASES: readonly (readonly [string, unknown, string])[] = [
    ["policyEnforcementMode", "never", "is not one of default, always"],
    ["registry", "https://quay.io", "is not a registry: HOST or HOST/PATH"],
    ["registry", "quay.io/", "is not a registry: HOST or HOST/PATH"],
    ["chart", "", "is empty"],
    ["re2ProgramLimit", 0, "is not more than 0"],
    ["install", "yes", "is not a boolean"],
  ];
  for (const [key, value, message] of CASES) {
    it(`refuse ${key} = ${JSON.stringify(value)}`, () => {
      assertRefused(changed(kind, { [`cilium.${key}`]: value }), [
        `cilium.${key} = ${JSON.stringify(value)}: ${message}`,
      ]);
    });
  }

  it("take a registry by host, port and path", () => {
    for (const registry of ["quay.io", "localhost:5000", "us-central1-docker.pkg.dev/example/quay"]) {
      assert.equal(parsed(changed(kind, { "cilium.registry": registry })).cilium.registry, registry);
    }
  });

  it("take system namespaces by their names", () => {
    assertRefused(changed(kind, { "cilium.systemNamespaces": ["kube-system", "Monitoring"] }), [
      `cilium.systemNamespaces[1] = "Monitoring": ${NAME}`,
    ]);
  });
});

describe("the keys of the FHIR cluster", () => {
  it("name one cluster: one that exists, or one to make", () => {
    const two =
      "must name exactly one cluster: give context for an existing cluster, or google for a new one";
    const { google } = prod.fhirCluster as { google: object };
    assertRefused(changed(prod, { fhirCluster: { context: "kind", google } }), [
      `fhirCluster = ${JSON.stringify({ context: "kind", google }).slice(0, 97)}…: ${two}`,
    ]);
    assertRefused(changed(kind, { fhirCluster: { context: "" } }), ['fhirCluster.context = "": is empty']);
  });

  const CASES: readonly (readonly [string, unknown, string])[] = [
    [
      "name",
      "FHIR",
      "is not a cluster name: 1 to 40 lowercase letters, digits and hyphens, a letter first and no hyphen last",
    ],
    ["location", "us-central-1", "is not a region or zone: did you mean us-central1?"],
    ["ranges.pods", "10.36.0.0/33", "is not an IPv4 range: ADDRESS/PREFIX, for example 10.0.0.0/20"],
    ["machineType", "big", "is not a machine type, for example e2-standard-4"],
    ["nodesPerZone", 0, "is not more than 0"],
    ["releaseChannel", "EXTENDED", "is not one of STABLE, REGULAR, RAPID"],
    ["mirror", "quay", "is not a boolean"],
    [
      "admissionPolicy.allowList",
      ["*"],
      "is not an image pattern: REGISTRY/PATH, with * or ** at its end at most",
    ],
  ];
  for (const [key, value, message] of CASES) {
    it(`refuse ${key} = ${JSON.stringify(value)}`, () => {
      const [at, shown] = Array.isArray(value) ? [`${key}[0]`, value[0] as unknown] : [key, value];
      assertRefused(changed(prod, { [`fhirCluster.google.${key}`]: value }), [
        `fhirCluster.google.${at} = ${JSON.stringify(shown)}: ${message}`,
      ]);
    });
  }
});

describe("an image that runs without an attestation", () => {
  it("is a narrow pattern with a reason", () => {
    const listed = (unattestedImages: unknown) => changed(kind, { unattestedImages });
    assertRefused(listed([{ image: "docker.io/sween/ciliumfhir:latest" }]), [
      "unattestedImages[0].reason: is missing: say why it runs without an attestation",
    ]);
    assertRefused(listed([{ image: "docker.io/sween/ciliumfhir:latest", reason: "" }]), [
      'unattestedImages[0].reason = "": is missing: say why it runs without an attestation',
    ]);
    assertRefused(listed([{ image: "**", reason: "all of them" }]), [
      'unattestedImages[0].image = "**": is not an image pattern: REGISTRY/PATH, with * or ** at its end at most',
    ]);
  });
});

describe("a record to register", () => {
  it("is in a file in the directory of the stack files, and nowhere else", () => {
    for (const file of ["../package.json", "/etc/passwd", "a/b.json", ".json", "vader.txt", "vader"]) {
      assertRefused(changed(kind, { fhirRecords: [{ file }] }), [
        `fhirRecords[0].file = "${file}": is not a file in the directory of the stack files: NAME.json`,
      ]);
    }
  });

  it("authenticates by a Secret and a key of it, or not at all", () => {
    assertRefused(changed(kind, { "fhirRecords[0].authorization": { secret: "Token" } }), [
      `fhirRecords[0].authorization.secret = "Token": ${NAME}`,
      "fhirRecords[0].authorization.key: is missing",
    ]);
  });
});
