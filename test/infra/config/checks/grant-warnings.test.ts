import assert from "node:assert/strict";
import { warningsOn } from "../../../../infra/config/warnings.ts";
import { STACK_DIR_FILES, type StackDirFiles, changed, type Data, parsed, stack } from "../../stacks.ts";

const kind = stack("kind");
const grant = (changes: Data) => ({ org: "empire", id: "DarthVader", server: "coruscanthealth", ...changes });

/** What the program warns of, without the file. */
function warnings(data: Data, files?: StackDirFiles): string[] {
  const prefix = "stack: ";
  return warningsOn(parsed(data, files), { file: "stack", prefix: "" }).map((warning) => {
    assert.ok(warning.startsWith(prefix));
    return warning.slice(prefix.length);
  });
}

describe("a stack without warnings", () => {
  for (const name of ["kind", "prod", "prod-signing", "tutorial"]) {
    it(`is ${name}`, () => {
      assert.deepEqual(warnings(stack(name)), []);
    });
  }
});

describe("a grant to an organisation", () => {
  it("causes a warning where no client has it", () => {
    assert.deepEqual(warnings(changed(kind, { "grants[2]": grant({ org: "empier" }) })), [
      'grants[2].org = "empier": is not the org of any client in fhirClients: did you mean empire?',
    ]);
    assert.deepEqual(warnings(changed(kind, { "grants[2]": grant({ org: "rebels" }) })), [
      'grants[2].org = "rebels": is not the org of any client in fhirClients',
    ]);
  });
});

describe("a client without a grant", () => {
  const rebel = { "fhirClients.r2-d2": { org: "rebels", class: "droid", patient: "DarthVader" } };
  const denied = 'fhirClients.r2-d2.org = "rebels": has no grant, so every request of this client is denied';

  it("causes a warning where anything is denied", () => {
    assert.deepEqual(warnings(changed(kind, rebel)), [denied]);
    assert.deepEqual(warnings(changed(kind, { ...rebel, denyAll: false })), [denied]);
    const typed = { "fhirClients.fx-6.org": "empier" };
    assert.deepEqual(warnings(changed(kind, typed)), [
      'fhirClients.fx-6.org = "empier": has no grant, so every request of this client is denied: did you mean empire?',
    ]);
  });

  it("causes no warning where nothing is denied", () => {
    assert.deepEqual(warnings(changed(kind, { ...rebel, denyAll: false, grants: [] })), []);
  });
});

describe("a grant on a record", () => {
  const named =
    "is neither registered by fhirRecords nor named by a client, a registered record or a grant to another organisation";
  const granting = (changes: Data) => changed(kind, { "grants[2]": grant(changes) });

  it("causes a warning where nothing else in the stack names the record", () => {
    assert.deepEqual(warnings(granting({ id: "DarthVadre" })), [
      `grants[2].id = "DarthVadre": Patient/DarthVadre ${named}: did you mean Patient/DarthVader?`,
    ]);
    assert.deepEqual(warnings(granting({ resourceType: "Observation", id: "breathing" })), [
      `grants[2].id = "breathing": Observation/breathing ${named}`,
    ]);
  });

  it("causes no warning where a client requests the record, or another organisation has a grant on it", () => {
    assert.deepEqual(warnings(changed(granting({ id: "Luke" }), { "fhirClients.fx-6.patient": "Luke" })), []);
    const both = changed(granting({ id: "Luke" }), { "grants[3]": grant({ org: "payer", id: "Luke" }) });
    assert.deepEqual(warnings(both), []);
    const twice = changed(granting({ id: "Luke" }), { "grants[3]": grant({ id: "Luke" }) });
    assert.equal(warnings(twice).length, 2);
  });

  it("causes no warning where the record is registered, or a registered record refers to it", () => {
    const files = {
      ...STACK_DIR_FILES,
      "breathing.json": {
        resourceType: "Observation",
        id: "breathing",
        subject: { reference: "Patient/Anakin/_history/2" },
        performer: [{ reference: "Practitioner/fx-6" }, { reference: "#contained" }],
      },
    };
    const registered = (changes: Data) =>
      changed(granting(changes), { "fhirRecords[1]": { file: "breathing.json" } });
    for (const changes of [
      { resourceType: "Observation", id: "breathing" },
      { id: "Anakin" },
      { resourceType: "Practitioner", id: "fx-6" },
    ]) {
      assert.deepEqual(warnings(registered(changes), files), []);
    }
    assert.equal(warnings(registered({ resourceType: "Practitioner", id: "fx-7" }), files).length, 1);
  });
});
