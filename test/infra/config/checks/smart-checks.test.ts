import assert from "node:assert/strict";
import { assertRefused, changed, parsed, stack } from "../../stacks.ts";

const CERTIFICATE = { certManager: { issuer: "ca" } };
const DIGEST = `sha256:${"0".repeat(64)}`;
const SMART = {
  issuer: { url: "https://login.hospital.test/", clientId: "app" },
  scopes: ["user/Patient.rs"],
  appOrigin: "https://app.hospital.test",
  users: ["10.100.0.0/16"],
  webGateway: { image: `registry.test/gateway@${DIGEST}`, certificate: CERTIFICATE },
  ui: { image: `registry.test/app@${DIGEST}`, certificate: CERTIFICATE },
};
const kind = stack("kind");
const smart = (changes: object = {}) => changed(kind, { smart: { ...SMART, ...changes } });

describe("smart in a stack file", () => {
  it("is accepted with the article's audience and an hour's tokens by default", () => {
    const { audience, tokenLifetime } = parsed(smart()).smart ?? {};
    assert.deepEqual([audience, tokenLifetime], ["https://localhost/smart/fhir/r5", 3600]);
  });

  it("is refused with an issuer of http, and with one that does not end in a slash", () => {
    for (const url of ["http://login.hospital.test/", "https://login.hospital.test"]) {
      assertRefused(smart({ issuer: { url, clientId: "app" } }), [
        `smart.issuer.url = "${url}": is not an https URL that ends in /, as IRIS requires of an issuer`,
      ]);
    }
  });

  it("is refused with an app that has no https origin", () => {
    assertRefused(smart({ appOrigin: "http://app.hospital.test" }), [
      'smart.appOrigin = "http://app.hospital.test": is not an https origin without a path: https://HOST',
    ]);
  });

  it("is refused with a scope that is not SMART's, or of a type that FHIR does not define", () => {
    assertRefused(smart({ scopes: ["user/Patient.sr", "user/Patent.rs"] }), [
      'smart.scopes[0] = "user/Patient.sr": is not a SMART scope: LEVEL/TYPE.PERMISSIONS, such as user/Patient.rs or patient/*.read, with permissions of cruds in this order',
      'smart.scopes[1] = "user/Patent.rs": is not a resource type of FHIR R5: did you mean Patient?',
    ]);
  });

  it("is refused with two identity providers, or none", () => {
    const auth0 = { domain: "tenant.eu.auth0.com" };
    for (const changes of [{ auth0 }, { issuer: undefined }]) {
      assert.throws(() => parsed(smart(changes)), /must name exactly one identity provider/);
    }
  });

  it("is refused without a certificate, and without deny-all", () => {
    assert.throws(
      () => parsed(smart({ ui: { ...SMART.ui, certificate: {} } })),
      /smart\.ui\.certificate.*must name exactly one: secret for a certificate that exists/,
    );
    assertRefused(changed(kind, { smart: SMART, denyAll: false }), [
      "denyAll: is off: smart needs it, so that the web gateway is the app's only way to the server",
    ]);
  });
});
