import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { COMPONENTS } from "./components.ts";
import { clusterProgramsOrSkip, startCluster } from "./index.ts";
import { holders } from "./processes.ts";

describe("A test cluster leaves no process and no file", function () {
  this.timeout(120_000);
  let binDir: string;
  before(async function () {
    binDir = await clusterProgramsOrSkip(this);
  });

  async function running(directory: string): Promise<string[]> {
    const commands = (await holders(directory)).map(({ command }) => command.split(" ")[0] ?? "");
    return commands.map((command) => command.slice(command.lastIndexOf("/") + 1)).sort();
  }

  it("when it is stopped", async () => {
    const cluster = await startCluster({ binDir });
    const directory = dirname(cluster.kubeconfig);
    assert.deepEqual(await running(directory), [...COMPONENTS].sort());
    await cluster.stop();
    assert.equal(existsSync(directory), false);
    assert.deepEqual(await running(directory), []);
    await assert.rejects(cluster.client.list("/api/v1/nodes"), /Everything was stopped/);
  });

  it("when the process that runs it is killed by SIGKILL", async () => {
    const file = join(import.meta.dirname, "fixtures/cluster-keeper.ts");
    const child = spawn(process.execPath, [file, binDir], { stdio: "pipe" });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const directory = line.toString().trim();
    assert.deepEqual(await running(directory), [...COMPONENTS].sort());

    child.kill("SIGKILL");
    // The supervisor holds the child's stderr: this comes when both have ended.
    await once(child, "close");
    assert.equal(child.signalCode, "SIGKILL");
    assert.equal(existsSync(directory), false);
    assert.deepEqual(await running(directory), []);
  });
});
