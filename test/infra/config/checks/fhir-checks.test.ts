import assert from "node:assert/strict";
import fc from "fast-check";
import { anyId } from "../../../components/cilium/grants.ts";
import { assertRefused, STACK_DIR_FILES, changed, type Data, NOW, parsed, stack } from "../../stacks.ts";

const kind = stack("kind");

describe("what runs from the clients' image", () => {
  const without = (changes: Data) => changed(kind, { clientImage: undefined, ...changes });
  const missing = "clientImage: is missing: fhirClients and fhirRecords run from it";

  it("needs one, clients and registration alike", () => {
    assertRefused(without({}), [missing]);
    assertRefused(without({ fhirClients: undefined }), [missing]);
    assertRefused(without({ fhirRecords: undefined }), [missing]);
    assert.doesNotThrow(() => parsed(without({ fhirClients: undefined, fhirRecords: undefined })));
  });

  it("reports an invalid client image once, not as a missing one", () => {
    assertRefused(changed(kind, { clientImage: "curl" }), [
      'clientImage = "curl": is not an image reference: HOST/NAME',
    ]);
  });
});

describe("the names in a FHIR server's namespace", () => {
  const client = { org: "empire", class: "droid", patient: "DarthVader" };
  const shown = JSON.stringify(client);

  it("of clients differ from the server's", () => {
    assertRefused(changed(kind, { "fhirClients.coruscanthealth": client }), [
      `fhirClients.coruscanthealth = ${shown}: is the name of the FHIR server: choose another name`,
    ]);
    const elsewhere = { "fhirServer.name": "naboohealth", grants: [], "fhirClients.coruscanthealth": client };
    assert.doesNotThrow(() => parsed(changed(kind, elsewhere)));
  });

  it("of clients and server do not have the prefix of the jobs that register", () => {
    const jobs =
      "begins with register-, which is reserved for the jobs that register records: choose another name";
    assertRefused(changed(kind, { "fhirClients.register-patient-darthvader": client }), [
      `fhirClients.register-patient-darthvader = ${shown}: ${jobs}`,
    ]);
    assertRefused(changed(kind, { "fhirServer.name": "register-patient-darthvader", grants: [] }), [
      `fhirServer.name = "register-patient-darthvader": ${jobs}`,
    ]);
  });
});

describe("the labels of clients", () => {
  it("may not be the server's class, which policies exclude from clients' egress", () => {
    assertRefused(changed(kind, { "fhirClients.fx-6.class": "coruscanthealth" }), [
      'fhirClients.fx-6.class = "coruscanthealth": is the FHIR server\'s class: policies would select the client as the server',
    ]);
  });

  it("may not be the organisation of the jobs that register, which gets no grants from the stack", () => {
    assertRefused(
      changed(kind, { "fhirClients.fx-6.org": "registration", "grants[0].org": "registration" }),
      [
        'fhirClients.fx-6.org = "registration": is reserved for the jobs that register records, which may update them',
        'grants[0].org = "registration": is reserved for the jobs that register records, each of which has its own grant',
      ],
    );
  });
});

describe("the grants of a stack", () => {
  it("name the stack's own server", () => {
    assertRefused(changed(kind, { "grants[0].server": "naboohealth" }), [
      'grants[0].server = "naboohealth": is not one of the servers: coruscanthealth',
    ]);
    assertRefused(changed(kind, { "fhirServer.name": "naboohealth", "grants[0].server": "naboohealth" }), [
      'grants[1].server = "coruscanthealth": is not one of the servers: naboohealth',
    ]);
  });

  it("may not name one policy for two organisations, registration included", () => {
    assertRefused(changed(kind, { "grants[1].policy": "l7-visibility" }), [
      'grants[1].policy = "l7-visibility": is already the policy of empire',
    ]);
    assertRefused(changed(kind, { "grants[0].policy": "fhir-registration" }), [
      'grants[0].policy = "fhir-registration": is already the policy of registration',
    ]);
    assertRefused(changed(kind, { "grants[1].policy": "coruscanthealth-ingress" }), [
      'grants[1].policy = "coruscanthealth-ingress": is the name of the ingress policy of coruscanthealth',
    ]);
  });

  /** RE2 instructions for reading a patient: one for each byte, and four in every program. */
  const size = (basePath: string, id: string) => `${basePath}/Patient/${id}`.length + 4;

  it("need no larger RE2 program than the stack allows, whichever record and base path", () => {
    const basePath = fc.stringMatching(/^(?:\/[A-Za-z0-9_-]{1,20}){1,3}$/);
    fc.assert(
      fc.property(anyId, basePath, fc.integer({ min: 20, max: 140 }), (id, basePath, limit) => {
        const data = changed(kind, {
          "fhirServer.basePath": basePath,
          "fhirServer.fhirVersion": "R5",
          "cilium.re2ProgramLimit": limit,
          fhirRecords: [],
          grants: [{ org: "payer", id, server: "coruscanthealth" }],
        });
        if (size(basePath, id) <= limit) assert.doesNotThrow(() => parsed(data));
        else {
          assertRefused(data, [
            `grants[0].id = "${id}": is too long for read after ${basePath}: its RE2 program would have ${size(basePath, id)} instructions, and Envoy rejects a policy with more than ${limit}`,
          ]);
        }
      }),
    );
  });

  it("are checked in all other respects where base path or limit is invalid", () => {
    const long = { org: "payer", id: "a".repeat(64), interactions: ["vread"], server: "naboohealth" };
    for (const [key, value, why] of [
      [
        "fhirServer.basePath",
        "fhir",
        "is not a path of letters, digits, _ and -, such as /intersystems/fhir/r5",
      ],
      ["cilium.re2ProgramLimit", "100", "is not a number"],
    ] as const) {
      assertRefused(changed(kind, { [key]: value, grants: [long] }), [
        `${key} = "${value}": ${why}`,
        'grants[0].server = "naboohealth": is not one of the servers: coruscanthealth',
      ]);
    }
  });

  it("are reported by their own index where another grant is malformed", () => {
    assertRefused(changed(kind, { "grants[0].id": 5, "grants[1].server": "naboohealth" }), [
      "grants[0].id = 5: is not text: put it in quotes",
      'grants[1].server = "naboohealth": is not one of the servers: coruscanthealth',
    ]);
  });
});

describe("the grant of a record that is registered", () => {
  const id = "L".repeat(64);
  const files = { ...STACK_DIR_FILES, "long.json": { resourceType: "ImmunizationRecommendation", id } };
  const data = changed(kind, { "fhirRecords[1]": { file: "long.json" } });
  const refused = `fhirRecords[1].file = "long.json": holds ImmunizationRecommendation/${id}, which cannot be granted to the job that registers it: its id is too long for update after /intersystems/fhir/r5: its RE2 program would have 117 instructions, and Envoy rejects a policy with more than 100`;

  it("needs no larger RE2 program either", () => {
    assertRefused(data, [refused], files);
    assertRefused(changed(data, { denyAll: false }), [refused], files);
    assertRefused(changed(data, { grants: [] }), [refused], files);
    const always = { denyAll: false, grants: [], "cilium.policyEnforcementMode": "always" };
    assertRefused(changed(data, always), [refused], files);
  });

  it("is not checked where nothing is denied, and so nothing granted", () => {
    assert.doesNotThrow(() => parsed(changed(data, { denyAll: false, grants: [] }), files));
  });
});

describe("flow visibility", () => {
  it("is allowed without deny-all, and rejected with it", () => {
    assertRefused(changed(kind, { flowVisibility: true }), [
      "flowVisibility = true: must not be true together with denyAll: it allows all ingress to the FHIR server. Set only one of them",
    ]);
    assert.doesNotThrow(() => parsed(changed(kind, { flowVisibility: true, denyAll: false })));
  });
});

describe("break-glass", () => {
  const request = {
    owner: "on-call lead",
    reason: "The identity provider is down",
    expiry: "2026-10-02T12:00:00Z",
  };
  const open = (changes: Data = {}, breakGlass: unknown = request) =>
    changed(kind, { accessMode: "breakGlass", breakGlass, ...changes });
  const refused = (why: string) => `accessMode = "breakGlass": is refused: ${why}`;

  it("opens the endpoint behind deny-all, with grants and without", () => {
    assert.equal(parsed(open()).accessMode, "breakGlass");
    assert.doesNotThrow(() => parsed(open({ grants: [] })));
  });

  it("needs owner, reason and expiry", () => {
    const missing = [
      refused("owner is missing: name who is responsible for it"),
      refused("reason is missing: say why it cannot wait"),
      refused("expiry is missing: say until when"),
    ];
    assertRefused(open({ breakGlass: undefined }), missing);
    assertRefused(open({}, {}), missing);
    assertRefused(open({}, { owner: " ", reason: "", expiry: " " }), missing);
  });

  it("reports each invalid key once", () => {
    assertRefused(open({}, { ...request, owner: 5 }), ["breakGlass.owner = 5: is not a string"]);
    assertRefused(open({}, { ...request, expiry: 8 }), ["breakGlass.expiry = 8: is not a string"]);
    assertRefused(open({}, { ...request, until: "tomorrow" }), [
      'breakGlass.until = "tomorrow": is an unknown key: the keys are owner, reason, expiry',
    ]);
  });

  it("has an expiry within 72 hours, with a time zone", () => {
    const until = (expiry: string) => open({}, { ...request, expiry });
    assertRefused(until("2026-10-01T11:59:59Z"), [
      refused('expiry = "2026-10-01T11:59:59Z": is in the past, it is now 2026-10-01T12:00:00Z'),
    ]);
    assertRefused(until("2026-10-04T12:00:01Z"), [
      refused(
        'expiry = "2026-10-04T12:00:01Z": is more than 72 hours ahead, the latest is 2026-10-04T12:00:00Z',
      ),
    ]);
    for (const expiry of ["2026-10-02", "2026-10-02T12:00:00", "tomorrow"]) {
      assertRefused(until(expiry), [
        refused(
          `expiry = "${expiry}": is not an ISO 8601 time with its zone, such as "2026-10-01T13:00:00Z", in quotes`,
        ),
      ]);
    }
    fc.assert(
      fc.property(fc.integer({ min: -100 * 3600, max: 100 * 3600 }), (seconds) => {
        const expiry = new Date(NOW.getTime() + seconds * 1000).toISOString();
        const within = seconds > 0 && seconds <= 72 * 3600;
        if (within) assert.doesNotThrow(() => parsed(until(expiry)));
        else assert.throws(() => parsed(until(expiry)), { name: "ConfigError" });
      }),
    );
  });

  it("is rejected without deny-all, and with flow visibility", () => {
    assertRefused(open({ denyAll: false }), [refused("deny-all is not in force in both directions")]);
    assertRefused(open({ denyAll: false, flowVisibility: true }), [
      refused("deny-all is not in force in both directions"),
      refused('the server may be reached without an HTTP rule, by "flow-visibility"'),
    ]);
    assertRefused(open({ denyAll: "yes" }), ['denyAll = "yes": is not a boolean']);
  });

  it("may stay in the stack file, expired or not, while SMART protects the routes", () => {
    const past = { ...request, expiry: "2020-01-01T00:00:00Z" };
    assert.doesNotThrow(() => parsed(changed(kind, { breakGlass: past })));
    assert.doesNotThrow(() => parsed(changed(kind, { breakGlass: {} })));
  });
});

describe("a stack with many errors of the fhir layer", () => {
  it("is rejected with all of them at once", () => {
    const forgotten = { accessMode: "breakGlass", denyAll: false, flowVisibility: true };
    assertRefused(
      changed(kind, {
        ...forgotten,
        unattestedImages: undefined,
        "fhirClients.fx-6.org": "registration",
        "grants[1].server": "naboohealth",
        "fhirRecords[0].file": "maul.json",
        clientImage: undefined,
      }),
      [
        "clientImage: is missing: fhirClients and fhirRecords run from it",
        'fhirServer.image = "docker.io/sween/ciliumfhir:latest": has the tag "latest", and a tag can be moved to another image: write HOST/NAME@sha256: and 64 hexadecimal digits; or list it in unattestedImages by this very name',
        'fhirClients.fx-6.org = "registration": is reserved for the jobs that register records, which may update them',
        'grants[1].server = "naboohealth": is not one of the servers: coruscanthealth',
        ...[
          "owner is missing: name who is responsible for it",
          "reason is missing: say why it cannot wait",
          "expiry is missing: say until when",
          "deny-all is not in force in both directions",
          'the server may be reached without an HTTP rule, by "flow-visibility"',
        ].map((why) => `accessMode = "breakGlass": is refused: ${why}`),
        'fhirRecords[0].file = "maul.json": names a file that does not exist: stacks/maul.json',
      ],
    );
  });
});
