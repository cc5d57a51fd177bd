import type { StackConfig } from "./stack-config.ts";
import { describeMistake, type ConfigIssue } from "./errors.ts";
import {
  clientsHaveGrants,
  grantedRecordsAreNamedElsewhere,
  grantsHaveClients,
} from "./checks/grant-warnings.ts";

/** What a stack may be, and probably is not meant to be. A warning stops nothing: what must not be, is a mistake. */

/** Looks at a stack that has no mistakes; each warning names the key it is about. */
export type WarningCheck = (config: StackConfig) => readonly ConfigIssue[];

/** Every check that warns. */
export const WARNING_CHECKS: readonly WarningCheck[] = [
  grantsHaveClients,
  clientsHaveGrants,
  grantedRecordsAreNamedElsewhere,
];

/**
 * The warnings on a stack, each in one text that begins with file and key. The program logs them, so that Pulumi shows
 * them, and `npm run preview` among the page's warnings.
 *
 * @param file the stack file as a reader would look for it: `stacks/Pulumi.tutorial.yaml`
 * @param prefix what every key of the file begins with
 * @param checks defaults to every check
 */
export function warningsOn(
  config: StackConfig,
  { file, prefix }: { readonly file: string; readonly prefix: string },
  checks: readonly WarningCheck[] = WARNING_CHECKS,
): string[] {
  return checks.flatMap((check) =>
    check(config).map((warning) => `${file}: ${describeMistake(warning, config, prefix)}`),
  );
}
