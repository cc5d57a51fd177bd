import type * as pulumi from "@pulumi/pulumi";
import { Provider as Auth0Provider } from "@pulumi/auth0/provider.js";
import type { Provider as KubernetesProvider } from "@pulumi/kubernetes/provider.js";
import { after } from "../../../components/after.ts";
import type { OAuthClient } from "../../../components/fhir/endpoint-settings.ts";
import { serverEndpoint } from "../../../components/fhir/fhir-server-spec.ts";
import { SmartIdentity } from "../../../components/smart/smart-identity.ts";
import { SmartPolicies } from "../../../components/smart/smart-policies.ts";
import { SmartUi } from "../../../components/smart/smart-ui.ts";
import type { CertificateSource } from "../../../components/smart/tls-certificate.ts";
import { WebGateway } from "../../../components/smart/web-gateway.ts";
import type { FhirServerConfig } from "../../config/schema/fhir.ts";
import type { SmartConfig } from "../../config/schema/smart.ts";
import type { LayerContext } from "../../layer-context.ts";

/** The FHIR server, as SMART needs it. */
export interface SmartTarget {
  readonly server: FhirServerConfig;
  /** Its namespace, once it exists and the cluster serves Cilium's policies. */
  readonly namespace: pulumi.Output<string>;
  /** Names of the applied policies, by which all but the granted is denied. */
  readonly standing: readonly pulumi.Output<unknown>[];
  readonly provider: KubernetesProvider;
  readonly attested: (image: string) => pulumi.Input<string>;
}

/** The issuer of a stack's tokens. */
export function smartIssuer({ issuer, auth0 }: SmartConfig): string {
  return issuer?.url ?? `https://${auth0?.domain ?? ""}/`;
}

/** The OAuth 2.0 client of the FHIR endpoint; undefined where the stack has no SMART app. */
export function oauthClient(smart: SmartConfig | undefined): OAuthClient | undefined {
  return smart && { name: smart.oauthClient, issuer: smartIssuer(smart) };
}

/**
 * The SMART app: identity, web gateway, the app's server, and the policies of each hop, applied before the pods run.
 *
 * @returns the internal address of the app
 */
export function smartApp(
  context: LayerContext,
  smart: SmartConfig,
  target: SmartTarget,
): pulumi.Output<string> {
  const { parent } = context;
  const { server, provider, attested } = target;
  const { org } = server;
  const { name, port, basePath, labels } = serverEndpoint({
    server: server.name,
    org,
    basePath: server.basePath,
  });
  const opts = { parent, provider };
  const { appOrigin, audience, scopes, users } = smart;
  const issuer = smartIssuer(smart);
  const policies = new SmartPolicies(
    "smart",
    { namespace: target.namespace, serverLabels: labels, users, issuer },
    opts,
  );
  const namespace = after(target.namespace, [...target.standing, policies.policyNames]);
  const gateway = new WebGateway(
    "web-gateway",
    {
      namespace,
      image: attested(smart.webGateway.image),
      fhirServer: `${name}.${server.namespace}:${port}`,
      basePath,
      appOrigin,
      tls: certificateSource(smart.webGateway.certificate),
    },
    opts,
  );
  return new SmartUi(
    "smart-ui",
    {
      namespace,
      image: attested(smart.ui.image),
      appOrigin,
      basePath,
      gateway: { name: gateway.name, certificate: gateway.certificate },
      issuer,
      clientId: clientId(context, smart),
      audience,
      scopes,
      tls: certificateSource(smart.ui.certificate),
      users,
    },
    opts,
  ).address;
}

function clientId({ parent }: LayerContext, smart: SmartConfig): pulumi.Input<string> {
  if (smart.auth0 === undefined) return smart.issuer?.clientId ?? "";
  const { appOrigin, audience, scopes, tokenLifetime } = smart;
  const provider = new Auth0Provider("auth0", { domain: smart.auth0.domain }, { parent });
  return new SmartIdentity(
    "smart-identity",
    { appOrigin, audience, scopes, tokenLifetime },
    { parent, provider },
  ).clientId;
}

function certificateSource({ secret, certManager }: SmartConfig["ui"]["certificate"]): CertificateSource {
  // The schema requires one of them.
  return certManager === undefined ? { secret: secret ?? "" } : { certManager };
}
