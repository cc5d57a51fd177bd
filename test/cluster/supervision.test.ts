import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { holders } from "./processes.ts";
import { Supervision } from "./supervision.ts";
import { skipWithout } from "../toolchain/skip.ts";

const CONNECT = "require('node:net').connect(process.argv[1]).resume()";

/** The end of a kept process is seen by the end of its connection to this server. */
class Witness {
  readonly socket: string;
  private readonly dir = mkdtempSync(join(tmpdir(), "attested-fhir-witness-"));
  private readonly server: Server;
  private readonly connections: Socket[] = [];

  constructor() {
    this.socket = join(this.dir, "socket");
    this.server = createServer((connection) => this.connections.push(connection));
    this.server.listen(this.socket);
  }

  async untilConnected(count: number): Promise<void> {
    while (this.connections.length < count) await once(this.server, "connection");
  }

  async untilAllEnded(): Promise<void> {
    await Promise.all(
      this.connections.map(async (connection) => {
        connection.resume();
        if (!connection.closed) await once(connection, "close");
      }),
    );
  }

  close(): void {
    for (const connection of this.connections) connection.destroy();
    this.server.close();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

describe("What is kept by a supervisor", function () {
  this.timeout(20_000);
  let witness: Witness;
  before(function () {
    // Whether a process is gone is looked up in /proc.
    if (process.platform !== "linux") skipWithout(this, "Linux");
  });
  beforeEach(() => {
    witness = new Witness();
  });
  afterEach(() => {
    witness.close();
  });

  const connecting = () => [process.execPath, "-e", CONNECT, witness.socket];

  async function keeping(count: number): Promise<Supervision> {
    const supervision = await Supervision.begin();
    for (let number = 1; number <= count; number++) await supervision.start(`kept-${number}`, connecting());
    await witness.untilConnected(count);
    return supervision;
  }

  describe("goes when the process that asked for it", () => {
    async function keeper(way: string): Promise<{ child: ChildProcess; directory: string }> {
      const file = join(import.meta.dirname, "fixtures/keeper.ts");
      const child = spawn(process.execPath, [file, witness.socket, way], { stdio: "pipe" });
      const [line] = (await once(child.stdout, "data")) as [Buffer];
      await witness.untilConnected(2);
      return { child, directory: line.toString().trim() };
    }

    async function provesGone(child: ChildProcess, directory: string): Promise<void> {
      // The supervisor holds the child's stderr: this comes when both have ended.
      await once(child, "close");
      await witness.untilAllEnded();
      assert.equal(existsSync(directory), false);
      assert.deepEqual(await holders(directory), []);
    }

    it("ends without stopping it", async () => {
      const { child, directory } = await keeper("end");
      assert.notDeepEqual(await holders(directory), []);
      child.stdin?.write("now\n");
      await provesGone(child, directory);
      assert.equal(child.exitCode, 0);
    });

    it("throws", async () => {
      const { child, directory } = await keeper("throw");
      child.stdin?.write("now\n");
      await provesGone(child, directory);
      assert.equal(child.exitCode, 1);
    });

    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"] as const) {
      it(`gets ${signal}`, async () => {
        const { child, directory } = await keeper("wait");
        child.kill(signal);
        await provesGone(child, directory);
        assert.equal(child.signalCode, signal);
      });
    }
  });

  it("goes when it is stopped, and stopping twice is fine", async () => {
    const supervision = await keeping(2);
    assert.equal((await holders(supervision.directory)).length, 2);
    await Promise.all([supervision.stop(), supervision.stop()]);
    await supervision.stop();
    assert.equal(existsSync(supervision.directory), false);
    assert.deepEqual(await holders(supervision.directory), []);
    await assert.rejects(supervision.start("late", connecting()), /Everything was stopped/);
  });

  it("goes when the supervisor itself is killed", async () => {
    const supervision = await keeping(2);
    const ended = once(supervision.ended, "abort");
    process.kill(supervision.pid, "SIGKILL");
    await ended;
    await witness.untilAllEnded();
    assert.match(String(supervision.ended.reason), /The supervisor has ended/);
    assert.equal(existsSync(supervision.directory), false);
    await supervision.stop();
  });

  it("ends alone when it is killed by name, and starts again under that name", async () => {
    const supervision = await keeping(1);
    await supervision.kill("kept-1");
    await witness.untilAllEnded();
    await supervision.kill("kept-1");
    await supervision.start("kept-1", connecting());
    await witness.untilConnected(2);
    assert.equal(supervision.ended.aborted, false);
    await supervision.stop();
  });

  const unexpected: readonly (readonly [string, string, RegExp])[] = [
    ["an exit code", "console.error('what went wrong'); process.exit(7)", /exit code 7.*what went wrong/s],
    ["a signal", "process.kill(process.pid, 'SIGKILL')", /SIGKILL/],
  ];
  for (const [how, script, says] of unexpected) {
    it(`is reported with its last lines when it ends by itself with ${how}`, async () => {
      const supervision = await Supervision.begin();
      const ended = once(supervision.ended, "abort");
      await supervision.start("fragile", [process.execPath, "-e", script]);
      await ended;
      assert.match(String(supervision.ended.reason), /fragile has ended/);
      assert.match(String(supervision.ended.reason), says);
      await supervision.stop();
    });
  }

  it("is reported when its program does not exist", async () => {
    const supervision = await Supervision.begin();
    const ended = once(supervision.ended, "abort");
    await supervision.start("missing", [join(supervision.directory, "missing")]);
    await ended;
    assert.match(String(supervision.ended.reason), /missing has ended/);
    await supervision.stop();
  });

  it("knows nothing of the caller's environment but PATH", async () => {
    process.env.ETCD_NAME = "another";
    try {
      const supervision = await Supervision.begin();
      const ended = once(supervision.ended, "abort");
      const script = "console.log(Object.keys(process.env).sort().join()); process.exit(3)";
      await supervision.start("printer", [process.execPath, "-e", script]);
      await ended;
      assert.match(String(supervision.ended.reason), /\nHOME,PATH,TMPDIR$/);
      await supervision.stop();
    } finally {
      delete process.env.ETCD_NAME;
    }
  });
});
