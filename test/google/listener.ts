import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { FrontEnd } from "./server.ts";

/** A front end that listens. */
export interface Listener {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** The addresses that clients wanted to reach through it as a proxy. */
  readonly turnedAway: readonly string[];
  /** Stops listening and closes every connection. */
  readonly stop: () => Promise<void>;
}

/** Has a front end listen on a free port of 127.0.0.1. A request to it as a proxy is denied at once. */
export async function listen(frontEnd: FrontEnd): Promise<Listener> {
  const turnedAway: string[] = [];
  const server = createServer((request, response) => {
    const { url = "/" } = request;
    if (url.startsWith("/")) {
      respond(frontEnd, request, response).catch(() => response.destroy());
    } else {
      turnedAway.push(url);
      response.writeHead(403).end();
    }
  });
  server.on("connect", ({ url = "" }, socket) => {
    turnedAway.push(url);
    socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = async () => {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, turnedAway, stop };
}

async function respond(
  frontEnd: FrontEnd,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method: httpMethod = "GET", url = "/" } = request;
  const { authorization } = request.headers;
  const { code, body } = frontEnd.answer({ httpMethod, url, authorization, body: await text(request) });
  response.writeHead(code, { "content-type": "application/json; charset=UTF-8" }).end(JSON.stringify(body));
}
