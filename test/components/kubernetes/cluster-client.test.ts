import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClusterClient } from "../../../components/kubernetes/cluster-client.ts";
import { findCluster } from "../../../components/kubernetes/kubeconfig.ts";

/** A kubeconfig of one cluster. */
function kubeconfig(server: string, user: object = { token: "secret" }): string {
  return JSON.stringify({
    clusters: [{ name: "one", cluster: { server } }],
    users: [{ name: "me", user }],
    contexts: [{ name: "one", context: { cluster: "one", user: "me" } }],
    "current-context": "one",
  });
}

describe("ClusterClient", () => {
  const servers: Server[] = [];
  let dir = "";
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "attested-fhir-test-"));
  });
  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });
  after(() => rm(dir, { recursive: true, force: true }));

  /** @returns the server's address */
  async function listen(answer: RequestListener): Promise<string> {
    const server = createServer(answer).listen(0, "127.0.0.1");
    servers.push(server);
    await once(server, "listening");
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** A server that answers with what it was asked. */
  const mirror = () =>
    listen(({ method, url, headers: { authorization } }: IncomingMessage, response) => {
      response.end(JSON.stringify({ method, url, authorization }));
    });

  const asked = async (server: string, user?: object) => {
    const client = await ClusterClient.of(kubeconfig(server, user), 5000);
    return (await client.get("/api")).body as { url: string; authorization?: string };
  };

  it("calls the kubeconfig's address, including its path", async () => {
    const server = await mirror();
    assert.equal((await asked(server)).url, "/api");
    assert.equal((await asked(`${server}/k8s/clusters/c-1/`)).url, "/k8s/clusters/c-1/api");
    const client = await ClusterClient.of(kubeconfig(server), 5000);
    assert.deepEqual(await client.delete("/api/v1/secrets/one"), {
      status: 200,
      body: { method: "DELETE", url: "/api/v1/secrets/one", authorization: "Bearer secret" },
    });
  });

  it("sends the token from the kubeconfig, from a file, or from an exec command", async () => {
    const server = await mirror();
    assert.equal((await asked(server, { token: "held" })).authorization, "Bearer held");

    await writeFile(join(dir, "token"), "filed");
    await writeFile(join(dir, "config"), kubeconfig(server, { tokenFile: "token" }));
    const finding = findCluster([join(dir, "config")]);
    assert.ok(finding.kind === "cluster");
    const client = await ClusterClient.of(finding.cluster.kubeconfig, 5000);
    assert.equal(
      ((await client.get("/api")).body as { authorization: string }).authorization,
      "Bearer filed",
    );

    const credential = { kind: "ExecCredential", status: { token: "returned" } };
    const args = ["-e", `console.log(${JSON.stringify(JSON.stringify(credential))})`];
    const exec = { apiVersion: "client.authentication.k8s.io/v1", command: process.execPath, args };
    assert.equal((await asked(server, { exec })).authorization, "Bearer returned");
  });

  it("reports the output of an exec command that returns no credentials", async () => {
    const args = ["-e", "console.error('You are not logged in.'); process.exit(1)"];
    const exec = { apiVersion: "client.authentication.k8s.io/v1", command: process.execPath, args };
    await assert.rejects(
      ClusterClient.of(kubeconfig("https://one:1", { exec }), 5000),
      /You are not logged in\./,
    );
    const absent = { ...exec, command: "no-such-plugin" };
    await assert.rejects(
      ClusterClient.of(kubeconfig("https://one:1", { exec: absent }), 5000),
      /no-such-plugin ENOENT/,
    );
  });

  it("returns the server's status, and no body where that is not JSON", async () => {
    const server = await listen((_, response) => {
      response.writeHead(503).end("<html>");
    });
    const client = await ClusterClient.of(kubeconfig(server), 5000);
    assert.deepEqual(await client.get("/api"), { status: 503, body: undefined });
  });

  it("times out where a server does not answer, or not completely", async () => {
    for (const answer of [
      () => undefined,
      (...[, response]: Parameters<RequestListener>) => response.write("{"),
    ]) {
      const client = await ClusterClient.of(kubeconfig(await listen(answer)), 100);
      await assert.rejects(client.get("/api"), new Error("no answer within 100 ms"));
    }
  });

  it("rejects a kubeconfig whose context names no cluster", async () => {
    await assert.rejects(
      ClusterClient.of("{}", 100),
      new Error("the kubeconfig's current context names no cluster"),
    );
  });

  describe("where the environment names a proxy", () => {
    const { HTTPS_PROXY, NO_PROXY, https_proxy, no_proxy } = process.env;
    afterEach(() => {
      for (const [name, value] of Object.entries({ HTTPS_PROXY, NO_PROXY, https_proxy, no_proxy })) {
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
    });

    /** A proxy that rejects every connection and records the requested addresses. */
    async function proxy(): Promise<string[]> {
      const wanted: string[] = [];
      const url = await listen(() => undefined);
      servers.at(-1)?.on("connect", ({ url: target = "" }: IncomingMessage, socket) => {
        wanted.push(target);
        socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
      });
      for (const name of ["NO_PROXY", "no_proxy", "https_proxy"]) process.env[name] = "";
      process.env.HTTPS_PROXY = url;
      return wanted;
    }

    it("uses the proxy", async () => {
      const wanted = await proxy();
      const client = await ClusterClient.of(kubeconfig("https://fhir.example.com:6443"), 5000);
      await assert.rejects(client.get("/api"));
      assert.deepEqual(wanted, ["fhir.example.com:6443"]);
    });

    it("asks a cluster on this machine, or one that NO_PROXY names, directly", async () => {
      const wanted = await proxy();
      process.env.NO_PROXY = "fhir.invalid";
      for (const server of [
        "https://127.0.0.1:1",
        "https://localhost:1",
        "https://[::1]:1",
        "https://fhir.invalid:1",
      ]) {
        const client = await ClusterClient.of(kubeconfig(server), 5000);
        await assert.rejects(client.get("/api"), server);
      }
      assert.deepEqual(wanted, []);
    });
  });
});
