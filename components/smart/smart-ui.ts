import * as pulumi from "@pulumi/pulumi";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { contentHash } from "../fhir/content-hash.ts";
import { declareHttpsDeployment } from "./https-deployment.ts";
import { smartUiConfig, type SmartAppSettings, UI_PATHS, UI_PORT } from "./smart-ui-config.ts";
import { type CertificateSource, TlsCertificate } from "./tls-certificate.ts";

/** Labels of the app server's pods. */
export const UI_LABELS = { org: "smart-ui", class: "smart-ui", "app.kubernetes.io/name": "smart-ui" };

/** Name of Deployment and Service. */
export const UI_NAME = "smart-ui";

/** The annotation that keeps GKE's load balancer within the network. */
const INTERNAL = { "networking.gke.io/load-balancer-type": "Internal" };

export interface SmartUiArgs {
  /** The namespace of the FHIR server, once the network policies are applied. */
  namespace: pulumi.Input<string>;
  /** Image of nginx with the app in /usr/share/nginx/html, pinned by digest, once it is attested. */
  image: pulumi.Input<string>;
  /** Origin of the app, `https://app.example`. */
  appOrigin: string;
  /** Path of the FHIR endpoint, without a slash at its end; requests below it go to the web gateway. */
  basePath: string;
  /** The web gateway: its Service, and the Secret whose `ca.crt` vouches for its certificate. */
  gateway: { name: pulumi.Input<string>; certificate: pulumi.Input<string> };
  /** The issuer, with a slash at its end; known before it exists, since the Content-Security-Policy names it. */
  issuer: string;
  clientId: pulumi.Input<string>;
  /** Identifier of the API that tokens are for. */
  audience: string;
  /** The scopes that the app asks for. */
  scopes: readonly string[];
  /** Where its certificate comes from, which is for the host of `appOrigin`. */
  tls: CertificateSource;
  /** IPv4 ranges of the users' browsers, in CIDR notation; at least one. */
  users: readonly string[];
  /** How many pods run. Defaults to 2. */
  replicas?: number | undefined;
}

/**
 * The app's server: nginx over HTTPS, with the app of the image, its settings at `GET /config.json`, and the FHIR endpoint
 * by way of the web gateway, whose certificate it verifies. Browsers reach it on an internal address.
 *
 * Source: InterSystems' SMART on FHIR article, "smart-ui" and its nginx.conf.
 *
 * @throws ResourceError when no range of users is named
 */
export class SmartUi extends pulumi.ComponentResource {
  /** The internal address that browsers connect to, on port 443. */
  declare readonly address: pulumi.Output<string>;

  constructor(name: string, args: SmartUiArgs, opts: pulumi.ComponentResourceOptions) {
    const { replicas = 2 } = args;
    super("attested-fhir:smart:SmartUi", name, { ...args, replicas, labels: UI_LABELS }, opts);
    if (args.users.length === 0)
      throw new pulumi.ResourceError("users is empty: name the ranges that may reach the app", this);
    const { namespace, appOrigin } = args;
    const certificate = new TlsCertificate(
      `${name}-tls`,
      {
        namespace,
        certificateName: `${UI_NAME}-tls`,
        dnsNames: [new URL(appOrigin).hostname],
        source: args.tls,
      },
      { parent: this },
    ).secretName;
    this.deployment(name, { ...args, replicas }, this.config(name, args), certificate);
    const service = this.service(name, args);

    this.address = service.status.apply((status) => status.loadBalancer.ingress[0]?.ip ?? "");
    this.registerOutputs({ address: this.address });
  }

  private config(name: string, args: SmartUiArgs): pulumi.Output<string> {
    const { namespace, appOrigin, basePath, issuer, audience, scopes } = args;
    const serverName = new URL(appOrigin).hostname;
    const data = pulumi.all([args.clientId, args.gateway.name]).apply(([clientId, gateway]) => {
      const settings: SmartAppSettings = {
        domain: issuer,
        clientId,
        audience,
        uri: `${appOrigin}${basePath}`,
        scope: ["openid", "fhirUser", ...scopes].join(" "),
      };
      return {
        "nginx.conf": smartUiConfig({ serverName, basePath, gateway: { name: gateway, port: 443 }, issuer }),
        "config.json": `${JSON.stringify(settings, undefined, 2)}\n`,
      };
    });
    // Other content has another name, so that the pods restart with it.
    const metadata = {
      namespace,
      name: data.apply((files) => `${UI_NAME}-${contentHash(...Object.values(files))}`),
    };
    return new ConfigMap(`${name}-config`, { metadata, data }, { parent: this }).metadata.name;
  }

  private service(name: string, { namespace, users }: SmartUiArgs): Service {
    return new Service(
      `${name}-service`,
      {
        metadata: { namespace, name: UI_NAME, annotations: INTERNAL },
        spec: {
          type: "LoadBalancer",
          externalTrafficPolicy: "Local",
          loadBalancerSourceRanges: [...users],
          selector: UI_LABELS,
          ports: [{ name: "https", port: 443, targetPort: "https", protocol: "TCP" }],
        },
      },
      { parent: this },
    );
  }

  private deployment(
    name: string,
    { namespace, image, gateway, replicas = 2 }: SmartUiArgs,
    config: pulumi.Output<string>,
    certificate: pulumi.Output<string>,
  ): void {
    declareHttpsDeployment(
      name,
      {
        namespace,
        replicas,
        labels: UI_LABELS,
        name: UI_NAME,
        image,
        command: ["nginx", "-c", `${UI_PATHS.config}/nginx.conf`, "-g", "daemon off;"],
        port: UI_PORT,
        run: UI_PATHS.run,
        files: [
          { name: "config", mountPath: UI_PATHS.config, configMap: config },
          { name: "tls", mountPath: UI_PATHS.tls, secret: certificate, keys: ["tls.crt", "tls.key"] },
          { name: "ca", mountPath: UI_PATHS.ca, secret: gateway.certificate, keys: ["ca.crt"] },
        ],
      },
      this,
    );
  }
}
