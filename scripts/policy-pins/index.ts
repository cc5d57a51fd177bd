import { join } from "node:path";
import { parseArgs } from "node:util";
import { proposedPins } from "../../policy-pack/policies/trust/proposed-pins.ts";
import { observeStack } from "../../preview/commands/preview.ts";
import { plannedResources } from "../../preview/report/planned-resources.ts";
import { toolchainSearch } from "../../preview/toolchain/find-toolchain.ts";
import { thrownMessage } from "../../preview/user-error.ts";
import { validateStack } from "../../preview/validate-stack.ts";

/**
 * `npm run -s policy-pins -- --stack NAME`: writes to its output what could be pinned for a stack, as the configuration of
 * the policy pack. It previews the stack in embedded mode. Exit code 2 where the stack cannot be previewed.
 */

const repository = join(import.meta.dirname, "..", "..");

try {
  const { values } = parseArgs({ options: { stack: { type: "string", short: "s" } } });
  if (values.stack === undefined) throw new Error("Which stack? Name it by --stack NAME.");
  const { seen } = await observeStack({
    root: repository,
    stack: values.stack,
    env: process.env,
    pulumiHome: toolchainSearch(process.env, repository).pulumiHome,
    signal: new AbortController().signal,
    validate: validateStack,
    because: "--embedded",
  });
  const configuration = { trust: proposedPins(plannedResources(seen.resources)) };
  process.stdout.write(`${JSON.stringify(configuration, undefined, 2)}\n`);
} catch (error) {
  process.stderr.write(`${thrownMessage(error)}\n`);
  process.exitCode = 2;
}
