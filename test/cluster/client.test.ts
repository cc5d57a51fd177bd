import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApiError, Client } from "./client.ts";
import { makeFiles } from "./files.ts";

const THING = "/apis/example.org/v1/namespaces/default/things/one";

/** What a server does with the requests of a test, one after the other; more are an error. */
type Script = readonly ((response: ServerResponse) => void)[];

const list =
  (resourceVersion: string, ...items: readonly object[]) =>
  (response: ServerResponse) =>
    response.end(JSON.stringify({ metadata: { resourceVersion }, items }));
const thing = (size: number) => ({
  metadata: { name: "one", uid: "1", resourceVersion: `${size}` },
  spec: { size },
});
const line = (type: string, object: object) => `${JSON.stringify({ type, object })}\n`;
/** The answer stays open, as a watch does. */
const events =
  (...texts: readonly string[]) =>
  (response: ServerResponse) => {
    for (const text of texts) response.write(text);
  };

describe("The API client", () => {
  let dir: string;
  let server: Server;
  let client: Client;
  let ended: AbortController;
  let asked: string[];
  let script: Script;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "attested-fhir-client-"));
    const { files, ca, token } = await makeFiles(dir);
    const tls = { cert: ca, key: await readFile(files.certificateKey, "utf8") };
    server = createServer(tls, (request, response) => {
      const answer = script[asked.length];
      asked.push(`${request.method ?? ""} ${request.url ?? ""}`);
      if (answer === undefined) response.writeHead(500).end("this request is not in the script");
      else if (request.headers.authorization === `Bearer ${token}`) answer(response);
      else response.writeHead(401).end();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    ended = new AbortController();
    const { port } = server.address() as AddressInfo;
    client = new Client({ server: `https://127.0.0.1:${port}`, ca, token }, ended.signal);
  });
  beforeEach(() => {
    asked = [];
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await rm(dir, { recursive: true, force: true });
  });

  const grown = () => client.waitFor(THING, ({ spec }) => spec?.size === 3);

  it("waits by watching from the version it has listed", async () => {
    script = [list("7", thing(1)), events(line("MODIFIED", thing(2)), line("MODIFIED", thing(3)))];
    assert.deepEqual((await grown()).spec, { size: 3 });
    assert.deepEqual(asked, [
      "GET /apis/example.org/v1/namespaces/default/things?fieldSelector=metadata.name%3Done",
      "GET /apis/example.org/v1/namespaces/default/things?fieldSelector=metadata.name%3Done&resourceVersion=7&watch=true",
    ]);
  });

  it("does not watch when the object is as wanted already", async () => {
    script = [list("7", thing(3))];
    await grown();
    assert.equal(asked.length, 1);
  });

  it("waits for an object that is not there yet", async () => {
    script = [list("7"), events(line("ADDED", thing(3)))];
    assert.deepEqual((await grown()).spec, { size: 3 });
  });

  it("waits for an object's end", async () => {
    script = [list("7", thing(1)), events(line("MODIFIED", thing(2)), line("DELETED", thing(2)))];
    await client.waitUntilGone(THING);
  });

  it("begins again when the server ends the watch or has forgotten the version", async () => {
    script = [
      list("7"),
      (response) => response.end(),
      list("8", thing(1)),
      events(line("ERROR", { code: 410, message: "too old resource version" })),
      list("9", thing(3)),
    ];
    await grown();
    assert.equal(asked.length, script.length);
  });

  it("says what it has seen last when the time is up", async () => {
    script = [list("7", thing(1)), events(line("MODIFIED", thing(2)))];
    await assert.rejects(
      client.waitFor(THING, () => false, 300),
      /things\/one is not as wanted after 300 ms\. Last seen: .*"size": 2/s,
    );
    script = [list("7"), events()];
    asked = [];
    await assert.rejects(
      client.waitFor(THING, () => false, 300),
      /It is not there\./,
    );
  });

  it("passes on what the server says when it refuses", async () => {
    const message = "things.example.org is forbidden";
    script = [(response) => response.writeHead(403).end(JSON.stringify({ message }))];
    await assert.rejects(client.get(THING), (error) => {
      assert.ok(error instanceof ApiError);
      assert.equal(error.status, 403);
      assert.equal(error.message, `GET ${THING}: 403: ${message}`);
      return true;
    });
  });

  it("finds nothing where nothing is, but fails where it may not look", async () => {
    script = [
      (response) => response.writeHead(404).end("{}"),
      (response) => response.writeHead(403).end("{}"),
    ];
    assert.equal(await client.find(THING), undefined);
    await assert.rejects(client.find(THING), ApiError);
  });

  it("fails when the connection breaks in a watch", async () => {
    script = [list("7"), (response) => response.write(line("ADDED", thing(1)), () => response.destroy())];
    await assert.rejects(grown(), { code: "ECONNRESET" });
  });

  // The last one: nothing works after it.
  it("fails with the cluster's reason as soon as that ends, and from then on", async () => {
    const reason = new Error("kube-scheduler has ended");
    const watched = Promise.withResolvers<undefined>();
    script = [
      list("7"),
      (response) => {
        response.writeHead(200).flushHeaders();
        watched.resolve(undefined);
      },
    ];
    const waiting = grown();
    await watched.promise;
    ended.abort(reason);
    await assert.rejects(waiting, reason);
    await assert.rejects(client.get(THING), reason);
    assert.equal(asked.length, 2);
  });
});
