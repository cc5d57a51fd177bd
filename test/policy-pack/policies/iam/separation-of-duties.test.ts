import assert from "node:assert/strict";
import type { Resource } from "../../../../packages/stack-model/resource.ts";
import {
  dutiesSeparated,
  rolesHaveDistinctProjects,
} from "../../../../policy-pack/policies/iam/separation-of-duties.ts";
import { CRYPTO_KEY, NOTE } from "../../../../packages/stack-model/type-tokens.ts";
import {
  type Properties,
  UNKNOWN,
  type PropertyValue,
} from "../../../../packages/stack-model/property-value.ts";
import { judge } from "../../judge.ts";
import { cluster, deployment, policy, resource, root } from "../../resources.ts";

describe("the projects of the roles", () => {
  const sharing = (mergedRoles: PropertyValue, roles: Properties) =>
    judge(rolesHaveDistinctProjects, root({ mergedRoles, roles }));

  it("pass where each role has its own", () => {
    assert.deepEqual(sharing([], { kms: { project: "one" }, note: { project: "two" } }), []);
  });

  it("fail where two roles share one", () => {
    assert.deepEqual(sharing([], { kms: { project: "one" }, note: { project: "one" } }), [
      "root: the roles kms and note share the project one, but are not merged by name",
    ]);
  });

  it("may be shared by roles that are merged by name, and by no others", () => {
    const shared = { project: "one" };
    assert.deepEqual(sharing([["note", "kms"]], { kms: shared, note: shared }), []);
    assert.deepEqual(sharing([["note", "kms"]], { kms: shared, note: shared, deployer: shared }), [
      "root: the roles kms and deployer share the project one, but are not merged by name",
      "root: the roles note and deployer share the project one, but are not merged by name",
    ]);
  });

  it("cannot be evaluated where a project is not known, or a role does not exist", () => {
    assert.deepEqual(sharing([], { kms: { project: UNKNOWN } }), [
      "root: cannot be evaluated: the declared roles.kms.project is not known before the update, not a text (treated as a violation)",
    ]);
    assert.deepEqual(sharing([], { janitor: { project: "one" } }), [
      'root: cannot be evaluated: the declared roles is "janitor", not one of kms, note, attestor, attestation, hl7v2, deployer, fhir (treated as a violation)',
    ]);
  });
});

const SIGNING_ADMIN = "signing-admin@signing-home.iam.gserviceaccount.com";
const RUNNER = "runner@runtime-home.iam.gserviceaccount.com";
const PINNED = [
  {
    name: "projects/attestor-project/attestors/attestor",
    publicKeys: [
      {
        id: "//cloudkms.googleapis.com/v1/projects/kms-project/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1",
        pem: "",
      },
    ],
  },
];

function signingStack(changes: Properties = {}): Resource {
  const roles = { kms: { project: "kms-project", serviceAccount: SIGNING_ADMIN } };
  return root({ layers: ["signing"], separateDuties: true, roles, ...changes });
}

function runtimeStack(changes: Properties = {}): Resource {
  const roles = { deployer: { project: "deployer-project", serviceAccount: RUNNER } };
  return root({ layers: ["runtime"], separateDuties: true, roles, attestors: PINNED, ...changes });
}

function grant(type: string, props: Properties): Resource {
  return resource(type, props, { name: "grant" });
}

const key = resource(CRYPTO_KEY, { purpose: "ASYMMETRIC_SIGN" }, { name: "key" });

describe("separate duties", () => {
  it("pass where a stack only signs or only runs", () => {
    assert.deepEqual(judge(dutiesSeparated, signingStack(), key, resource(NOTE)), []);
    assert.deepEqual(judge(dutiesSeparated, runtimeStack(), cluster(), policy(), deployment()), []);
  });

  it("are not required in a stack that does not separate them, or declares nothing", () => {
    const both = root({ layers: ["signing", "runtime"] });
    assert.deepEqual(judge(dutiesSeparated, both, key, cluster()), []);
    assert.deepEqual(judge(dutiesSeparated, key, cluster()), []);
  });

  it("are violated by a stack that declares layers of both duties", () => {
    for (const running of ["runtime", "fhir"]) {
      assert.deepEqual(
        judge(dutiesSeparated, signingStack({ layers: ["signing", running] }), key, cluster()),
        [`root: the stack declares layers of both sides: signing, ${running}`],
      );
    }
  });

  it("pass where a stack runs both the adapter and FHIR, or FHIR alone", () => {
    const roles = {
      deployer: { project: "deployer-project", serviceAccount: RUNNER },
      fhir: { project: "fhir-project", serviceAccount: RUNNER },
    };
    for (const layers of [["runtime", "fhir"], ["fhir"], ["runtime"]]) {
      const nodes = grant("gcp:artifactregistry/repositoryIamMember:RepositoryIamMember", {
        role: "roles/artifactregistry.reader",
        member: "serviceAccount:fhir-nodes@fhir-project.iam.gserviceaccount.com",
        project: "fhir-project",
      });
      const stack = runtimeStack({ layers, roles });
      assert.deepEqual(judge(dutiesSeparated, stack, cluster(), policy(), deployment(), nodes), []);
    }
  });

  it("are violated by a resource of the duty that is not declared", () => {
    assert.deepEqual(judge(dutiesSeparated, signingStack(), cluster(), deployment()), [
      "cluster: it belongs to the running side, of which the stack declares no layer",
      "deployment: it belongs to the running side, of which the stack declares no layer",
    ]);
    const encrypting = resource(CRYPTO_KEY, { purpose: "ENCRYPT_DECRYPT" });
    for (const layers of [["runtime"], ["fhir"], ["runtime", "fhir"]]) {
      assert.deepEqual(judge(dutiesSeparated, runtimeStack({ layers }), key, encrypting), [
        "key: it belongs to the signing side, of which the stack declares no layer",
      ]);
    }
  });

  it("are violated by a project or an account that serves both duties", () => {
    const roles = {
      kms: { project: "one", serviceAccount: RUNNER },
      deployer: { project: "one", serviceAccount: RUNNER },
      fhir: { project: "two", serviceAccount: RUNNER },
    };
    assert.deepEqual(judge(dutiesSeparated, signingStack({ roles })), [
      "root: kms (signing) and deployer (runtime) share the project one",
      `root: kms (signing) and deployer (runtime) act as the same service account, ${RUNNER}`,
      `root: kms (signing) and fhir (fhir) act as the same service account, ${RUNNER}`,
    ]);
  });

  it("are violated by an attestor in a project of the running duty", () => {
    const attestors = [{ name: "projects/deployer-project/attestors/own", publicKeys: [] }];
    assert.deepEqual(judge(dutiesSeparated, runtimeStack({ attestors })), [
      "root: the project deployer-project is the signers' as well as the running side's",
    ]);
  });

  it("cannot be evaluated where the declaration is unknown", () => {
    assert.deepEqual(judge(dutiesSeparated, root({ separateDuties: UNKNOWN })), [
      "root: cannot be evaluated: the declared separateDuties is not known before the update, not true or false (treated as a violation)",
    ]);
  });
});

describe("grants across separate duties", () => {
  const AGENT = "serviceAccount:service-5@gcp-sa-binaryauthorization.iam.gserviceaccount.com";
  const role = "roles/some.role";

  it("pass to Binary Authorization's service agents, and to any principal within one duty", () => {
    const own = grant("gcp:projects/iAMMember:IAMMember", {
      role,
      member: "group:ops@example.com",
      project: "deployer-project",
    });
    const agent = grant("gcp:binaryauthorization/attestorIamMember:AttestorIamMember", {
      role,
      member: AGENT,
      project: "attestor-project",
      attestor: "attestor",
    });
    assert.deepEqual(judge(dutiesSeparated, runtimeStack(), own, agent), []);
  });

  for (const [type, target] of [
    ["gcp:projects/iAMMember:IAMMember", { project: "attestor-project" }],
    [
      "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
      { cryptoKeyId: "projects/kms-project/locations/l/keyRings/r/cryptoKeys/k" },
    ],
    ["gcp:kms/keyRingIAMMember:KeyRingIAMMember", { keyRingId: "kms-project/us-central1/r" }],
  ] as const) {
    it(`fail in a project of the other duty, by ${type}`, () => {
      const project = "project" in target ? "attestor-project" : "kms-project";
      const member = `serviceAccount:${RUNNER}`;
      assert.deepEqual(judge(dutiesSeparated, runtimeStack(), grant(type, { role, member, ...target })), [
        `grant: ${role} is granted to ${member} in ${project}, a project of the other side`,
      ]);
    });
  }

  it("fail to an account of the other duty, by name or by project", () => {
    const roles = {
      kms: { project: "kms-project", serviceAccount: SIGNING_ADMIN },
      deployer: { project: "deployer-project", serviceAccount: RUNNER },
      fhir: { project: "fhir-project" },
    };
    for (const account of [
      RUNNER,
      "nodes@deployer-project.iam.gserviceaccount.com",
      "fhir-nodes@fhir-project.iam.gserviceaccount.com",
    ]) {
      const member = `serviceAccount:${account}`;
      const given = grant("gcp:projects/iAMBinding:IAMBinding", {
        role,
        members: [member, UNKNOWN],
        project: "kms-project",
      });
      assert.deepEqual(judge(dutiesSeparated, signingStack({ roles }), given), [
        `grant: ${role} is granted to ${member}, who belongs to the other side`,
      ]);
    }
  });
});
