import type { KubernetesObject } from "./cluster-objects.ts";
import { type EnforcementMode, type Options, type Version, VERSIONS } from "../options.ts";
import { QueryError } from "../query-error.ts";

/**
 * How a cluster's Cilium is configured, by the ConfigMap that its agents read.
 *
 * Source: install/kubernetes/cilium/templates/cilium-configmap.yaml.
 */

const MODES: readonly EnforcementMode[] = ["default", "always", "never"];
/** Go's strconv.ParseBool. */
const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ...["1", "t", "T", "TRUE", "true", "True"].map((text) => [text, true] as const),
  ...["0", "f", "F", "FALSE", "false", "False"].map((text) => [text, false] as const),
]);
const LOCALHOST: ReadonlyMap<string, boolean> = new Map([
  ["auto", true],
  ["always", true],
  ["policy", false],
]);
/** The name of the ConfigMap that the agents read. */
export const CILIUM_CONFIG_MAP = "cilium-config";

/**
 * The settings that objects of a cluster hold, where the agents' ConfigMap is among them.
 *
 * @throws QueryError when a setting has no value that it may have
 */
export function readCiliumConfig(objects: readonly KubernetesObject[]): Partial<Options> {
  const config = objects.find(
    ({ kind, metadata }) => kind === "ConfigMap" && metadata?.name === CILIUM_CONFIG_MAP,
  );
  return parseCiliumConfig(config?.data ?? {});
}

/**
 * The same of settings, as that ConfigMap has them.
 *
 * @throws QueryError as `readCiliumConfig` does
 */
export function parseCiliumConfig(settings: object): Partial<Options> {
  const data = settings as Readonly<Record<string, unknown>>;
  const flag = (key: string) => known(data, key, (text) => FLAGS.get(text), "true or false");
  const mode = (text: string) => MODES.find((one) => one === text.toLowerCase());
  const found: { readonly [Key in keyof Options]?: Options[Key] | undefined } = {
    enforcement: known(data, "enable-policy", mode, MODES.join(", ")),
    auditMode: flag("policy-audit-mode"),
    l7Proxy: flag("enable-l7-proxy"),
    hostFirewall: flag("enable-host-firewall"),
    nodeSelectorLabels: flag("enable-node-selector-labels"),
    allowLocalhost: known(data, "allow-localhost", (text) => LOCALHOST.get(text), "auto, always, policy"),
    clusterName: known(data, "cluster-name", (text) => text || undefined, "a name"),
    defaultLocalCluster: flag("policy-default-local-cluster"),
    normalizePath: flag("http-normalize-path"),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

function known<Value>(
  data: Readonly<Record<string, unknown>>,
  key: string,
  read: (text: string) => Value | undefined,
  right: string,
): Value | undefined {
  const given = Object.hasOwn(data, key) ? data[key] : undefined;
  if (given === undefined || given === null) return undefined;
  const value = typeof given === "string" ? read(given) : undefined;
  if (value !== undefined) return value;
  throw new QueryError(
    `ConfigMap ${CILIUM_CONFIG_MAP}: data.${key} is ${JSON.stringify(given)}, and may be ${right}, in quotes`,
  );
}

/** The releases whose engines are modelled. One without a patch number is the last. */
const MODELLED: Readonly<Record<Version, readonly string[]>> = {
  "1.16": ["1.16.0", "1.16.19"],
  "1.20": ["1.20.2"],
};

/** The options that a release stands for, `v1.16.0` or `1.20`; undefined where its minor version is not known here. */
export function releaseOptions(release: string): Pick<Options, "version" | "firstPatch"> | undefined {
  const number = release.replace(/^v/, "");
  const version = VERSIONS.find((minor) => number === minor || number.startsWith(`${minor}.`));
  return version && { version, firstPatch: number === "1.16.0" };
}

/**
 * Says, in one sentence without a full stop, which release answers in the place of one that is not modelled itself.
 *
 * @returns undefined for a release that is modelled
 */
export function nearestRelease(release: string): string | undefined {
  const number = release.replace(/^v/, "");
  const version = releaseOptions(release)?.version;
  if (version === undefined || number === version || MODELLED[version].includes(number)) return undefined;
  const [last = ""] = MODELLED[version].slice(-1);
  return `policies are evaluated as Cilium ${last} does, the nearest release that is modelled; ${number} may differ`;
}
