import { basename } from "node:path";
import { NO_CLI, type ObserveOptions, type Seen } from "../preview-options.ts";
import type { PulumiProject } from "../project/project.ts";
import type { Mode } from "../report/preview-mode.ts";
import type { StackFile } from "../project/stack-file.ts";
import { withoutAccounts } from "../engine/ephemeral-backend.ts";
import { configurationOf } from "./configuration.ts";
import { runEmbedded } from "./index.ts";

/**
 * Looks at a stack without Pulumi's engine, in an environment without the user's accounts.
 *
 * @param told what the reader has to know beforehand
 * @throws UserError when there is something to mend before there can be a preview.
 * @throws the signal's reason when it was aborted.
 */
export async function observeEmbedded(
  options: ObserveOptions,
  project: PulumiProject,
  stackFile: StackFile,
  told: readonly string[],
): Promise<Seen> {
  const stack = basename(options.stack);
  const configuration = configurationOf(project, stack, stackFile.config());
  const seen = await runEmbedded({
    ...options,
    project,
    stack,
    configuration,
    policyPacks: options.policyPacks ?? [],
    env: withoutAccounts(options.env),
  });
  const notes = [...told, ...stackFile.seal()];
  return { seen, mode: modeOf(options), notes };
}

function modeOf({ because = NO_CLI }: ObserveOptions): Mode {
  return {
    kind: "embedded",
    because,
    comparedWith: { kind: "nothing", because: "no engine, no state" },
    notKnown: [
      "the state, so everything counts as created",
      "what providers would check in the inputs, add to them, or answer",
    ],
  };
}
