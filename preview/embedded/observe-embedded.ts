import { basename } from "node:path";
import { NO_CLI, type ObserveOptions, type Seen } from "../preview-options.ts";
import type { PulumiProject } from "../project/project.ts";
import type { Mode } from "../report/preview-mode.ts";
import type { StackFile } from "../project/stack-file.ts";
import { withoutAccounts } from "../engine/ephemeral-backend.ts";
import { configurationOf } from "./configuration.ts";
import { runEmbedded } from "./index.ts";

/**
 * Observes a stack without Pulumi's engine, in an environment without the user's accounts.
 *
 * @param notes what the reader has to know about the stack file
 * @throws UserError if the configuration, the program or a policy pack makes a preview impossible.
 * @throws the signal's reason if it was aborted.
 */
export async function observeEmbedded(
  options: ObserveOptions,
  project: PulumiProject,
  stackFile: StackFile,
  notes: readonly string[],
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
  return { seen, mode: embeddedMode(options), notes: [...notes, ...stackFile.seal()] };
}

function embeddedMode({ because = NO_CLI }: ObserveOptions): Mode {
  return {
    kind: "embedded",
    because,
    comparedWith: { kind: "nothing", because: "embedded mode has no engine" },
    notKnown: ["the state, so every resource is to be created", "what providers validate, default or return"],
  };
}
