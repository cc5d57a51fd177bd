import assert from "node:assert/strict";
import { join } from "node:path";
import { guardrails } from "../../../policy-pack/list.ts";
import { previewStack } from "../../../preview/commands/preview.ts";
import { render } from "../../../preview/report/render-terminal.ts";
import { fixture, inTemporaryDirectory, loggedOut, repository } from "../support.ts";

describe("A preview in embedded mode of keys that objects of JavaScript have by their prototype", function () {
  this.timeout(60_000);

  it("lists the resources and evaluates every guardrail", async () => {
    const report = await inTemporaryDirectory((home) =>
      previewStack({
        root: fixture("hostile-keys"),
        stack: "dev",
        env: loggedOut(home),
        pulumiHome: home,
        signal: new AbortController().signal,
        policyPacks: [join(repository, "policy-pack")],
        guardrails,
        because: "--embedded",
        allowMissingFile: true,
      }),
    );
    const page = render(report, (_, text) => text);
    for (const name of ["cilium-config", "settings", "policy"]) assert.ok(page.includes(name), name);
    assert.doesNotMatch(JSON.stringify(report), /TypeError|is not a function/);
  });
});
