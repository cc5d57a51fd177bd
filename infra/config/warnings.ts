import type { StackConfig } from "./stack-config.ts";
import { describeIssue, type ConfigIssue } from "./errors.ts";
import {
  clientsHaveGrants,
  grantedRecordsAreNamedElsewhere,
  grantsHaveClients,
} from "./checks/grant-warnings.ts";

/** Values that are valid but probably not intended. A warning does not fail a preview or update; an error does. */

/** Checks a valid stack; each warning names the key that it is about. */
export type WarningCheck = (config: StackConfig) => readonly ConfigIssue[];

/** Every check that warns. */
export const WARNING_CHECKS: readonly WarningCheck[] = [
  grantsHaveClients,
  clientsHaveGrants,
  grantedRecordsAreNamedElsewhere,
];

/**
 * The warnings on a stack, one text each, which begins with file and key. The program logs them, so that Pulumi shows
 * them, and `npm run preview` among the page's warnings.
 *
 * @param file the stack file, as messages name it: `stacks/Pulumi.tutorial.yaml`
 * @param prefix the prefix of every key of the file
 * @param checks defaults to every check
 */
export function warningsOn(
  config: StackConfig,
  { file, prefix }: { readonly file: string; readonly prefix: string },
  checks: readonly WarningCheck[] = WARNING_CHECKS,
): string[] {
  return checks.flatMap((check) =>
    check(config).map((warning) => `${file}: ${describeIssue(warning, config, prefix)}`),
  );
}
