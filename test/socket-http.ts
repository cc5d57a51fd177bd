import { type IncomingHttpHeaders, request } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { thrownMessage } from "../preview/user-error.ts";

/** HTTP over Unix sockets: what a test starts there has no port that another program could take or reach. */

/** A request that goes out as it is: nothing of its path is normalized. */
export interface Question {
  /** GET by default. */
  readonly method?: string;
  /** The request's target, query included. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Milliseconds that a server may take until it is ready. */
const PATIENCE = 60_000;

/**
 * Sends a request over a connection of its own.
 *
 * @throws Error of the system where the socket has no listener: ENOENT or ECONNREFUSED
 */
export function ask(socketPath: string, { body, ...question }: Question): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const asked = request({ socketPath, agent: false, ...question });
  asked.on("error", reject);
  asked.on("response", (response) => {
    const { statusCode = 0, headers } = response;
    text(response).then((body) => {
      resolve({ status: statusCode, headers, body });
    }, reject);
  });
  asked.end(body);
  return promise;
}

/**
 * Waits until a server that was just started answers with 200.
 *
 * @param ended aborted when the server has ended
 * @throws the reason why it has ended, or an error that tells its last answer where it takes more than a minute
 */
export async function untilReady(socketPath: string, path: string, ended: AbortSignal): Promise<void> {
  const timer = AbortSignal.timeout(PATIENCE);
  const stop = AbortSignal.any([timer, ended]);
  for (;;) {
    const outcome = await ask(socketPath, { path }).then(({ status }) => status, thrownMessage);
    if (outcome === 200) return;
    ended.throwIfAborted();
    if (timer.aborted) throw new Error(`${socketPath} is not ready after ${PATIENCE} ms: ${outcome}`);
    // A server that does not listen yet has no event to wait for.
    await setTimeout(20, undefined, { signal: stop }).catch(() => undefined);
  }
}
