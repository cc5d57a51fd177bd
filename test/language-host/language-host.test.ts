import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import language from "@pulumi/pulumi/proto/language_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { callRpc } from "../../preview/embedded/grpc.ts";
import { type RunningHost, startHost } from "./client.ts";

const FIXTURES = join(import.meta.dirname, "..", "preview", "fixtures");

/** A resource monitor that takes connections and answers nothing, so that a program waits for it. */
async function silentMonitor() {
  const server: Server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** What the engine asks for to have the fixture `things` run. */
function runRequest(monitor: string): language.RunRequest {
  const directory = join(FIXTURES, "things");
  const info = new language.ProgramInfo()
    .setRootDirectory(directory)
    .setProgramDirectory(directory)
    .setEntryPoint("index.ts");
  return new language.RunRequest()
    .setProject("things")
    .setStack("dev")
    .setPwd(directory)
    .setInfo(info)
    .setMonitorAddress(monitor)
    .setDryrun(true)
    .setParallel(1);
}

function packRequest(directory: string): language.RunPluginRequest {
  const info = new language.ProgramInfo()
    .setRootDirectory(directory)
    .setProgramDirectory(directory)
    .setEntryPoint(".");
  return new language.RunPluginRequest()
    .setPwd(directory)
    .setInfo(info)
    .setKind("analyzer")
    .setArgsList(["127.0.0.1:1"])
    .setEnvList(Object.entries(process.env).map(([name, value = ""]) => `${name}=${value}`));
}

describe("The stand-in for Pulumi's language host", function () {
  this.timeout(60_000);
  let host: RunningHost;

  beforeEach(async () => (host = await startHost()));
  afterEach(() => host.end());

  const exit = () => once(host.child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;

  it("says that it is one in its version, and names no plugin in advance", async () => {
    const info = await callRpc<{ getVersion(): string }>((answer) =>
      host.client.getPluginInfo(new empty.Empty(), answer),
    );
    assert.match(info.getVersion(), /^\d+\.\d+\.\d+\+stand-in$/);
    const required = await callRpc<language.GetRequiredPackagesResponse>((answer) =>
      host.client.getRequiredPackages(new language.GetRequiredPackagesRequest(), answer),
    );
    assert.deepEqual(required.getPackagesList(), []);
  });

  it("takes the engine's address by a handshake too", async () => {
    const request = new language.LanguageHandshakeRequest().setEngineAddress("127.0.0.1:2");
    await callRpc((answer) => host.client.handshake(request, answer));
  });

  it("ends when the pipe from its engine closes", async () => {
    const ended = exit();
    host.child.stdin.end();
    assert.deepEqual(await ended, [0, null]);
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`ends on ${signal}`, async () => {
      const ended = exit();
      host.child.kill(signal);
      assert.deepEqual(await ended, [0, null]);
    });
  }

  it("says why a program failed that cannot reach its engine", async () => {
    const response = await callRpc<language.RunResponse>((answer) =>
      host.client.run(runRequest("127.0.0.1:1"), answer),
    );
    assert.ok(
      response.getBail() || /^Program exited with non-zero exit code: \d+$/.test(response.getError()),
    );
  });

  it("fails a request whose program has no SDK", async () => {
    const request = runRequest("127.0.0.1:1");
    request.getInfo()?.setProgramDirectory("/");
    await assert.rejects(
      callRpc((answer) => host.client.run(request, answer)),
      /Cannot find module '@pulumi\/pulumi\/cmd\/run'/,
    );
  });

  describe("leaves no program behind", () => {
    let server: Server;
    let gone: Promise<unknown>;
    let call: { cancel(): void };

    /** Starts a program and waits until it waits for its monitor. */
    beforeEach(async () => {
      const monitor = await silentMonitor();
      server = monitor.server;
      const connected = once(server, "connection") as Promise<[Socket]>;
      call = host.client.run(runRequest(monitor.address), () => undefined);
      const [socket] = await connected;
      // A program that is killed resets its connection or ends it.
      socket.on("error", () => undefined).resume();
      gone = once(socket, "close");
    });
    afterEach(() => server.close());

    it("when it is killed", async () => {
      host.child.kill("SIGKILL");
      await gone;
    });

    it("when its engine is gone", async () => {
      host.child.stdin.end();
      await gone;
    });

    it("when the engine gives the request up", async () => {
      call.cancel();
      await gone;
    });
  });

  it("runs a policy pack, which prints its port, until the engine gives it up", async () => {
    const call = host.client.runPlugin(packRequest(join(FIXTURES, "pack")));
    const [first] = (await once(call, "data")) as [language.RunPluginResponse];
    assert.match(Buffer.from(first.getStdout_asU8()).toString(), /^\d+\s*$/);
    const cancelled = once(call, "error") as Promise<[Error]>;
    cancelled.catch(() => undefined);
    call.cancel();
    assert.match((await cancelled)[0].message, /CANCELLED/);
  });

  it("hands on how a policy pack failed, with its exit code", async () => {
    let [stderr, exitCode] = ["", -1];
    for await (const response of host.client.runPlugin(
      packRequest(join(import.meta.dirname, "fixtures", "leaving-pack")),
    ) as AsyncIterable<language.RunPluginResponse>) {
      stderr += Buffer.from(response.getStderr_asU8()).toString();
      if (response.hasExitcode()) exitCode = response.getExitcode();
    }
    assert.match(stderr, /nothing to serve/);
    assert.equal(exitCode, 3);
  });

  it("refuses plugins that are no policy packs", async () => {
    const call = host.client.runPlugin(packRequest(join(FIXTURES, "pack")).setKind("resource"));
    await assert.rejects(once(call, "data"), /runs policy packs, and no plugin of kind resource/);
  });
});
