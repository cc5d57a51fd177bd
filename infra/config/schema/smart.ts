import { z } from "zod";
import { senderRangeSchema } from "./cidr.ts";
import { imageReferenceSchema, kubernetesNameSchema, text } from "./names.ts";

/** SMART on FHIR: who issues tokens, what they allow, and the app's way to the FHIR server. */

const issuerUrlSchema = text(
  /^https:\/\/[a-z0-9.-]+(?::\d+)?\/(?:[\w.~/-]*\/)?$/i,
  "an https URL that ends in /, as IRIS requires of an issuer",
);
const originSchema = text(/^https:\/\/[a-z0-9.-]+(?::\d+)?$/, "an https origin without a path: https://HOST");
const audienceSchema = text(/^https:\/\/\S+$/, "an https URL");

const certificateSchema = z
  .strictObject({
    secret: kubernetesNameSchema
      .optional()
      .describe("A Secret in the FHIR server's namespace with `tls.crt`, `tls.key` and `ca.crt`."),
    certManager: z
      .strictObject({
        issuer: kubernetesNameSchema.describe("Name of the issuer."),
        kind: z.enum(["Issuer", "ClusterIssuer"]).default("ClusterIssuer").describe("Its kind."),
      })
      .optional()
      .describe("cert-manager's issuer, which signs."),
  })
  .refine(
    ({ secret, certManager }) => (secret === undefined) !== (certManager === undefined),
    "must name exactly one: secret for a certificate that exists, or certManager for one to request",
  );

export const smartSchema = z
  .strictObject({
    issuer: z
      .strictObject({
        url: issuerUrlSchema.describe("The issuer's URL. It must be what tokens have as `iss`."),
        clientId: z.string().min(1).describe("The client id that the app signs in with."),
      })
      .optional()
      .describe("An OpenID provider that exists: Keycloak, Entra, Okta and others."),
    auth0: z
      .strictObject({
        domain: text(/^[a-z0-9][a-z0-9.-]*\.[a-z]{2,}$/, "a domain: TENANT.eu.auth0.com").describe(
          "Domain of the tenant. Its credentials come from the environment of the auth0 provider.",
        ),
      })
      .optional()
      .describe("An Auth0 tenant, in which the stack creates app, API and scopes."),
    audience: audienceSchema
      .default("https://localhost/smart/fhir/r5")
      .describe("Identifier of the API that tokens are for. It need not exist as a URL."),
    scopes: z.array(z.string()).min(1, "is empty: name at least one SMART scope").meta({
      shape: "list of SMART scopes, `user/Patient.rs`",
      description: "The scopes that the app asks for; with `auth0`, those of the API, too.",
    }),
    tokenLifetime: z
      .int()
      .min(60)
      .max(86_400)
      .default(3600)
      .describe("With `auth0`: seconds that an access token is valid."),
    appOrigin: originSchema.describe(
      "Where browsers find the app. The web gateway answers this origin alone.",
    ),
    users: z.array(senderRangeSchema).min(1, "is empty: name the ranges that may reach the app").meta({
      shape: "list of IPv4 ranges, none wider than `/8`",
      description: "The ranges of the users' browsers.",
    }),
    oauthClient: text(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$/, "a name of an OAuth 2.0 client in IRIS")
      .default("smart-on-fhir")
      .describe("Name of the OAuth 2.0 client in IRIS, which the endpoint verifies tokens with."),
    webGateway: z
      .strictObject({
        image: imageReferenceSchema.describe(
          "Image of Apache 2.4 as Debian packs it, such as InterSystems' web gateway.",
        ),
        certificate: certificateSchema.describe("Its certificate, for the name `web-gateway`."),
      })
      .describe("The web gateway before the FHIR server."),
    ui: z
      .strictObject({
        image: imageReferenceSchema.describe("Image of nginx with the app in `/usr/share/nginx/html`."),
        certificate: certificateSchema.describe("Its certificate, for the host of `appOrigin`."),
      })
      .describe("The app's server."),
  })
  .refine(
    ({ issuer, auth0 }) => (issuer === undefined) !== (auth0 === undefined),
    "must name exactly one identity provider: issuer for one that exists, or auth0 for a tenant",
  );
export type SmartConfig = z.infer<typeof smartSchema>;
