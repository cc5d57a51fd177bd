import assert from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { fixture, inTemporaryDirectory, loggedOut, repository, run, write } from "../support.ts";

describe("npm run preview without a Pulumi CLI", function () {
  this.timeout(60_000);

  /** Runs the command in a checkout that has no tools beside it, with nothing but Node to be found. */
  function command(...args: string[]) {
    return commandWith({}, ...args);
  }

  /** The same with some variables more. */
  function commandWith(more: Readonly<Record<string, string>>, ...args: string[]) {
    return inTemporaryDirectory(async (dir) => {
      const checkout = join(dir, "checkout");
      await write(join(checkout, "package.json"), '{ "type": "module" }');
      await symlink(join(repository, "node_modules"), join(checkout, "node_modules"));
      await write(
        join(checkout, "command.ts"),
        `import { runPreviewCommand } from ${JSON.stringify(join(repository, "preview/commands/preview-command.ts"))};
         await runPreviewCommand(process.argv.slice(2), process.env, {
           repository: import.meta.dirname,
           root: ${JSON.stringify(fixture("things"))},
           policyPacks: [${JSON.stringify(fixture("pack"))}],
           guardrails: [],
         });`,
      );
      const env = {
        ...loggedOut(join(dir, "home")),
        PULUMI_TOOLCHAIN: undefined,
        XDG_CACHE_HOME: dir,
        PATH: "",
        ...more,
      };
      return run([join(checkout, "command.ts"), ...args], env);
    });
  }

  it("previews in embedded mode, by itself, with the same exit codes", async () => {
    const clean = await command("--stack", "dev");
    assert.deepEqual([clean.code, clean.stderr], [0, ""]);
    assert.match(
      clean.stdout,
      /^Preview of dev in embedded mode \(no Pulumi CLI was found\), which cannot know: the state, so every resource is to be created; what providers validate/m,
    );
    assert.equal((await command("--stack", "dev", "--config", "things.grows.size=20")).code, 1);
    assert.equal((await command("--stack", "dev", "--config", "fault=throws")).code, 2);
  });

  it("asks no proxy the way to its own processes", async () => {
    const proxies = ["http_proxy", "https_proxy", "grpc_proxy"].map(
      (name) => [name, "http://127.0.0.1:9"] as const,
    );
    const { code, stderr } = await commandWith(Object.fromEntries(proxies), "--stack", "dev");
    assert.deepEqual([code, stderr], [0, ""]);
  });

  it("previews another program against our guardrails, which may come without stack files", async () => {
    const { code, stdout, stderr } = await command(
      "--program",
      join(repository, "bench/floor"),
      "--config",
      "gcp:project=somewhere",
    );
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /^Project floor-project: 2 to create$/m);
  });
});
