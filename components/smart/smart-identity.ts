import * as pulumi from "@pulumi/pulumi";
import { Client } from "@pulumi/auth0/client.js";
import { ResourceServer } from "@pulumi/auth0/resourceServer.js";
import { ResourceServerScopes } from "@pulumi/auth0/resourceServerScopes.js";

export interface SmartIdentityArgs {
  /** Name of the application in the tenant. Defaults to `SMART on FHIR`. */
  appName?: string | undefined;
  /** Origin of the app, with https: `https://app.example`. */
  appOrigin: string;
  /** Identifier of the API; a URL that need not exist. */
  audience: string;
  /** The scopes of the API, SMART's: `user/Patient.rs`. */
  scopes: readonly string[];
  /** Seconds that an access token is valid. Defaults to 3600. */
  tokenLifetime?: number | undefined;
}

/**
 * The app and the FHIR API in an Auth0 tenant: a single-page application that signs in by authorization code with PKCE, and
 * a resource server whose tokens are signed by RS256. No scope is granted without the user's consent, and no secret exists.
 *
 * Source: InterSystems' SMART on FHIR article, "Configuração AUTH0"; Auth0 Management API v2.
 *
 * @throws ResourceError when the app's origin does not use https
 */
export class SmartIdentity extends pulumi.ComponentResource {
  /** The client id that the app signs in with. */
  declare readonly clientId: pulumi.Output<string>;
  /** Identifier of the API, once it and its scopes exist. */
  declare readonly audience: pulumi.Output<string>;

  constructor(name: string, args: SmartIdentityArgs, opts: pulumi.ComponentResourceOptions) {
    const { appName = "SMART on FHIR", tokenLifetime = 3600 } = args;
    super("attested-fhir:smart:SmartIdentity", name, { ...args, appName, tokenLifetime }, opts);
    const { appOrigin, audience, scopes } = args;
    if (!appOrigin.startsWith("https://")) {
      throw new pulumi.ResourceError(
        `appOrigin "${appOrigin}" must use https: OAuth 2.0 sends codes there`,
        this,
      );
    }
    const app = new Client(
      `${name}-app`,
      {
        name: appName,
        description: "The app that reads FHIR with its user's token",
        appType: "spa",
        callbacks: [`${appOrigin}/`],
        allowedLogoutUrls: [`${appOrigin}/`],
        webOrigins: [appOrigin],
        grantTypes: ["authorization_code"],
        oidcConformant: true,
        jwtConfiguration: { alg: "RS256", lifetimeInSeconds: tokenLifetime },
      },
      { parent: this },
    );
    const api = new ResourceServer(
      `${name}-api`,
      {
        name: `${appName} API`,
        identifier: audience,
        signingAlg: "RS256",
        tokenLifetime,
        tokenLifetimeForWeb: tokenLifetime,
        allowOfflineAccess: false,
        skipConsentForVerifiableFirstPartyClients: false,
      },
      { parent: this },
    );
    const granted = new ResourceServerScopes(
      `${name}-scopes`,
      {
        resourceServerIdentifier: api.identifier,
        scopes: scopes.map((scope) => ({ name: scope, description: `SMART scope ${scope}` })),
      },
      { parent: this },
    );

    this.clientId = app.clientId;
    this.audience = granted.resourceServerIdentifier;
    this.registerOutputs({ clientId: this.clientId, audience: this.audience });
  }
}
