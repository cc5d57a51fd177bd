import resource, {
  type RegisterResourceRequest,
  type TransformResourceOptions,
} from "@pulumi/pulumi/proto/resource_pb.js";
import { urnType } from "../report/urn.ts";
import { isProviderType, tokenPackage, parseReference, providerPackage } from "./provider-reference.ts";
import { FailedRequest, InvalidArgument } from "./engine-error.ts";
import type { RegisteredResource, ResourceOptions } from "./resources.ts";
import { isUrn } from "./urns.ts";
import { dependenciesIn, type WireProperties, fromStruct, withoutOutputs } from "./property-wire.ts";

/** The goal state of a resource, which transforms may change. */
export interface Goal {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly parent: string | undefined;
  properties: WireProperties;
  options: TransformResourceOptions;
  readonly dependencies: ReadonlySet<string>;
  readonly propertyDependencies: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Parses a registration, with the options inherited from the parent: protect, retainOnDelete, deletedWith and a provider of
 * the same package (`inheritFromParent` in source_eval.go).
 *
 * @throws InvalidArgument if the request is invalid.
 */
export function parseGoal(request: RegisterResourceRequest, parent: RegisteredResource | undefined): Goal {
  const [type, custom] = [request.getType(), request.getCustom()];
  if (custom || request.getRemote()) checkType(type);
  if (request.getEnvvarmappingsMap().getLength() > 0 && !isProviderType(type)) {
    throw new InvalidArgument("envVarMappings can only be used with provider resources");
  }
  const properties = fromStruct(request.getObject());
  const dependencies = urns(request.getDependenciesList(), "dependency");
  return {
    type,
    name: request.getName(),
    custom,
    parent: optionalUrn(request.getParent(), "parent"),
    properties,
    options: parseOptions(request, parent),
    dependencies,
    propertyDependencies: parsePropertyDependencies(request, properties, dependencies),
  };
}

/** Converts the options of a goal for policies and the report. */
export function resourceOptions(options: TransformResourceOptions): ResourceOptions {
  const timeouts = options.getCustomTimeouts();
  const seconds = {
    create: inSeconds(timeouts?.getCreate()),
    update: inSeconds(timeouts?.getUpdate()),
    delete: inSeconds(timeouts?.getDelete()),
    read: inSeconds(timeouts?.getRead()),
  };
  return {
    protect: options.hasProtect() ? options.getProtect() : undefined,
    retainOnDelete: options.hasRetainOnDelete() ? options.getRetainOnDelete() : undefined,
    deletedWith: optionalUrn(options.getDeletedWith(), "DeletedWith"),
    deleteBeforeReplace: options.hasDeleteBeforeReplace() ? options.getDeleteBeforeReplace() : undefined,
    ignoreChanges: options.getIgnoreChangesList(),
    additionalSecretOutputs: options.getAdditionalSecretOutputsList(),
    customTimeouts: Object.fromEntries(Object.entries(seconds).filter(([, value]) => value !== undefined)),
  };
}

/** Resolves the dependencies and the plain inputs of a resource, after all transforms. */
export function resolveGoal(
  goal: Goal,
  wasTransformed: boolean,
): Pick<RegisteredResource, "inputs" | "dependencies" | "propertyDependencies"> {
  const own = (name: string) => (wasTransformed ? undefined : goal.propertyDependencies.get(name));
  const byProperty = Object.entries(goal.properties).map(
    ([name, value]) => [name, (own(name) ?? new Set()).union(dependenciesIn(value))] as const,
  );
  const dependencies = wasTransformed
    ? new Set([...goal.options.getDependsOnList(), ...byProperty.flatMap(([, found]) => [...found])])
    : goal.dependencies;
  return {
    inputs: withoutOutputs(goal.properties),
    dependencies: [...dependencies],
    propertyDependencies: Object.fromEntries(byProperty.map(([name, found]) => [name, [...found]])),
  };
}

/** @throws InvalidArgument if the text is neither empty nor a URN. */
export function optionalUrn(text: string, what: string): string | undefined {
  if (text === "") return undefined;
  if (!isUrn(text)) throw new InvalidArgument(`invalid ${what} URN: invalid URN "${text}"`);
  return text;
}

/** @throws InvalidArgument if the type does not have the three parts package, module and class. */
export function checkType(type: string): void {
  if (type.split(":").length !== 3) {
    throw new InvalidArgument(`Type '${type}' is not a valid type token (must have format '*:*:*')`);
  }
}

function parseOptions(
  request: RegisterResourceRequest,
  parent: RegisteredResource | undefined,
): TransformResourceOptions {
  const options = new resource.TransformResourceOptions()
    .setImport(request.getImportid())
    .setDependsOnList(request.getDependenciesList())
    .setIgnoreChangesList(request.getIgnorechangesList())
    .setReplaceOnChangesList(request.getReplaceonchangesList())
    .setReplacementTrigger(request.getReplacementTrigger())
    .setVersion(request.getVersion())
    .setAliasesList(request.getAliasesList())
    .setProvider(request.getProvider() || inheritedProvider(request, parent))
    .setHideDiffList(request.getHidediffsList())
    .setCustomTimeouts(request.getCustomtimeouts())
    .setPluginDownloadUrl(request.getPlugindownloadurl())
    .setDeletedWith(request.getDeletedwith() || (parent?.options.deletedWith ?? ""))
    .setReplaceWithList(request.getReplaceWithList())
    .setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList())
    .setHooks(request.getHooks());
  for (const [pkg, reference] of request.getProvidersMap().entries())
    options.getProvidersMap().set(pkg, reference);
  const protect = request.hasProtect() ? request.getProtect() : parent?.options.protect;
  if (protect !== undefined) options.setProtect(protect);
  const retain = request.hasRetainondelete() ? request.getRetainondelete() : parent?.options.retainOnDelete;
  if (retain !== undefined) options.setRetainOnDelete(retain);
  if (request.getDeletebeforereplacedefined() || request.getDeletebeforereplace()) {
    options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  }
  return options;
}

/** The provider that a resource inherits from its parent: one of its own package; components inherit any. */
function inheritedProvider(request: RegisterResourceRequest, parent: RegisteredResource | undefined): string {
  const provider = parent?.provider;
  if (provider === undefined) return "";
  const isComponent = !request.getCustom() && !request.getRemote();
  const pkg = providerPackage(urnType(parseReference(provider).urn));
  return isComponent || pkg === tokenPackage(request.getType()) ? provider : "";
}

function parsePropertyDependencies(
  request: RegisterResourceRequest,
  properties: WireProperties,
  dependencies: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const stated = request.getPropertydependenciesMap();
  // Without property dependencies, every property depends on every dependency.
  if (stated.getLength() === 0) {
    return new Map(Object.keys(properties).map((name) => [name, dependencies]));
  }
  const entries = [...stated.entries()] as [string, RegisterResourceRequest.PropertyDependencies][];
  return new Map(
    entries.map(([name, entry]) => [name, urns(entry.getUrnsList(), `dependency on property ${name}`)]),
  );
}

function urns(texts: readonly string[], what: string): ReadonlySet<string> {
  return new Set(texts.map((text) => optionalUrn(text, what)).filter((urn) => urn !== undefined));
}

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  "\u00b5s": 1e-6, // micro sign and Greek mu
  "\u03bcs": 1e-6,
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
};

/** Parses a Go duration, `1h30m`, into seconds (`time.ParseDuration`); undefined if empty. */
function inSeconds(text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined;
  const [, sign = "", time = ""] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (time === "0") return 0;
  const parts = [...time.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/gy)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== time) {
    throw new FailedRequest(`unable to parse customTimeout Value ${text}`);
  }
  const seconds = parts.reduce((sum, [, number, unit = ""]) => sum + Number(number) * (UNITS[unit] ?? 0), 0);
  return sign === "-" ? -seconds : seconds;
}
