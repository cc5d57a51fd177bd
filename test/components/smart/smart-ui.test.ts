import assert from "node:assert/strict";
import { contentSecurityPolicy, smartUiConfig } from "../../../components/smart/smart-ui-config.ts";
import { SmartUi, type SmartUiArgs } from "../../../components/smart/smart-ui.ts";
import { onCluster } from "../fhir/kubernetes.ts";
import { declared, known, type Options } from "../mocks.ts";

const ARGS: SmartUiArgs = {
  namespace: "galactic-fhir",
  image: "example.com/app@sha256:1",
  appOrigin: "https://app.example",
  basePath: "/intersystems/fhir/r5",
  gateway: { name: "web-gateway", certificate: "web-gateway-tls" },
  issuer: "https://login.example/",
  clientId: "smart-app",
  audience: "https://localhost/smart/fhir/r5",
  scopes: ["user/Patient.rs"],
  tls: { secret: "app-tls" },
  users: ["10.100.0.0/16"],
};

const ui =
  (args: Partial<SmartUiArgs> = {}) =>
  (opts: Options) =>
    new SmartUi("ui", { ...ARGS, ...args }, onCluster(opts));

describe("SmartUi", () => {
  it("gives the app its settings at /config.json", async () => {
    const { resource } = await declared(ui());
    const { data } = resource("ui-config").inputs as { data: Record<string, string> };
    assert.deepEqual(JSON.parse(data["config.json"] ?? ""), {
      domain: "https://login.example/",
      clientId: "smart-app",
      audience: "https://localhost/smart/fhir/r5",
      uri: "https://app.example/intersystems/fhir/r5",
      scope: "openid fhirUser user/Patient.rs",
    });
    const gateway = { name: "web-gateway", port: 443 };
    const { basePath, issuer } = ARGS;
    assert.equal(data["nginx.conf"], smartUiConfig({ serverName: "app.example", basePath, gateway, issuer }));
  });

  it("is reached on an internal address, from the users' ranges alone", async () => {
    const { resource, result } = await declared(ui());
    const { metadata, spec } = resource("ui-service").inputs as {
      metadata: { annotations: Record<string, string> };
      spec: { type: string; loadBalancerSourceRanges: string[] };
    };
    assert.deepEqual(metadata.annotations, { "networking.gke.io/load-balancer-type": "Internal" });
    assert.deepEqual([spec.type, spec.loadBalancerSourceRanges], ["LoadBalancer", ["10.100.0.0/16"]]);
    assert.equal(await known(result.address), "10.10.0.9");
  });

  it("mounts of the gateway's certificate the authority alone", async () => {
    const { resource } = await declared(ui());
    const { spec } = resource("ui-deployment").inputs as {
      spec: { template: { spec: { volumes: readonly { name: string }[] } } };
    };
    assert.deepEqual(
      spec.template.spec.volumes.find(({ name }) => name === "ca"),
      { name: "ca", secret: { secretName: "web-gateway-tls", items: [{ key: "ca.crt", path: "ca.crt" }] } },
    );
  });

  it("refuses an app that no range may reach", async () => {
    await assert.rejects(declared(ui({ users: [] })), /users is empty/);
  });
});

describe("The app server's configuration", () => {
  it("verifies the gateway's certificate, and sends the gateway's name as Host", () => {
    const gateway = { name: "web-gateway", port: 443 };
    const text = smartUiConfig({ serverName: "a", basePath: "/fhir/r5", gateway, issuer: ARGS.issuer });
    assert.match(text, /proxy_ssl_verify on;/);
    assert.match(text, /proxy_set_header Host web-gateway;/);
    assert.match(text, /location \/fhir\/r5\/ \{/);
  });

  it("allows connections to the app itself and to the issuer, and inline scripts nowhere", () => {
    const policy = contentSecurityPolicy("https://login.example/realms/a/");
    assert.match(policy, /connect-src 'self' https:\/\/login\.example;/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.match(policy, /default-src 'none'/);
  });
});
