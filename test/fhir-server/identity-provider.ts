import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/**
 * An identity provider that issues access tokens and introspects them (RFC 7662, OAuth 2.0 Token Introspection), on
 * a port of 127.0.0.1. While it is away it takes connections and ends each without an answer, so that no other process can
 * have its port meanwhile.
 */
export class IdentityProvider {
  /** Whether it is away: no token is active then. */
  away = false;
  readonly #server: Server;
  readonly #tokens = new Set<string>();

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async begin(): Promise<IdentityProvider> {
    const provider = new IdentityProvider();
    await once(provider.#server.listen(0, "127.0.0.1"), "listening");
    return provider;
  }

  /** Where it is asked whether a token is good. */
  get introspectionUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/introspect`;
  }

  /** A new token. */
  token(): string {
    const token = randomBytes(16).toString("hex");
    this.#tokens.add(token);
    return token;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await once(this.#server.close(), "close");
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.away) {
      request.socket.destroy();
      return;
    }
    const token = new URLSearchParams(await text(request)).get("token");
    const active = token !== null && this.#tokens.has(token);
    response.setHeader("Content-Type", "application/json").end(JSON.stringify({ active }));
  }
}
