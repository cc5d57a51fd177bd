import {
  nearestRelease,
  type Options,
  releaseOptions,
  settingsBeyond,
  settingsIn,
  settingsOf,
} from "@attested-fhir/cilium-access";
import { declared } from "./declaration.ts";
import { faultOf } from "./fault.ts";
import type { Resource } from "./resource.ts";
import type { SeenObject } from "./kubernetes-objects.ts";
import { HELM_RELEASE } from "./token.ts";
import { at, isProperties, items, said, UNKNOWN, type Value } from "./value.ts";

/** How a cluster's Cilium is set, as far as the stack says so. */
export interface CiliumSettings {
  readonly options: Partial<Options>;
  /** What is not known of it, or is known and not modelled. */
  readonly doubts: readonly Doubt[];
}

/** Why a cluster cannot be evaluated. */
export interface Doubt {
  readonly resource: Resource;
  /** In one sentence, without a full stop. */
  readonly why: string;
}

/**
 * Reads them from the stack's Helm release, and from the agents' ConfigMap where the stack has it; what neither says is
 * as Cilium's chart has it. Envoy's limit is what the stack declares, and so is the version without a release.
 *
 * @param objects those of the cluster
 */
export function ciliumSettings(
  provider: string,
  objects: readonly SeenObject[],
  resources: readonly Resource[],
): CiliumSettings {
  const resource = resources.find(
    (one) => one.type === HELM_RELEASE && (one.provider ?? "") === provider && installsCilium(one),
  );
  const parts = [
    ...(resource === undefined ? [] : [versionIn(resource), valuesIn(resource), extrasIn(resource)]),
    ...objects.filter(({ object: { kind } }) => kind === "ConfigMap").map(configured),
  ];
  const found = declared(resources, "re2ProgramLimit");
  return {
    options: Object.assign(
      {},
      declaredVersion(resources),
      ...parts.map(({ options }) => options),
      "sections" in found ? found.sections : {},
    ) as Partial<Options>,
    doubts: parts.flatMap(({ doubts }) => doubts),
  };
}

/** The version of a Cilium that the stack does not install, as the stack names it. */
function declaredVersion(resources: readonly Resource[]): Partial<Options> {
  const found = declared(resources, "ciliumVersion");
  return "sections" in found ? (releaseOptions(found.sections.ciliumVersion) ?? {}) : {};
}

function installsCilium({ props }: Resource): boolean {
  const chart = at(props, "chart");
  return typeof chart === "string" && /(?:^|\/)cilium(?:-[^/]+\.tgz)?$/.test(chart);
}

function versionIn(resource: Resource): CiliumSettings {
  const release = at(resource.props, "version");
  if (typeof release !== "string") return { options: {}, doubts: [] };
  const options = releaseOptions(release);
  if (options !== undefined) {
    // The patch releases of 1.16 are known to differ.
    const why = options.version === "1.16" ? nearestRelease(release) : undefined;
    return { options, doubts: why === undefined ? [] : [{ resource, why }] };
  }
  return {
    options: {},
    doubts: [{ resource, why: `how Cilium ${release} reads policies is not known here` }],
  };
}

const FLAG = (value: Value) => typeof value === "boolean";
const MODE = (value: Value) => value === "default" || value === "always" || value === "never";
const NAME = (value: Value) => typeof value === "string" && value !== "";
/** Values of Cilium's chart that decide about requests, and what they may be. */
const VALUES: readonly (readonly [keyof Options, readonly string[], (value: Value) => boolean])[] = [
  ["enforcement", ["policyEnforcementMode"], MODE],
  ["auditMode", ["policyAuditMode"], FLAG],
  ["l7Proxy", ["l7Proxy"], FLAG],
  ["hostFirewall", ["hostFirewall", "enabled"], FLAG],
  ["nodeSelectorLabels", ["nodeSelectorLabels"], FLAG],
  ["clusterName", ["cluster", "name"], NAME],
  ["defaultLocalCluster", ["clustermesh", "policyDefaultLocalCluster"], FLAG],
];

function valuesIn(resource: Resource): CiliumSettings {
  const options: [string, Value][] = [];
  const doubts: Doubt[] = [];
  for (const [option, path, holds] of VALUES) {
    const value = at(resource.props, "values", ...path);
    if (value === undefined) continue;
    if (holds(value)) options.push([option, value]);
    else doubts.push({ resource, why: `values.${path.join(".")} is ${said(value)}` });
  }
  return { options: Object.fromEntries(options), doubts };
}

const isAbsent = (value: Value) => value === undefined || value === "" || items(value).length === 0;
/** Values that change what passes and are not modelled, unless they are as here. */
const BEYOND: readonly (readonly [readonly string[], (value: Value) => boolean])[] = [
  [["valueYamlFiles"], isAbsent],
  [["values", "extraArgs"], isAbsent],
  [["values", "labels"], isAbsent],
  [["values", "policyCIDRMatchMode"], isAbsent],
  [["values", "ipv6", "enabled"], (value) => value === undefined || value === false],
  [["values", "k8sNetworkPolicy", "enabled"], (value) => value === undefined || value === true],
  [["values", "k8sClusterNetworkPolicy", "enabled"], (value) => value === undefined || value === false],
];

interface Named {
  readonly path: readonly string[];
  readonly value: Value;
}

/** What is set past the values that mean something: the agents' settings, arguments and environment as they are. */
function extrasIn(resource: Resource): CiliumSettings {
  const { props } = resource;
  const extra = at(props, "values", "extraConfig");
  const settings = isProperties(extra) ? read(resource, extra) : { options: {}, doubts: [] };
  const beyond: readonly Named[] = BEYOND.flatMap(([path, holds]) => {
    const value = at(props, ...path);
    return holds(value) ? [] : [{ path, value }];
  });
  const unread: readonly Named[] =
    extra === undefined || isProperties(extra) ? [] : [{ path: ["values", "extraConfig"], value: extra }];
  const variables = items(at(props, "values", "extraEnv")).filter(isOfAgent);
  return {
    options: settings.options,
    doubts: [
      ...settings.doubts,
      ...[...beyond, ...unread].map(({ path, value }) => ({
        resource,
        why: `${path.join(".")} is ${said(value)}, and what it changes is not modelled`,
      })),
      ...variables.map((one) => ({
        resource,
        why: `values.extraEnv has ${said(at(one, "name"))}, by which the agents may be set otherwise`,
      })),
    ],
  };
}

/** Agents take settings from variables, too: `CILIUM_POLICY_AUDIT_MODE`. */
function isOfAgent(variable: Value): boolean {
  const name = at(variable, "name");
  return typeof name !== "string" || name.startsWith("CILIUM_");
}

function configured({ resource, object }: SeenObject): CiliumSettings {
  let options: Partial<Options> = {};
  const fault = faultOf(() => (options = settingsIn([object])));
  return { options, doubts: fault === undefined ? [] : [{ resource, why: fault }] };
}

/** Settings as the agents' ConfigMap has them. What is not known of them may be any. */
function read(resource: Resource, settings: Value): CiliumSettings {
  const entries = isProperties(settings) ? Object.entries(settings) : [];
  const unknown = entries.filter(([, value]) => value === UNKNOWN).map(([key]) => key);
  // The chart writes them into the ConfigMap as they are.
  const data = Object.fromEntries(
    entries.flatMap(([key, value]) => (value === UNKNOWN || value === null ? [] : [[key, asText(value)]])),
  );
  let options: Partial<Options> = {};
  const fault = faultOf(() => (options = settingsOf(data)));
  const why = [
    ...(fault === undefined ? [] : [fault]),
    ...settingsBeyond(data),
    ...unknown.map((key) => `values.extraConfig.${key} is ${said(UNKNOWN)}`),
  ];
  return { options, doubts: why.map((one) => ({ resource, why: one })) };
}

function asText(value: Value): unknown {
  return typeof value === "boolean" || typeof value === "number" ? String(value) : value;
}
