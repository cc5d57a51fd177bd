import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Environment, isGiven } from "../toolchain/find-toolchain.ts";

/** What the engine needs to compare with a state, and would fail without in the middle of a preview. */
export interface Needs {
  /** Whether the stack has resources of Google Cloud. */
  readonly google: boolean;
  /** Whether the stack's secrets are encrypted with a passphrase. */
  readonly passphrase: boolean;
}

/** What the Google Cloud provider takes credentials from. */
const GOOGLE_CREDENTIALS = [
  "GOOGLE_CREDENTIALS",
  "GOOGLE_CLOUD_KEYFILE_JSON",
  "GCLOUD_KEYFILE_JSON",
  "GOOGLE_APPLICATION_CREDENTIALS",
  "GOOGLE_OAUTH_ACCESS_TOKEN",
];

/**
 * Which prerequisites are missing as far as can be told without asking any server, each in a sentence that says how to
 * get it.
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
    env.PULUMI_CONFIG_PASSPHRASE !== undefined || isGiven(env.PULUMI_CONFIG_PASSPHRASE_FILE) !== undefined;
  const hasGoogle =
    GOOGLE_CREDENTIALS.some((name) => isGiven(env[name]) !== undefined) || existsSync(gcloudLogin(env, home));
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

/** Where `gcloud auth application-default login` leaves its credentials. */
function gcloudLogin(env: Environment, home: string): string {
  const windows = isGiven(env.APPDATA);
  const byDefault = windows === undefined ? join(home, ".config", "gcloud") : join(windows, "gcloud");
  return join(isGiven(env.CLOUDSDK_CONFIG) ?? byDefault, "application_default_credentials.json");
}
