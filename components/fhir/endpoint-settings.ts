import { readFileSync } from "node:fs";
import { contentHash } from "./content-hash.ts";

/**
 * The scripts that keep IRIS's endpoint settings as the stack declares them, and its paths in the server's
 * container. scripts/endpoint-settings.sh documents what it does.
 */

const text = (file: string) => readFileSync(new URL(`scripts/${file}`, import.meta.url), "utf8");

const SCRIPTS = {
  "endpoint-settings.sh": text("endpoint-settings.sh"),
  "set-debug-mode.txt": text("set-debug-mode.txt"),
  "set-oauth-client.txt": text("set-oauth-client.txt"),
};

/** Directories in the container, each the mount point of a volume. */
export const SETTINGS_PATHS = {
  scripts: "/opt/endpoint-settings",
  access: "/etc/endpoint-settings",
  state: "/run/endpoint-settings",
};

/** The key of the access mode in its ConfigMap, and the name of its file in the container. */
export const ACCESS_KEY = "access";

/** Name of the ConfigMap that declares a server's access mode. */
export function accessConfigMap(server: string): string {
  return `${server}-access`;
}

/**
 * The ConfigMap that holds the scripts of a server. Another script has another name, so that the server
 * restarts with it.
 */
export function scriptsConfigMap(server: string) {
  return { name: `${server}-scripts-${contentHash(...Object.values(SCRIPTS))}`, data: SCRIPTS };
}

/** Command line that runs the script. */
export function settingsCommand(verb: "reset" | "start" | "ready"): string[] {
  return ["/bin/bash", `${SETTINGS_PATHS.scripts}/endpoint-settings.sh`, verb];
}

/** The OAuth 2.0 client by which an endpoint verifies tokens. */
export interface OAuthClient {
  /** Name of the client in IRIS, which the endpoint's OAuthClientName names. */
  readonly name: string;
  /** The issuer's URL, with a slash at its end: IRIS appends the path of its discovery. */
  readonly issuer: string;
}

/** The environment of the script. */
export function settingsEnvironment(basePath: string, irisNamespace: string, oauthClient?: OAuthClient) {
  return [
    { name: "FHIR_BASE_PATH", value: basePath },
    { name: "IRIS_NAMESPACE", value: irisNamespace },
    { name: "ACCESS_MODE_FILE", value: `${SETTINGS_PATHS.access}/${ACCESS_KEY}` },
    { name: "SETTINGS_STATE", value: SETTINGS_PATHS.state },
    ...(oauthClient === undefined
      ? []
      : [
          { name: "OAUTH_CLIENT_NAME", value: oauthClient.name },
          { name: "OAUTH_ISSUER", value: oauthClient.issuer },
        ]),
  ];
}
