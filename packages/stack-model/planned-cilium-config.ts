import {
  nearestRelease,
  type Options,
  releaseOptions,
  unsupportedInConfig,
  readCiliumConfig,
  parseCiliumConfig,
} from "@attested-fhir/cilium-access";
import { readDeclaration } from "./declaration.ts";
import { errorMessage } from "./error-message.ts";
import type { Resource } from "./resource.ts";
import type { PlannedObject } from "./kubernetes-objects.ts";
import { HELM_RELEASE } from "./type-tokens.ts";
import {
  propertyAt,
  isProperties,
  listItems,
  formatValue,
  UNKNOWN,
  type PropertyValue,
} from "./property-value.ts";

/** How a cluster's Cilium is set, as far as the stack says so. */
export interface PlannedCiliumConfig {
  readonly options: Partial<Options>;
  /** What is not known of it, or is known and not modelled. */
  readonly blockers: readonly EvaluationBlocker[];
}

/** Why a cluster cannot be evaluated. */
export interface EvaluationBlocker {
  readonly resource: Resource;
  /** In one sentence, without a full stop. */
  readonly why: string;
  /** Whether the update itself makes it known. */
  readonly unknown?: boolean;
}

/**
 * Reads them from the stack's Helm release, and from the agents' ConfigMap where the stack has it; what neither says is
 * as Cilium's chart has it. Envoy's limit is what the stack declares, and so is the version without a release.
 *
 * @param objects those of the cluster
 */
export function plannedCiliumConfig(
  provider: string,
  objects: readonly PlannedObject[],
  resources: readonly Resource[],
): PlannedCiliumConfig {
  const resource = resources.find(
    (one) => one.type === HELM_RELEASE && (one.provider ?? "") === provider && installsCilium(one),
  );
  const parts = [
    ...(resource === undefined ? [] : [versionIn(resource), valuesIn(resource), extrasIn(resource)]),
    ...objects.filter(({ object: { kind } }) => kind === "ConfigMap").map(configured),
  ];
  const found = readDeclaration(resources, "re2ProgramLimit");
  return {
    options: Object.assign(
      {},
      declaredVersion(resources),
      ...parts.map(({ options }) => options),
      "sections" in found ? found.sections : {},
    ) as Partial<Options>,
    blockers: parts.flatMap(({ blockers }) => blockers),
  };
}

/** The version of a Cilium that the stack does not install, as the stack names it. */
function declaredVersion(resources: readonly Resource[]): Partial<Options> {
  const found = readDeclaration(resources, "ciliumVersion");
  return "sections" in found ? (releaseOptions(found.sections.ciliumVersion) ?? {}) : {};
}

function installsCilium({ props }: Resource): boolean {
  const chart = propertyAt(props, "chart");
  return typeof chart === "string" && /(?:^|\/)cilium(?:-[^/]+\.tgz)?$/.test(chart);
}

function versionIn(resource: Resource): PlannedCiliumConfig {
  const release = propertyAt(resource.props, "version");
  if (typeof release !== "string") return { options: {}, blockers: [] };
  const options = releaseOptions(release);
  if (options !== undefined) {
    // The patch releases of 1.16 are known to differ.
    const why = options.version === "1.16" ? nearestRelease(release) : undefined;
    return { options, blockers: why === undefined ? [] : [{ resource, why }] };
  }
  return {
    options: {},
    blockers: [{ resource, why: `how Cilium ${release} reads policies is not known here` }],
  };
}

const FLAG = (value: PropertyValue) => typeof value === "boolean";
const MODE = (value: PropertyValue) => value === "default" || value === "always" || value === "never";
const NAME = (value: PropertyValue) => typeof value === "string" && value !== "";
/** Values of Cilium's chart that decide about requests, and what they may be. */
const VALUES: readonly (readonly [keyof Options, readonly string[], (value: PropertyValue) => boolean])[] = [
  ["enforcement", ["policyEnforcementMode"], MODE],
  ["auditMode", ["policyAuditMode"], FLAG],
  ["l7Proxy", ["l7Proxy"], FLAG],
  ["hostFirewall", ["hostFirewall", "enabled"], FLAG],
  ["nodeSelectorLabels", ["nodeSelectorLabels"], FLAG],
  ["clusterName", ["cluster", "name"], NAME],
  ["defaultLocalCluster", ["clustermesh", "policyDefaultLocalCluster"], FLAG],
];

function valuesIn(resource: Resource): PlannedCiliumConfig {
  const options: [string, PropertyValue][] = [];
  const blockers: EvaluationBlocker[] = [];
  for (const [option, path, holds] of VALUES) {
    const value = propertyAt(resource.props, "values", ...path);
    if (value === undefined) continue;
    if (holds(value)) options.push([option, value]);
    else
      blockers.push({
        resource,
        why: `values.${path.join(".")} is ${formatValue(value)}`,
        unknown: value === UNKNOWN,
      });
  }
  return { options: Object.fromEntries(options), blockers };
}

const isAbsent = (value: PropertyValue) =>
  value === undefined || value === "" || listItems(value).length === 0;
/** Values that change what passes and are not modelled, unless they are as here. */
const BEYOND: readonly (readonly [readonly string[], (value: PropertyValue) => boolean])[] = [
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
  readonly value: PropertyValue;
}

/** What is set past the values that mean something: the agents' settings, arguments and environment as they are. */
function extrasIn(resource: Resource): PlannedCiliumConfig {
  const { props } = resource;
  const extra = propertyAt(props, "values", "extraConfig");
  const settings = isProperties(extra) ? read(resource, extra) : { options: {}, blockers: [] };
  const beyond: readonly Named[] = BEYOND.flatMap(([path, holds]) => {
    const value = propertyAt(props, ...path);
    return holds(value) ? [] : [{ path, value }];
  });
  const unread: readonly Named[] =
    extra === undefined || isProperties(extra) ? [] : [{ path: ["values", "extraConfig"], value: extra }];
  const variables = listItems(propertyAt(props, "values", "extraEnv")).filter(isOfAgent);
  return {
    options: settings.options,
    blockers: [
      ...settings.blockers,
      ...[...beyond, ...unread].map(({ path, value }) => ({
        resource,
        why: `${path.join(".")} is ${formatValue(value)}, and what it changes is not modelled`,
        unknown: value === UNKNOWN,
      })),
      ...variables.map((one) => ({
        resource,
        why: `values.extraEnv has ${formatValue(propertyAt(one, "name"))}, by which the agents may be set otherwise`,
        unknown: propertyAt(one, "name") === UNKNOWN,
      })),
    ],
  };
}

/** Agents take settings from variables, too: `CILIUM_POLICY_AUDIT_MODE`. */
function isOfAgent(variable: PropertyValue): boolean {
  const name = propertyAt(variable, "name");
  return typeof name !== "string" || name.startsWith("CILIUM_");
}

function configured({ resource, object }: PlannedObject): PlannedCiliumConfig {
  let options: Partial<Options> = {};
  const fault = errorMessage(() => (options = readCiliumConfig([object])));
  return { options, blockers: fault === undefined ? [] : [{ resource, why: fault }] };
}

/** Settings as the agents' ConfigMap has them. What is not known of them may be any. */
function read(resource: Resource, settings: PropertyValue): PlannedCiliumConfig {
  const entries = isProperties(settings) ? Object.entries(settings) : [];
  const unknown = entries.filter(([, value]) => value === UNKNOWN).map(([key]) => key);
  // The chart writes them into the ConfigMap as they are.
  const data = Object.fromEntries(
    entries.flatMap(([key, value]) => (value === UNKNOWN || value === null ? [] : [[key, asText(value)]])),
  );
  let options: Partial<Options> = {};
  const fault = errorMessage(() => (options = parseCiliumConfig(data)));
  const known = [...(fault === undefined ? [] : [fault]), ...unsupportedInConfig(data)];
  return {
    options,
    blockers: [
      ...known.map((why) => ({ resource, why })),
      ...unknown.map((key) => ({
        resource,
        why: `values.extraConfig.${key} is ${formatValue(UNKNOWN)}`,
        unknown: true,
      })),
    ],
  };
}

function asText(value: PropertyValue): unknown {
  return typeof value === "boolean" || typeof value === "number" ? String(value) : value;
}
