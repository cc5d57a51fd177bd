import assert from "node:assert/strict";
import { join } from "node:path";
import { repository, run } from "../preview/support.ts";
import { stack } from "./stacks.ts";

/** Runs the whole program of the stack `tutorial` against Pulumi's mocks, as a preview or as an update. */
function runProgram(preview: boolean) {
  const config = Object.fromEntries(
    Object.entries(stack("tutorial")).map(([key, value]) => [
      `attested-fhir:${key}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
  const script = `
    const { runtime } = await import("@pulumi/pulumi");
    runtime.setMocks(
      { newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: ({ inputs }) => inputs },
      "attested-fhir", "tutorial", ${preview});
    runtime.setAllConfig(${JSON.stringify(config)});
    try {
      await import(${JSON.stringify(join(repository, "infra", "index.ts"))});
      console.log("declared");
    } catch (error) {
      console.log(error.constructor.name + ": " + error.message);
    }
    process.exit(0);`;
  return run(["--input-type=module", "-e", script], process.env);
}

describe("The program", function () {
  this.timeout(60_000);

  it("refuses an update of a stack with placeholders before it declares anything", async () => {
    const { stdout } = await runProgram(false);
    assert.match(
      stdout,
      /^RunError: stacks\/Pulumi\.tutorial\.yaml: 19 placeholders, which pulumi up refuses$/m,
    );
    assert.match(
      stdout,
      /^  attested-fhir:projects\.kms\.id = "kms-proj-id": put in a project of your own$/m,
    );
  });

  it("does not reject a preview of it", async () => {
    const { stdout } = await runProgram(true);
    assert.match(stdout, /^declared$/m);
  });
});
