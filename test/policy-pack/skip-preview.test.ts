import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toolchainOrSkip } from "../toolchain.ts";
import type { Toolchain } from "../../preview/toolchain/find-toolchain.ts";
import { startEngine, type Updated } from "./engine.ts";
import { REFUSED, type RefusedStack } from "./refused-resources.ts";

const ACCEPTING = join(import.meta.dirname, "accepting-provider/pulumi-resource-accepting");
const PLUGINS = ["pulumi-resource-gcp", "pulumi-resource-kubernetes"];

describe("an update without a preview, by Pulumi's engine", function () {
  this.timeout(120_000);
  let directory: string;
  let tools: Toolchain;

  before(async function () {
    const toolchain = await toolchainOrSkip(this);
    directory = await mkdtemp(join(tmpdir(), "skip-preview-"));
    for (const name of await readdir(toolchain.binDir))
      if (!PLUGINS.includes(name)) await symlink(join(toolchain.binDir, name), join(directory, name));
    for (const name of PLUGINS) await symlink(ACCEPTING, join(directory, name));
    tools = { ...toolchain, binDir: directory };
  });
  after(() => rm(directory, { recursive: true, force: true }));

  async function updated({ resources }: RefusedStack, configuration: object | undefined): Promise<Updated> {
    const engine = await startEngine(tools, "registered.ts");
    try {
      const file = join(directory, "resources.json");
      await writeFile(file, JSON.stringify(resources));
      return await engine.update({ RESOURCES: file }, configuration);
    } finally {
      await engine.close();
    }
  }

  for (const stack of REFUSED) {
    for (const name of stack.byEngine) {
      const policies = stack.refused[name] ?? [];
      const alone = { ...stack, resources: stack.resources.filter((one) => isNeeded(one.name, name, stack)) };

      it(`does not create what is refused by ${policies.join(", ")}`, async () => {
        const { names, violations } = await updated(alone, stack.configuration);
        const found = violations.filter(({ resource }) => resource.endsWith(` ${name}`));
        assert.deepEqual([...new Set(found.map(({ policy }) => policy))].sort(), policies.toSorted());
        assert.ok(!names.includes(name), names.join(", "));
        const needed = alone.resources.find((one) => one.name === name)?.after ?? [];
        for (const other of needed.filter((one) => alone.resources.some((each) => each.name === one)))
          assert.ok(names.includes(other), `${other} in ${names.join(", ")}`);
      });
    }
  }

  it("creates all of it where every guardrail is disabled", async () => {
    for (const stack of REFUSED) {
      // No configuration lowers the level of access-evaluable, and the program ends where a resource is refused.
      const resources = stack.resources.filter(
        ({ name }) => !(stack.refused[name] ?? []).includes("access-evaluable"),
      );
      const { names } = await updated({ ...stack, resources }, { all: "disabled" });
      for (const { name } of resources) assert.ok(names.includes(name), name);
    }
  });
});

/** Whether a resource is the refused one, or none that is refused. */
function isNeeded(name: string, refused: string, stack: RefusedStack): boolean {
  return name === refused || stack.refused[name] === undefined;
}
