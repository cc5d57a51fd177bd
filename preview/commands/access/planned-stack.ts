import { join } from "node:path";
import { type Environment, findToolchain, toolchainSearch } from "../../toolchain/find-toolchain.ts";
import { plannedResources } from "../../report/planned-resources.ts";
import { observeStack } from "../preview.ts";
import { stackPlugins } from "../../stack-plugins.ts";
import { validateStack } from "../../validate-stack.ts";
import type { Resource } from "@attested-fhir/stack-model";

const REPOSITORY = join(import.meta.dirname, "..", "..", "..");

/** A stack of this repository. */
export interface PlannedStack {
  readonly stack: string;
  /** A step of the story. */
  readonly step?: string | undefined;
}

/**
 * Returns the resources that a stack would have after an update, from a preview without policy packs.
 *
 * @throws UserError if the stack or the step does not exist or is invalid, or if a tool fails
 */
export async function plannedStack(
  { stack, step }: PlannedStack,
  env: Environment,
): Promise<readonly Resource[]> {
  const search = toolchainSearch(env, REPOSITORY);
  const toolchain = await findToolchain(search);
  const { pulumiHome } = search;
  const { seen } = await observeStack({
    root: REPOSITORY,
    stack,
    ...(step !== undefined && { step }),
    ...(toolchain !== undefined && { toolchain }),
    env,
    pulumiHome,
    validate: validateStack,
    plugins: (values) => stackPlugins(REPOSITORY, values),
    signal: new AbortController().signal,
  });
  return plannedResources(seen.resources);
}
