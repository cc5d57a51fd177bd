import assert from "node:assert/strict";
import { webGatewayConfig } from "../../../components/smart/web-gateway-config.ts";
import { WebGateway, type WebGatewayArgs } from "../../../components/smart/web-gateway.ts";
import { onCluster } from "../fhir/kubernetes.ts";
import { declared, known, type Options, waitingFor } from "../mocks.ts";

const ARGS: WebGatewayArgs = {
  namespace: "galactic-fhir",
  image: "example.com/web-gateway@sha256:1",
  fhirServer: "coruscanthealth.galactic-fhir:52773",
  basePath: "/intersystems/fhir/r5",
  appOrigin: "https://app.example",
  tls: { certManager: { issuer: "hospital-ca", kind: "ClusterIssuer" } },
};

const gateway =
  (args: Partial<WebGatewayArgs> = {}) =>
  (opts: Options) =>
    new WebGateway("gateway", { ...ARGS, ...args }, onCluster(opts));

interface PodTemplate {
  readonly spec: {
    readonly replicas: number;
    readonly template: {
      readonly spec: {
        readonly containers: readonly { readonly image: string; readonly command: readonly string[] }[];
        readonly volumes: readonly { readonly name: string; readonly secret?: { secretName: string } }[];
      };
    };
  };
}

describe("WebGateway", () => {
  it("runs Apache with its own configuration and certificate, two pods behind port 443", async () => {
    const { resource, result } = await declared(gateway());
    const { spec } = resource("gateway-deployment").inputs as unknown as PodTemplate;
    const [container] = spec.template.spec.containers;
    assert.equal(spec.replicas, 2);
    assert.equal(container?.image, ARGS.image);
    assert.deepEqual(container.command, [
      "apache2",
      "-D",
      "FOREGROUND",
      "-f",
      "/etc/smart-gateway/httpd.conf",
    ]);
    const tls = spec.template.spec.volumes.find(({ name }) => name === "tls");
    assert.equal(tls?.secret?.secretName, "web-gateway-tls");
    const { data } = resource("gateway-config").inputs as { data: Record<string, string> };
    assert.deepEqual(data, {
      "httpd.conf": webGatewayConfig({
        serverName: "web-gateway",
        basePath: ARGS.basePath,
        upstream: "http://coruscanthealth.galactic-fhir:52773",
        appOrigin: ARGS.appOrigin,
      }),
    });
    assert.equal(await known(result.name), "web-gateway");
  });

  it("requests its certificate from cert-manager, and waits for it before pods run", async () => {
    const { resource } = await declared(gateway());
    const { spec } = resource("gateway-tls-certificate").inputs as { spec: Record<string, unknown> };
    assert.deepEqual(spec.dnsNames, ["web-gateway"]);
    assert.deepEqual(spec.issuerRef, { name: "hospital-ca", kind: "ClusterIssuer" });
    const waiting = await waitingFor("kubernetes:cert-manager.io/v1:Certificate", gateway());
    assert.ok(waiting.includes("gateway-deployment"), waiting.join());
  });

  it("declares no certificate where a Secret is given", async () => {
    const { inputs, result } = await declared(gateway({ tls: { secret: "own-tls" } }));
    assert.deepEqual(
      Object.keys(inputs).filter((key) => key.includes("Certificate")),
      [],
    );
    assert.equal(await known(result.certificate), "own-tls");
  });
});

describe("The web gateway's configuration", () => {
  const text = webGatewayConfig({
    serverName: "web-gateway",
    basePath: "/fhir/r5",
    upstream: "http://fhir",
    appOrigin: "https://app.example",
  });

  it("names the app's origin where the article has a wildcard, and denies what is not the endpoint", () => {
    assert.doesNotMatch(text, /Access-Control-Allow-Origin "\*"/);
    assert.match(text, /<Location "\/">\n {2}Require all denied/);
    assert.match(text, /ProxyPass "\/fhir\/r5\/" "http:\/\/fhir\/fhir\/r5\/"/);
  });

  it("takes TLS 1.2 and 1.3 alone, and logs neither path nor query", () => {
    assert.match(text, /SSLProtocol -all \+TLSv1\.2 \+TLSv1\.3/);
    assert.match(text, /LogFormat "%t %h %m %>s %D" fhir/);
  });
});
