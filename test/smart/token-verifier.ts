import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { Agent, get } from "node:https";

export interface TokenVerifierOptions {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly audience: string;
  /** Certificate of the authority that vouches for the issuer's certificate, PEM. */
  readonly ca: Buffer;
}

/**
 * Verifies access tokens by the issuer's keys, and answers the FHIR server's introspection (RFC 7662): it stands in for the
 * OAuth 2.0 client within IRIS, which the configuration of IrisOAuthClient sets up.
 */
export class TokenVerifier {
  readonly #options: TokenVerifierOptions;
  readonly #agent: Agent;
  readonly #server: Server;

  private constructor(options: TokenVerifierOptions) {
    this.#options = options;
    this.#agent = new Agent({ ca: options.ca });
    this.#server = createServer((request, response) => {
      void text(request)
        .then((form) => this.#introspect(new URLSearchParams(form).get("token") ?? ""))
        .then((answer) => response.setHeader("Content-Type", "application/json").end(JSON.stringify(answer)));
    });
  }

  static async start(options: TokenVerifierOptions): Promise<TokenVerifier> {
    const verifier = new TokenVerifier(options);
    await once(verifier.#server.listen(0, "127.0.0.1"), "listening");
    return verifier;
  }

  get introspectionUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/introspect`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await once(this.#server.close(), "close");
  }

  async #introspect(token: string): Promise<{ active: boolean; scope?: string }> {
    const { issuer, audience } = this.#options;
    try {
      const keys = createLocalJWKSet(await this.#keys());
      const { payload } = await jwtVerify(token, keys, { issuer, audience, algorithms: ["RS256"] });
      return { active: true, scope: typeof payload.scope === "string" ? payload.scope : "" };
    } catch {
      return { active: false };
    }
  }

  /** The issuer's keys as they are now: nothing is cached, so that an outage shows at once. */
  async #keys(): Promise<JSONWebKeySet> {
    const request = get(this.#options.jwksUri, { agent: this.#agent });
    const [response] = (await once(request, "response")) as [NodeJS.ReadableStream];
    return JSON.parse(await text(response)) as JSONWebKeySet;
  }
}
