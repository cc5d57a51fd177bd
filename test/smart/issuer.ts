import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import { join } from "node:path";
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from "jose";
import Provider from "oidc-provider";

export interface IssuerOptions {
  /** The directory of its `tls.crt` and `tls.key`. */
  readonly tls: string;
  readonly port: number;
  /** Identifier of the API that tokens are for. */
  readonly audience: string;
  readonly scopes: readonly string[];
  readonly clientId: string;
  /** Where the app is, `https://app.example`. */
  readonly appOrigin: string;
}

/** A real OpenID provider on 127.0.0.1, with endpoints named as Auth0's and an issuer that ends in a slash. */
export class Issuer {
  readonly url: string;
  readonly jwksUri: string;
  readonly #options: IssuerOptions;
  readonly #provider: Provider;
  readonly #key: JWK;
  #server: Server | undefined;

  private constructor(options: IssuerOptions, key: JWK) {
    this.#options = options;
    this.#key = key;
    this.url = `https://127.0.0.1:${options.port}/`;
    this.jwksUri = `${this.url}.well-known/jwks.json`;
    this.#provider = provider(this.url, options, key);
  }

  static async start(options: IssuerOptions): Promise<Issuer> {
    const { privateKey } = await generateKeyPair("RS256", { extractable: true });
    const key = { ...(await exportJWK(privateKey)), kid: "one", alg: "RS256", use: "sig" };
    const issuer = new Issuer(options, key);
    await issuer.up();
    return issuer;
  }

  /** Serves again after `down`. */
  async up(): Promise<void> {
    const { tls, port } = this.#options;
    const pem = { cert: readFileSync(join(tls, "tls.crt")), key: readFileSync(join(tls, "tls.key")) };
    const answer = this.#provider.callback();
    this.#server = createServer(pem, (request, response) => void answer(request, response));
    await once(this.#server.listen(port, "127.0.0.1"), "listening");
  }

  /** The outage: nothing listens. */
  async down(): Promise<void> {
    this.#server?.closeAllConnections();
    if (this.#server?.listening === true) await once(this.#server.close(), "close");
  }

  /** A token signed with the issuer's own key, for the app's user. */
  async token(
    claims: { scope?: string; audience?: string; expires?: string; issuer?: string } = {},
  ): Promise<string> {
    const { scope = this.#options.scopes.join(" "), audience = this.#options.audience } = claims;
    return new SignJWT({ scope })
      .setProtectedHeader({ alg: "RS256", kid: "one", typ: "at+jwt" })
      .setIssuer(claims.issuer ?? this.url)
      .setAudience(audience)
      .setSubject("physician")
      .setIssuedAt()
      .setExpirationTime(claims.expires ?? "1h")
      .sign(await importJWK(this.#key, "RS256"));
  }
}

function provider(url: string, options: IssuerOptions, key: JWK): Provider {
  const { audience, scopes, clientId, appOrigin } = options;
  const made = new Provider(url, {
    clients: [
      {
        client_id: clientId,
        token_endpoint_auth_method: "none",
        redirect_uris: [`${appOrigin}/`],
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    jwks: { keys: [key] },
    scopes: ["openid", ...scopes],
    pkce: { required: () => true },
    cookies: { keys: ["for the length of a test"] },
    clientBasedCORS: () => true,
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    routes: { authorization: "/authorize", token: "/oauth/token", jwks: "/.well-known/jwks.json" },
    features: {
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: scopes.join(" "),
          audience,
          accessTokenTTL: 3600,
          accessTokenFormat: "jwt",
          jwt: { sign: { alg: "RS256" } },
        }),
      },
    },
  });
  return made;
}
