import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { freePort } from "./port.ts";
import { skipWithout } from "../toolchain/skip.ts";

const RANGE = "/proc/sys/net/ipv4/ip_local_port_range";

describe("A free port", () => {
  it("can be listened on at once", async () => {
    const port = await freePort();
    const server = createServer().listen(port, "127.0.0.1");
    await once(server, "listening");
    server.close();
  });

  it("is none that the system gives to others by itself", async function () {
    if (!existsSync(RANGE)) skipWithout(this, RANGE);
    const lowest = Number(readFileSync(RANGE, "utf8").split("\t")[0]);
    for (let count = 0; count < 20; count++) assert.ok((await freePort()) < lowest);
  });
});
