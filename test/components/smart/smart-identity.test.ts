import assert from "node:assert/strict";
import { Provider } from "@pulumi/auth0/provider.js";
import { SmartIdentity, type SmartIdentityArgs } from "../../../components/smart/smart-identity.ts";
import { declared, known } from "../mocks.ts";

const identity = (args: Partial<SmartIdentityArgs> = {}) =>
  declared(
    () =>
      new SmartIdentity(
        "identity",
        {
          appOrigin: "https://app.example",
          audience: "https://localhost/smart/fhir/r5",
          scopes: ["user/*.*"],
          ...args,
        },
        { provider: new Provider("auth0", { domain: "tenant.eu.auth0.com" }) },
      ),
  );

describe("SmartIdentity", () => {
  it("declares the article's app and API: PKCE, https, RS256 and the scopes of the stack", async () => {
    const { resource, result } = await identity();
    assert.deepEqual(resource("identity-app").inputs, {
      name: "SMART on FHIR",
      description: "The app that reads FHIR with its user's token",
      appType: "spa",
      callbacks: ["https://app.example/"],
      allowedLogoutUrls: ["https://app.example/"],
      webOrigins: ["https://app.example"],
      grantTypes: ["authorization_code"],
      oidcConformant: true,
      jwtConfiguration: { alg: "RS256", lifetimeInSeconds: 3600 },
    });
    assert.deepEqual(resource("identity-api").inputs, {
      name: "SMART on FHIR API",
      identifier: "https://localhost/smart/fhir/r5",
      signingAlg: "RS256",
      tokenLifetime: 3600,
      tokenLifetimeForWeb: 3600,
      allowOfflineAccess: false,
      skipConsentForVerifiableFirstPartyClients: false,
    });
    assert.deepEqual(resource("identity-scopes").inputs, {
      resourceServerIdentifier: "https://localhost/smart/fhir/r5",
      scopes: [{ name: "user/*.*", description: "SMART scope user/*.*" }],
    });
    assert.equal(await known(result.audience), "https://localhost/smart/fhir/r5");
  });

  it("acts through its own provider alone", async () => {
    const { all } = await identity();
    const resources = all.filter(({ type }) => type.startsWith("auth0:"));
    assert.equal(resources.length, 3);
    for (const { name, provider } of resources) assert.equal(provider, "auth0", name);
  });

  it("refuses an origin without https", async () => {
    await assert.rejects(identity({ appOrigin: "http://app.example" }), /must use https/);
  });
});
