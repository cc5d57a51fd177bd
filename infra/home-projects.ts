import type { StackConfig } from "./config/stack-config.ts";
import { signerAccount } from "./providers.ts";
import type { Role } from "./config/schema/projects.ts";

/** The roles that a service account acts for, by its home project. */
export interface Calls {
  /** The project that the account lives in, which its calls count for. */
  readonly home: string;
  /** The roles in whose projects it acts. */
  readonly roles: readonly Role[];
}

/**
 * The service accounts of a stack by their home projects. Google counts a call of an API such as Cloud KMS for the
 * project that the caller lives in, and refuses it with 403 SERVICE_DISABLED where the API is not enabled there.
 *
 * Source: Google Cloud documentation, "About the quota project" (client-based APIs); Cloud KMS, "Quotas" (calling
 * project).
 */
export function callsOf(config: StackConfig): Calls[] {
  const roles = Object.entries(config.projects) as [Role, StackConfig["projects"][Role]][];
  const acting = roles.flatMap(([role, project]): Calls[] =>
    project?.serviceAccount === undefined ? [] : [{ home: homeOf(project.serviceAccount), roles: [role] }],
  );
  const signer = config.layers.includes("signing") ? signerAccount(config) : undefined;
  if (signer === undefined) return acting;
  // It signs with the key, and writes attestations.
  const signs = (["kms", "attestation"] as const).filter((role) => config.projects[role] !== undefined);
  return [...acting, { home: homeOf(signer), roles: signs }];
}

/** The project of a service account: `ACCOUNT@PROJECT.iam.gserviceaccount.com`. */
function homeOf(account: string): string {
  return account.replace(/^.*@/, "").replace(/\.iam\.gserviceaccount\.com$/, "");
}
