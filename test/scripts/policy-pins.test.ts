import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { configurationOf, settingsFaults, UNCONFIGURED } from "../../packages/policy-config/configuration.ts";
import { readSettings } from "../../packages/policy-config/settings.ts";
import type { Trust } from "../../packages/policy-config/trust-schema.ts";
import { guardrails } from "../../policy-pack/list.ts";
import { attestorsPinned } from "../../policy-pack/policies/trust/attestors-pinned.ts";
import { trust } from "../../policy-pack/policies/trust/pinned-trust.ts";
import { observeStack } from "../../preview/commands/preview.ts";
import { plannedResources } from "../../preview/report/planned-resources.ts";
import { validateStack } from "../../preview/validate-stack.ts";
import { configured } from "../policy-pack/judge.ts";
import { inTemporaryDirectory, loggedOut, repository } from "../preview/support.ts";
import { STACK_NAMES } from "../stack-names.ts";

const COMMAND = join(repository, "scripts/policy-pins/index.ts");
const run = (home: string, ...args: readonly string[]) =>
  promisify(execFile)(process.execPath, [COMMAND, ...args], { env: { ...loggedOut(home) } });

describe("npm run policy-pins", function () {
  this.timeout(60_000);

  for (const stack of STACK_NAMES) {
    it(`proposes for ${stack} what the pack takes, and what the whole stack keeps`, async () => {
      await inTemporaryDirectory(async (home) => {
        const { stdout } = await run(home, "--stack", stack);
        const read = readSettings(JSON.parse(stdout));
        assert.ok("settings" in read);
        assert.deepEqual(settingsFaults(guardrails, read.settings), []);
        const proposed = configurationOf(guardrails, read.settings, new Date());
        const { seen } = await observeStack({
          root: repository,
          stack,
          env: loggedOut(home),
          pulumiHome: home,
          signal: new AbortController().signal,
          validate: validateStack,
        });
        const resources = plannedResources(seen.resources);
        for (const guardrail of [trust, attestorsPinned])
          assert.deepEqual(configured(proposed, guardrail, ...resources), []);
        const none: Trust = { registries: [], projects: [], grants: [], systemNamespaces: [] };
        assert.notDeepEqual(configured({ ...UNCONFIGURED, trust: none }, trust, ...resources), []);
      });
    });
  }

  it("asks for a stack where none is named, and says what is wrong with one that does not exist", async () => {
    await inTemporaryDirectory(async (home) => {
      await assert.rejects(run(home), /Which stack\? Name it by --stack NAME\./);
      await assert.rejects(run(home, "--stack", "nothing"), /stack not found: nothing\./);
    });
  });
});
