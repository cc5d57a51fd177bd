import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Environment, nonEmpty } from "../toolchain/find-toolchain.ts";

/** What the engine requires to compare with a state; without it a preview fails halfway. */
export interface Needs {
  /** Whether the stack has resources of Google Cloud. */
  readonly google: boolean;
  /** Whether the stack's secrets are encrypted with a passphrase. */
  readonly passphrase: boolean;
}

/** The variables that the Google Cloud provider reads credentials from. */
const GOOGLE_CREDENTIALS = [
  "GOOGLE_CREDENTIALS",
  "GOOGLE_CLOUD_KEYFILE_JSON",
  "GCLOUD_KEYFILE_JSON",
  "GOOGLE_APPLICATION_CREDENTIALS",
  "GOOGLE_OAUTH_ACCESS_TOKEN",
];

/**
 * Returns the prerequisites that are missing, each in a sentence that says how to get it. No server is contacted.
 *
 * @param env the user's environment
 * @param home the user's home directory
 */
export function missingPrerequisites(
  { google, passphrase }: Needs,
  env: Environment,
  home: string,
): readonly string[] {
  const hasPassphrase =
    env.PULUMI_CONFIG_PASSPHRASE !== undefined || nonEmpty(env.PULUMI_CONFIG_PASSPHRASE_FILE) !== undefined;
  const hasGoogle =
    GOOGLE_CREDENTIALS.some((name) => nonEmpty(env[name]) !== undefined) ||
    existsSync(gcloudLogin(env, home));
  return [
    ...(passphrase && !hasPassphrase
      ? [
          "The stack's secrets are encrypted with a passphrase: set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE, or the engine cannot read its configuration.",
        ]
      : []),
    ...(google && !hasGoogle
      ? [
          "No Google Cloud credentials were found: unless this machine has a service account attached, the provider will fail. Run gcloud auth application-default login.",
        ]
      : []),
  ];
}

/** Where `gcloud auth application-default login` stores its credentials. */
function gcloudLogin(env: Environment, home: string): string {
  const windows = nonEmpty(env.APPDATA);
  const byDefault = windows === undefined ? join(home, ".config", "gcloud") : join(windows, "gcloud");
  return join(nonEmpty(env.CLOUDSDK_CONFIG) ?? byDefault, "application_default_credentials.json");
}
