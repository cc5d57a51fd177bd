import assert from "node:assert/strict";
import { assertRefused, changed, parsed, stack } from "../../stacks.ts";

const tutorial = stack("tutorial");

const ID =
  "is not a project id: 6 to 30 lowercase letters, digits and hyphens, a letter first and no hyphen last";
const NUMBER = "is not a project number: digits only, as the project's dashboard shows it";

describe("a role's project", () => {
  for (const id of [
    "short",
    "a".repeat(31),
    "1project",
    "Project",
    "project-",
    "my_project",
    "domain.com:pr",
  ]) {
    it(`is refused with the id ${id}`, () => {
      assertRefused(changed(tutorial, { "projects.kms.id": id }), [`projects.kms.id = "${id}": ${ID}`]);
    });
  }

  it("takes ids of 6 to 30 characters", () => {
    for (const id of ["abc-12", `a${"b".repeat(29)}`]) {
      assert.equal(parsed(changed(tutorial, { "projects.kms.id": id })).projects.kms?.id, id);
    }
  });

  for (const number of ["12345", "0123456", "12 34 56", "projects/123456", -123456, 1e21, true]) {
    it(`is refused with the number ${JSON.stringify(number)}`, () => {
      assertRefused(changed(tutorial, { "projects.kms.number": number }), [
        `projects.kms.number = ${JSON.stringify(number)}: ${NUMBER}`,
      ]);
    });
  }

  it("takes its number in quotes and without, as YAML reads it", () => {
    for (const number of ["100000000005", 100000000005]) {
      const { projects } = parsed(changed(tutorial, { "projects.kms.number": number }));
      assert.equal(projects.kms?.number, "100000000005");
    }
  });

  it("is created below an organization or a folder, never both", () => {
    const create = { billingAccount: "012345-6789AB-CDEF01" };
    const wrong = { organization: "1", folder: "folders/2", ...create };
    assertRefused(changed(tutorial, { "projects.kms.create": wrong }), [
      `projects.kms.create = ${JSON.stringify(wrong)}: names two parents: give organization or folder`,
    ]);
    const right = parsed(changed(tutorial, { "projects.kms.create": { folder: "folders/2", ...create } }));
    assert.deepEqual(right.projects.kms?.create, {
      folder: "folders/2",
      billingAccount: "012345-6789AB-CDEF01",
      deletionPolicy: "PREVENT",
    });
  });

  it("is created without a parent by a user, and by no service account", () => {
    const create = { billingAccount: "012345-6789AB-CDEF01" };
    const serviceAccount = "keys-admin@example-home.iam.gserviceaccount.com";
    const parentless = changed(tutorial, { "projects.kms.create": create });
    assert.equal(parsed(parentless).projects.kms?.create?.organization, undefined);
    assertRefused(changed(parentless, { "projects.kms.serviceAccount": serviceAccount }), [
      `projects.kms.create = ${JSON.stringify(create)}: has no parent, and a service account cannot create a project without one: give organization or folder`,
    ]);
    assertRefused(
      changed(parentless, {
        "projects.kms.serviceAccount": serviceAccount,
        "projects.kms.create.folder": "my-folder",
      }),
      ['projects.kms.create.folder = "my-folder": is not a folder: folders/NUMBER'],
    );
  });

  it("is created only with what Google takes for name, parent, billing account and deletion", () => {
    const create = {
      name: "kms",
      organization: "example.com",
      billingAccount: "012345",
      deletionPolicy: "delete",
    };
    assertRefused(changed(tutorial, { "projects.kms.create": create }), [
      "projects.kms.create.name = \"kms\": is not a project's display name: 4 to 30 letters, digits, space, _ ' ! and -",
      'projects.kms.create.organization = "example.com": is not an organization\'s number, in quotes',
      'projects.kms.create.billingAccount = "012345": is not a billing account: 012345-6789AB-CDEF01',
      'projects.kms.create.deletionPolicy = "delete": is not one of PREVENT, DELETE, ABANDON',
    ]);
  });

  it("is rejected with a folder that is not a folder's number", () => {
    const create = { folder: "my-folder", billingAccount: "012345-6789AB-CDEF01" };
    assertRefused(changed(tutorial, { "projects.kms.create": create }), [
      'projects.kms.create.folder = "my-folder": is not a folder: folders/NUMBER',
    ]);
  });
});

describe("roles that share a project", () => {
  const kms = tutorial.projects as Record<"kms", { create: unknown }>;
  const shared = { id: "kms-proj-id", create: kms.kms.create };
  const twice = changed(tutorial, { "projects.note": shared });

  it("are refused unless mergedRoles names them together", () => {
    const message =
      'projects.note.id = "kms-proj-id": is the project of kms too: give each role its own, or name both in mergedRoles';
    assertRefused(twice, [message]);
    assertRefused(changed(twice, { mergedRoles: [["note", "attestor"]], "projects.attestor": shared }), [
      message,
      'projects.attestor.id = "kms-proj-id": is the project of kms too: give each role its own, or name both in mergedRoles',
    ]);
    assert.doesNotThrow(() => parsed(changed(twice, { mergedRoles: [["kms", "note"]] })));
  });

  it("are refused where they are merged by name and stand in two projects", () => {
    assertRefused(changed(tutorial, { mergedRoles: [["kms", "note"]] }), [
      'projects.note.id = "note-proj-id": is not the project of kms, with which mergedRoles merges it: kms-proj-id',
    ]);
  });

  it("are refused where they disagree about the project", () => {
    const merged = changed(twice, { mergedRoles: [["kms", "note"]] });
    const message = "disagrees with kms about create or number of the project that they share";
    assertRefused(changed(merged, { "projects.note.create": undefined }), [
      `projects.note = {"id":"kms-proj-id"}: ${message}`,
    ]);
    const existing = changed(merged, { "projects.kms.create": undefined });
    assertRefused(changed(existing, { "projects.note": { id: "kms-proj-id", number: "123456" } }), [
      `projects.note = {"id":"kms-proj-id","number":"123456"}: ${message}`,
    ]);
  });

  it("are never the two with a cluster, merged by name or not", () => {
    const project = { id: "example-prod-deployer", number: "100000000005" };
    const data = changed(stack("prod"), { "projects.fhir": project });
    for (const mergedRoles of [[["deployer", "fhir"]], undefined]) {
      assertRefused(changed(data, { mergedRoles }), [
        'projects.fhir.id = "example-prod-deployer": is the project of deployer too: a project has one Binary Authorization policy, and each cluster needs its own',
      ]);
    }
  });

  it("may act as different service accounts in it", () => {
    const merged = changed(twice, {
      mergedRoles: [["kms", "note"]],
      "projects.note.serviceAccount": "notes-admin@kms-proj-id.iam.gserviceaccount.com",
    });
    assert.doesNotThrow(() => parsed(merged));
  });

  it("are merged in groups of two at least, by roles that exist", () => {
    assertRefused(changed(tutorial, { mergedRoles: [["kms"], ["note", "attester"]] }), [
      'mergedRoles[0] = ["kms"]: names fewer than two roles',
      'mergedRoles[1][1] = "attester": is not one of kms, hl7v2, note, attestor, attestation, deployer, fhir',
    ]);
  });

  it("are not checked against an invalid mergedRoles", () => {
    assertRefused(changed(twice, { mergedRoles: [["kms", "notes"]] }), [
      'mergedRoles[0][1] = "notes": is not one of kms, hl7v2, note, attestor, attestation, deployer, fhir',
    ]);
  });
});
