import {
  ADMISSION_POLICY,
  propertyAt,
  readDeclaration,
  defaultDenyViolations,
  listItems,
  clusterModels,
  type Resource,
  serversIn,
  type PropertyValue,
} from "@attested-fhir/stack-model";
import type { ObservedResource } from "./observation.ts";
import { baselineResources, plannedResources } from "./planned-resources.ts";
import { urnName } from "./urn.ts";

/** A state after the update that weakens protection. It need not be a violation. */
export interface Weakening {
  readonly state:
    "break-glass" | "deny-all-off" | "flow-visibility" | "unattested-images" | "protection-removed";
  /** The state in a few words on one line: `break-glass until …`. */
  readonly text: string;
  /** Whether the update causes it; false without a state to compare with. */
  readonly new: boolean;
}

/** A weakening with its parts: a part that the baseline lacks is new. */
interface Found extends Omit<Weakening, "new"> {
  readonly parts: readonly string[];
}

const BREAK_GLASS = "attested-fhir:fhir:BreakGlass";
const FHIR_SERVER = "attested-fhir:fhir:FhirServer";
const FLOW_VISIBILITY = "attested-fhir:cilium:FlowVisibility";
const DENY_ALL = "attested-fhir:cilium:DenyAll";
const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

/**
 * Finds what weakens the protection of a stack after the update, from the declaration of its root component, its
 * components and its policies, not from its stack file.
 */
export function weakeningsIn(seen: readonly ObservedResource[]): readonly Weakening[] {
  const baseline = baselineResources(seen);
  const before = findWeakenings(baseline);
  const after = findWeakenings(plannedResources(seen));
  const isNew = ({ state, parts }: Found) => {
    const known = before.filter((one) => one.state === state).flatMap((one) => one.parts);
    return baseline.length > 0 && parts.some((part) => !known.includes(part));
  };
  const weak = after.map((found) => ({ state: found.state, text: found.text, new: isNew(found) }));
  const isOff = weak.some(({ state }) => state === "deny-all-off");
  return [...weak, ...removedProtections(seen, isOff)];
}

function findWeakenings(resources: readonly Resource[]): readonly Found[] {
  return [
    ...breakGlass(resources),
    ...denyAllOff(resources),
    ...resources.filter(({ type }) => type === FLOW_VISIBILITY).map(flowVisibility),
    ...unattestedImages(resources),
  ];
}

/** Break-glass, in the root component's declaration and in the components. */
function breakGlass(resources: readonly Resource[]): readonly Found[] {
  const parts = resources
    .filter(({ type }) => type === BREAK_GLASS)
    .map(({ name, props }) => describeBreakGlass(props, name));
  const found = readDeclaration(resources, "accessMode", "breakGlass");
  if ("sections" in found) parts.push(describeBreakGlass(found.sections, "the stack"));
  return [...new Set(parts.filter((part) => part !== undefined))].map((text) => ({
    state: "break-glass",
    text,
    parts: [text],
  }));
}

function describeBreakGlass(props: PropertyValue, name: string): string | undefined {
  const accessMode = propertyAt(props, "accessMode");
  if (accessMode === "smart") return undefined;
  if (accessMode !== "breakGlass") return `the access mode of ${name} is unknown before the update`;
  const part = (key: string) => {
    const value = propertyAt(propertyAt(props, "breakGlass"), key);
    return (typeof value === "string" && oneLine(value)) || "not named";
  };
  return `break-glass until ${part("expiry")} (owner: ${part("owner")}; reason: ${part("reason")})`;
}

function denyAllOff(resources: readonly Resource[]): readonly Found[] {
  const violations = denyAllViolations(resources);
  if (violations === undefined) return [];
  const isDeclared = resources.some(({ type }) => type === DENY_ALL);
  const why =
    isDeclared && violations.length > 0
      ? `, though it is declared: ${[...new Set(violations)].join(", ")}`
      : "";
  return [{ state: "deny-all-off", text: oneLine(`deny-all is off${why}`), parts: ["deny-all"] }];
}

/** Why the clusters of the FHIR servers do not deny by default; undefined if they do, or if there are none. */
function denyAllViolations(resources: readonly Resource[]): readonly string[] | undefined {
  const found = readDeclaration(resources, "fhirServers", "systemNamespaces");
  if (!("sections" in found)) {
    const has = (wanted: string) => resources.some(({ type }) => type === wanted);
    return has(FHIR_SERVER) && !has(DENY_ALL) ? [] : undefined;
  }
  const { fhirServers, systemNamespaces } = found.sections;
  if (fhirServers.length === 0) return undefined;
  const all = clusterModels(resources);
  const own = fhirServers.flatMap((server) => serversIn(all, server).map(({ cluster }) => cluster));
  const clusters = new Set(own.length > 0 ? own : all);
  const violations = [...clusters].flatMap(({ model }) => defaultDenyViolations(model, systemNamespaces));
  return clusters.size > 0 && violations.length === 0 ? undefined : violations;
}

function flowVisibility({ name }: Resource): Found {
  return {
    state: "flow-visibility",
    text: `flow visibility is on (${name}): every request to the FHIR server passes`,
    parts: [name],
  };
}

/** Images allowed without an attestation: in an existing cluster, and by exemptions of admission policies. */
function unattestedImages(resources: readonly Resource[]): readonly Found[] {
  const found = readDeclaration(resources, "unattestedImages");
  const listed = "sections" in found ? found.sections.unattestedImages.map(({ image }) => image) : [];
  const exempted = resources
    .filter(({ type }) => type === ADMISSION_POLICY)
    .flatMap(({ props }) => listItems(propertyAt(props, "admissionWhitelistPatterns")))
    .map((pattern) => propertyAt(pattern, "namePattern"))
    .filter((pattern) => typeof pattern === "string");
  const parts = [...new Set([...listed, ...exempted])].map(oneLine);
  if (parts.length === 0) return [];
  const few = parts
    .slice(0, SHOWN)
    .map((image) => image.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]{52}$/, "$1…"));
  const names = parts.length > SHOWN ? [...few, `${parts.length - SHOWN} more`] : few;
  const sorts = parts.length === 1 ? "1 image or pattern is" : `${parts.length} images or patterns are`;
  return [
    {
      state: "unattested-images",
      text: `${sorts} allowed without an attestation (${names.join(", ")})`,
      parts,
    },
  ];
}

/** The number of images listed. */
const SHOWN = 4;

/** Protections in the state that the update deletes. */
function removedProtections(seen: readonly ObservedResource[], isDenyAllOff: boolean): readonly Weakening[] {
  const deleted = new Set(seen.filter(({ operation }) => operation === "delete").map(({ urn }) => urn));
  return seen
    .filter(({ urn }) => deleted.has(urn))
    .flatMap(({ type, urn, parent }) => {
      if (type === ADMISSION_POLICY) return [`the admission policy ${urnName(urn)}`];
      if (type === DENY_ALL) return isDenyAllOff ? [] : ["deny-all"];
      // A policy that is deleted with its parent protects nothing any more.
      const isAlone = parent === undefined || !deleted.has(parent);
      return type === NETWORK_POLICY && isAlone ? [`the network policy ${urnName(urn)}`] : [];
    })
    .map((what) => ({ state: "protection-removed", text: `${what} is deleted`, new: true }));
}

/** Puts a text on one line and removes control characters. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
}
