import assert from "node:assert/strict";
import { createProviders, signerAccount } from "../../infra/providers.ts";
import { AttestedFhir, stackDeclaration } from "../../infra/root-component.ts";
import { ROLES } from "../../infra/config/schema/projects.ts";
import { declared } from "../components/mocks.ts";
import { changed, type Data, parsed, stack } from "./stacks.ts";

/** The providers that a stack's roles and signer act through: name and inputs; and who acts through which. */
async function providersOf(data: Data) {
  const config = parsed(data);
  const { all, result } = await declared(({ transformations }) => {
    const parent = new AttestedFhir("attested-fhir", stackDeclaration(config), { transformations });
    const identity = createProviders(config, parent);
    const who = [...ROLES.filter((role) => config.projects[role] !== undefined), "signer"] as const;
    return new Map(who.map((one) => [one, identity(one)]));
  });
  const providers = all.filter(({ type, name }) => type === "pulumi:providers:gcp" && name !== "given");
  return {
    inputs: Object.fromEntries(providers.map(({ name, inputs }) => [name, inputs])),
    distinct: new Set(result.values()).size,
    of: result,
  };
}

const QUIET = { disableGlobalProjectWarning: true };

describe("the identities of a stack", () => {
  it("are one provider where one operator does everything", async () => {
    const { inputs, distinct } = await providersOf(stack("tutorial"));
    assert.deepEqual(inputs, { gcp: QUIET });
    assert.equal(distinct, 1);
  });

  it("are one provider for each service account, however many roles it has", async () => {
    const { inputs, distinct, of } = await providersOf(stack("prod-signing"));
    assert.deepEqual(inputs, {
      "gcp-signing-admin-example-prod-signing": {
        ...QUIET,
        impersonateServiceAccount: "signing-admin@example-prod-signing.iam.gserviceaccount.com",
      },
      "gcp-image-signer-example-prod-signing": {
        ...QUIET,
        impersonateServiceAccount: "image-signer@example-prod-signing.iam.gserviceaccount.com",
      },
    });
    assert.equal(distinct, 2);
    assert.equal(of.get("kms"), of.get("attestation"));
    assert.notEqual(of.get("kms"), of.get("signer"));
  });

  it("never name a project or region, which stand on the resources", async () => {
    for (const name of ["tutorial", "prod-signing", "prod"]) {
      const { inputs } = await providersOf(stack(name));
      for (const { project, region, zone } of Object.values(inputs)) {
        assert.deepEqual([project, region, zone], [undefined, undefined, undefined]);
      }
    }
  });

  it("reach Google's APIs where the stack says, each by its own address", async () => {
    const address = (api: string) => `https://${api}.example/v1/`;
    const apis = [
      "kms",
      "containerAnalysis",
      "binaryAuthorization",
      "serviceUsage",
      "resourceManager",
      "iam",
    ];
    const endpoints = Object.fromEntries(apis.map((api) => [api, address(api)]));
    const { inputs } = await providersOf(changed(stack("tutorial"), { endpoints }));
    assert.deepEqual(inputs, {
      gcp: { ...QUIET, ...Object.fromEntries(apis.map((api) => [`${api}CustomEndpoint`, address(api)])) },
    });
  });
});

describe("signerAccount", () => {
  it("is the service account that signs, and nothing where people sign", () => {
    const signer = (member: string) => signerAccount(parsed(changed(stack("tutorial"), { signer: member })));
    assert.equal(signer("serviceAccount:a@b.iam.gserviceaccount.com"), "a@b.iam.gserviceaccount.com");
    assert.equal(signer("user:operator@example.com"), undefined);
    assert.equal(signer("group:signers@example.com"), undefined);
  });
});
