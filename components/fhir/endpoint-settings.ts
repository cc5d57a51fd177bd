import { readFileSync } from "node:fs";
import { contentHash } from "./content-hash.ts";

/**
 * The script that keeps IRIS's endpoint settings as the stack wishes, and where it finds what in the server's
 * container. What it does is told in scripts/endpoint-settings.sh.
 */

const text = (file: string) => readFileSync(new URL(`scripts/${file}`, import.meta.url), "utf8");

const SCRIPTS = {
  "endpoint-settings.sh": text("endpoint-settings.sh"),
  "set-debug-mode.txt": text("set-debug-mode.txt"),
};

/** Directories in the container, each the mount point of a volume. */
export const SETTINGS_PATHS = {
  scripts: "/opt/endpoint-settings",
  access: "/etc/endpoint-settings",
  state: "/run/endpoint-settings",
};

/** The key of the wish in the ConfigMap that tells it, and its file's name in the container. */
export const ACCESS_KEY = "access";

/** Name of the ConfigMap that tells the access mode wished for a server. */
export function accessConfigMap(server: string): string {
  return `${server}-access`;
}

/**
 * The ConfigMap that holds the scripts of a server. Another script has another name, so that the server
 * starts anew with it.
 */
export function scriptsConfigMap(server: string) {
  return { name: `${server}-scripts-${contentHash(...Object.values(SCRIPTS))}`, data: SCRIPTS };
}

/** Command line that runs the script. */
export function settingsCommand(verb: "reset" | "start" | "ready"): string[] {
  return ["/bin/bash", `${SETTINGS_PATHS.scripts}/endpoint-settings.sh`, verb];
}

/** What the script is told by its environment. */
export function settingsEnvironment(basePath: string, irisNamespace: string) {
  return [
    { name: "FHIR_BASE_PATH", value: basePath },
    { name: "IRIS_NAMESPACE", value: irisNamespace },
    { name: "ACCESS_WISH", value: `${SETTINGS_PATHS.access}/${ACCESS_KEY}` },
    { name: "SETTINGS_STATE", value: SETTINGS_PATHS.state },
  ];
}
