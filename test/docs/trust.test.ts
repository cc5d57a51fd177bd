import assert from "node:assert/strict";
import { settingsFaults } from "../../packages/policy-config/configuration.ts";
import { readSettings } from "../../packages/policy-config/settings.ts";
import { guardrails } from "../../policy-pack/list.ts";
import { codeBlocks, read } from "./documents.ts";

describe("docs/trust.md", () => {
  it("shows configurations of the policy pack that the pack takes", () => {
    const blocks = codeBlocks(read("docs/trust.md"), "json");
    assert.ok(blocks.length >= 3, "the blocks were not found");
    for (const block of blocks) {
      const found = readSettings(JSON.parse(block));
      assert.ok("settings" in found, block);
      assert.deepEqual(settingsFaults(guardrails, found.settings), [], block);
    }
  });
});
