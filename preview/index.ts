import { join } from "node:path";
import { guardrails } from "../policy-pack/list.ts";
import { runPreviewCommand } from "./commands/preview-command.ts";
import { stackPlugins } from "./stack-plugins.ts";
import { validateStack } from "./validate-stack.ts";

/** `npm run preview`: previews a stack of this repository and evaluates its policy pack. */

const repository = join(import.meta.dirname, "..");

await runPreviewCommand(process.argv.slice(2), process.env, {
  repository,
  root: repository,
  policyPacks: [join(repository, "policy-pack")],
  guardrails,
  validate: validateStack,
  plugins: (values) => stackPlugins(repository, values),
});
