import * as pulumi from "@pulumi/pulumi";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { contentHash } from "../fhir/content-hash.ts";
import { declareHttpsDeployment } from "./https-deployment.ts";
import { type CertificateSource, TlsCertificate } from "./tls-certificate.ts";
import { GATEWAY_LABELS, GATEWAY_NAME } from "./web-gateway-labels.ts";
import { GATEWAY_PATHS, GATEWAY_PORT, webGatewayConfig } from "./web-gateway-config.ts";

export interface WebGatewayArgs {
  /** The namespace of the FHIR server, once the gateway's network policies are applied. */
  namespace: pulumi.Input<string>;
  /** Image of Debian's Apache 2.4, such as InterSystems' web gateway, pinned by digest, once it is attested. */
  image: pulumi.Input<string>;
  /** Host and port of the FHIR server within the cluster, `coruscanthealth.galactic-fhir:52773`. */
  fhirServer: string;
  /** Path of the FHIR endpoint, without a slash at its end. */
  basePath: string;
  /** Origin of the app, whose requests alone are answered: `https://app.example`. */
  appOrigin: string;
  /** Where its certificate comes from, which is for `web-gateway`. */
  tls: CertificateSource;
  /** How many pods run. Defaults to 2. */
  replicas?: number | undefined;
}

/**
 * The web gateway: Apache before the FHIR server, over HTTPS only. To the server it is a client like any other: grants of
 * the organisation `smart` allow what it may pass on.
 *
 * Source: InterSystems' SMART on FHIR article, "Web Gateway", whose origin `*` is the app's here.
 */
export class WebGateway extends pulumi.ComponentResource {
  /** Name of the Service, once it exists; it takes HTTPS on port 443. */
  declare readonly name: pulumi.Output<string>;
  /** Name of the Secret with its certificate, and in `ca.crt` the authority's. */
  declare readonly certificate: pulumi.Output<string>;

  constructor(name: string, args: WebGatewayArgs, opts: pulumi.ComponentResourceOptions) {
    const { replicas = 2 } = args;
    super("attested-fhir:smart:WebGateway", name, { ...args, replicas, labels: GATEWAY_LABELS }, opts);
    const { namespace } = args;
    const certificate = new TlsCertificate(
      `${name}-tls`,
      { namespace, certificateName: `${GATEWAY_NAME}-tls`, dnsNames: [GATEWAY_NAME], source: args.tls },
      { parent: this },
    ).secretName;
    const service = this.service(name, namespace);
    this.deployment(name, { ...args, replicas }, this.config(name, args), certificate);

    this.name = service;
    this.certificate = certificate;
    this.registerOutputs({ name: this.name, certificate: this.certificate });
  }

  private config(name: string, { namespace, fhirServer, basePath, appOrigin }: WebGatewayArgs) {
    const upstream = `http://${fhirServer}`;
    const text = webGatewayConfig({ serverName: GATEWAY_NAME, basePath, upstream, appOrigin });
    // Another configuration has another name, so that the pods restart with it.
    const metadata = { namespace, name: `${GATEWAY_NAME}-${contentHash(text)}` };
    return new ConfigMap(`${name}-config`, { metadata, data: { "httpd.conf": text } }, { parent: this })
      .metadata.name;
  }

  private service(name: string, namespace: pulumi.Input<string>): pulumi.Output<string> {
    return new Service(
      `${name}-service`,
      {
        metadata: { namespace, name: GATEWAY_NAME },
        spec: {
          type: "ClusterIP",
          selector: GATEWAY_LABELS,
          ports: [{ name: "https", port: 443, targetPort: "https", protocol: "TCP" }],
        },
      },
      { parent: this },
    ).metadata.name;
  }

  private deployment(
    name: string,
    { namespace, image, replicas = 2 }: WebGatewayArgs,
    config: pulumi.Output<string>,
    certificate: pulumi.Output<string>,
  ): void {
    declareHttpsDeployment(
      name,
      {
        namespace,
        replicas,
        labels: GATEWAY_LABELS,
        name: GATEWAY_NAME,
        image,
        command: ["apache2", "-D", "FOREGROUND", "-f", `${GATEWAY_PATHS.config}/httpd.conf`],
        port: GATEWAY_PORT,
        run: GATEWAY_PATHS.run,
        files: [
          { name: "config", mountPath: GATEWAY_PATHS.config, configMap: config },
          { name: "tls", mountPath: GATEWAY_PATHS.tls, secret: certificate, keys: ["tls.crt", "tls.key"] },
        ],
      },
      this,
    );
  }
}
