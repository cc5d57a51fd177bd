import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { everyTenSeconds, putCommand, readCommand } from "../../../components/fhir/fhir-request.ts";

const BASE = "/intersystems/fhir/r5";
const VADER = { resourceType: "Patient", id: "DarthVader", name: [{ family: "Vader – Darth" }] };

/** A request as the server gets it. */
interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly type: string | undefined;
  readonly authorization: string | undefined;
  readonly body: string;
}

async function run([command = "", ...args]: readonly string[]) {
  const done = await promisify(execFile)(command, args);
  return done.stdout;
}

describe("the requests' command lines", () => {
  let server: Server;
  let directory: string;
  let seen: Seen[];
  let statuses: number[];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url, headers } = request;
    const body = (await request.toArray()).join("");
    seen.push({ method, url, type: headers["content-type"], authorization: headers.authorization, body });
    response.writeHead(statuses.shift() ?? 200, { "Retry-After": "0" }).end();
  }

  beforeEach(async () => {
    [seen, statuses] = [[], []];
    directory = mkdtempSync(join(tmpdir(), "fhir-request-"));
    writeFileSync(join(directory, "record.json"), JSON.stringify(VADER, undefined, 2));
    server = createServer((request, response) => void answer(request, response));
    await once(server.listen(0, "127.0.0.1"), "listening");
  });

  afterEach(async () => {
    rmSync(directory, { recursive: true });
    server.closeAllConnections();
    await once(server.close(), "close");
  });

  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}${BASE}`;
  const put = () => ({ server: url(), record: VADER, file: join(directory, "record.json") });

  it("request a patient by HEAD, and print the status", async () => {
    statuses = [200, 403];
    assert.equal(await run(readCommand(url(), "DarthVader")), "200 HEAD Patient/DarthVader\n");
    assert.equal(await run(readCommand(url(), "AnakinSkywalker")), "403 HEAD Patient/AnakinSkywalker\n");
    assert.deepEqual(
      seen.map(({ method, url: path }) => `${method ?? ""} ${path ?? ""}`),
      [`HEAD ${BASE}/Patient/DarthVader`, `HEAD ${BASE}/Patient/AnakinSkywalker`],
    );
  });

  it("repeat every 10 seconds, whatever the status", async () => {
    // A stand-in for sleep: prints the duration, and at the third call ends the shell that waits.
    const sleep = 'echo "sleep $1"; echo >>"$0.count"; [ "$(wc -l <"$0.count")" -lt 3 ] || kill "$PPID"';
    writeFileSync(join(directory, "sleep"), `#!/bin/sh\n${sleep}\n`, { mode: 0o755 });
    const [command = "", ...args] = everyTenSeconds(["sh", "-c", 'echo "$1"; false', "sh", "two  words"]);
    const env = { PATH: `${directory}:${process.env.PATH ?? ""}` };
    const ended = promisify(execFile)(command, args, { env }).catch((error: unknown) => error);
    const { stdout } = (await ended) as { stdout: string };
    assert.equal(stdout, "two  words\nsleep 10\n".repeat(3));
  });

  it("put a record under its own id, byte for byte", async () => {
    statuses = [201];
    assert.equal(await run(putCommand(put())), "201 PUT Patient/DarthVader\n");
    assert.deepEqual(seen, [
      {
        method: "PUT",
        url: `${BASE}/Patient/DarthVader`,
        type: "application/fhir+json",
        authorization: undefined,
        body: JSON.stringify(VADER, undefined, 2),
      },
    ]);
  });

  it("put a record with the headers of a file", async () => {
    const headers = join(directory, "headers");
    writeFileSync(headers, "Authorization: Bearer token\n");
    await run(putCommand({ ...put(), headers }));
    assert.equal(seen[0]?.authorization, "Bearer token");
  });

  it("put a record again while the server is not ready, and whole each time", async () => {
    statuses = [503, 201];
    const command = putCommand(put());
    // The pause between retries is curl's own; here it is one second.
    const quicker = command.map((part, index) => (command[index - 1] === "--retry-delay" ? "1" : part));
    await run(quicker);
    assert.deepEqual(
      seen.map(({ body }) => body),
      [seen[0]?.body, seen[0]?.body],
    );
  });

  it("fail where the server refuses the record, at once", async () => {
    statuses = [422];
    await assert.rejects(run(putCommand(put())), /The requested URL returned error: 422/);
    assert.equal(seen.length, 1);
  });

  it("wait for a server that does not listen yet", () => {
    const command = putCommand(put());
    for (const [option, value] of [
      ["--retry", "24"],
      ["--retry-delay", "5"],
      ["--retry-max-time", "120"],
    ]) {
      assert.equal(command[command.indexOf(option ?? "") + 1], value);
    }
    assert.ok(command.includes("--retry-connrefused"));
  });
});
