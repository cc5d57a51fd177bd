import { once } from "node:events";
import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below the range from which Linux takes the ports of outgoing connections and of servers that ask for any port. */
const LOWEST = 20_000;
const HIGHEST = 32_767;

/**
 * A port of 127.0.0.1 that is free, at random from a range that the system does not assign by itself:
 * the port stays free while a server that has died is started again.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST + 1);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}
