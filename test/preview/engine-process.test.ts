import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type EngineRun, runEngine } from "../../preview/engine/run-engine.ts";
import { UserError } from "../../preview/user-error.ts";
import { inTemporaryDirectory, write } from "./support.ts";

/** Waits until a process that was killed is gone, or only its parent's to bury. */
async function isGone(id: string): Promise<void> {
  while (/^\d+ \(.*\) [^ZX]/s.test(await readFile(`/proc/${id}/stat`, "latin1").catch(() => "")))
    await setTimeout(5);
}

/** Runs an engine that does what the script says, and makes sure that no process is left in the end. */
async function runScript(script: string, more: Partial<EngineRun> = {}) {
  return inTemporaryDirectory(async (dir) => {
    const cli = join(dir, "pulumi");
    await write(cli, `#!/bin/sh\necho $$ >> "$IDS"\n${script}\n`, 0o755);
    const said: string[] = [];
    const run = {
      cli,
      root: "/the/project",
      stack: "acme/dev",
      configFile: "/the/copy.yaml",
      policyPacks: [],
      refresh: false,
      env: { ...process.env, IDS: join(dir, "ids") },
      signal: new AbortController().signal,
      onLog: (text: string) => said.push(text),
    };
    try {
      return { seen: await runEngine({ ...run, ...more }), said };
    } finally {
      const ids = (await readFile(join(dir, "ids"), "utf8")).trim().split("\n");
      await Promise.all(ids.map(isGone));
    }
  });
}

describe("The engine's process", () => {
  it("is told everything by its arguments, and that its events are wanted as they come", async () => {
    const loaded = JSON.stringify({ summaryEvent: { PolicyPacks: { one: "1", two: "1" } } });
    const script = `echo "$PULUMI_ENABLE_STREAMING_JSON_PREVIEW $@"; echo '${loaded}'`;
    const { said } = await runScript(script, { policyPacks: ["/one", "/two"], refresh: true });
    assert.equal(
      said[0],
      "true preview --json --non-interactive --stack acme/dev --config-file /the/copy.yaml --cwd /the/project " +
        "--skip-plugin-pre-install --refresh --policy-pack /one --policy-pack /two\n",
    );
  });

  it("is ended when it says what nobody understands", async () => {
    await assert.rejects(runScript(`echo '{"sequence":'; exec sleep 600`), {
      name: "UserError",
      message: /^The engine wrote an invalid event/,
    });
  });

  it("is ended when it is no longer wanted, by force where it does not listen", async () => {
    const stopped = new UserError("stop");
    for (const script of ["exec sleep 600", "trap '' INT; echo ready; while :; do sleep 0.05; done"]) {
      const interruption = new AbortController();
      const onLog = () => {
        interruption.abort(stopped);
      };
      const talking = `echo listening\n${script}`;
      await assert.rejects(
        runScript(talking, { signal: interruption.signal, onLog, shutdownTimeout: 100 }),
        stopped,
      );
    }
  });

  it("takes with it what it has started and forgotten", async () => {
    const forgotten = `(trap '' HUP INT TERM; exec sleep 600) > /dev/null 2>&1 & echo $! >> "$IDS"`;
    await assert.rejects(runScript(`${forgotten}\necho 'error: no' >&2; exit 1`), new UserError("no"));
  });

  it("does not keep anybody waiting when it has ended by itself", async () => {
    const start = performance.now();
    await assert.rejects(runScript("echo 'error: no' >&2; exit 1"), new UserError("no"));
    assert.ok(performance.now() - start < 4000);
  });
});
