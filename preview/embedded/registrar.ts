import resource, {
  type ReadResourceRequest,
  type ReadResourceResponse,
  type RegisterResourceOutputsRequest,
  type RegisterResourceRequest,
  type RegisterResourceResponse,
} from "@pulumi/pulumi/proto/resource_pb.js";
import { type DefaultProviders, pluginSettings } from "./default-providers.ts";
import { checkType, finished, type Goal, goalOf, optionalUrn, resourceOptions } from "./goal.ts";
import type { Hooks } from "./hooks.ts";
import { outputsForProgram, plannedOutputs } from "./planned-outputs.ts";
import type { Packages } from "./package-registry.ts";
import {
  isProviderType,
  packageOf,
  parseReference,
  providerRequest,
  type ProviderRequest,
} from "./provider-reference.ts";
import { reasonNotRendered } from "./not-rendered.ts";
import { FailedRequest, EngineError } from "./engine-error.ts";
import { isStack, type RegisteredResource, type Resources } from "./resources.ts";
import type { Transforms } from "./transforms.ts";
import {
  type WireProperties,
  propertiesOf,
  structOf,
  UNKNOWN_WIRE_VALUE,
  withoutOutputs,
} from "./property-wire.ts";

/** What the registrar works with. */
export interface RegistrarContext {
  readonly resources: Resources;
  readonly packages: Packages;
  readonly defaultProviders: DefaultProviders;
  readonly transforms: Transforms;
  readonly hooks: Hooks;
  /** Told of each resource before the program hears that it is registered; policies may change its inputs. */
  readonly onRegistered: (registered: RegisteredResource) => void | Promise<void>;
}

/**
 * Registers resources as the engine does on a first preview (`RegisterResource` in source_eval.go, `generateSteps` in
 * step_generator.go), except that no provider checks the inputs or completes the outputs.
 */
export class Registrar {
  readonly #offices: RegistrarContext;
  /** The providers that each component has for its children, by package. */
  readonly #componentProviders = new Map<string, ReadonlyMap<string, string>>();
  #isComplete = false;

  constructor(offices: RegistrarContext) {
    this.#offices = offices;
  }

  /** Whether the stack has its outputs: the program has come to its end. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  async register(request: RegisterResourceRequest): Promise<RegisterResourceResponse> {
    const { resources, transforms, hooks, onRegistered } = this.#offices;
    const goal = goalOf(request, resources.get(request.getParent()));
    if (goal.custom) goal.options.setProvider(this.#providerFor(request, goal));
    const own = request.getTransformsList();
    await transforms.apply(goal, own);
    const added = resources.add(this.#resourceOf(request, goal, own.length > 0));
    transforms.keep(added.urn, own, goal.parent);
    if (!added.custom) this.#componentProviders.set(added.urn, this.#providersOf(goal));
    await onRegistered(added);
    await hooks.beforeCreate(added, goal.options.getHooks());
    if (added.custom && resources.hasReadyProvider(added)) added.outputs = plannedOutputs(added);
    if (added.custom) await hooks.afterCreate(added, goal.options.getHooks());
    else hooks.keep(added, goal.options.getHooks());
    return new resource.RegisterResourceResponse()
      .setUrn(added.urn)
      .setId(isProviderType(added.type) ? UNKNOWN_WIRE_VALUE : "")
      .setObject(structOf(outputsForProgram(added)));
  }

  read(request: ReadResourceRequest): ReadResourceResponse {
    const { resources } = this.#offices;
    const [type, name] = [request.getType(), request.getName()];
    checkType(type);
    const parent = optionalUrn(request.getParent(), "parent");
    const urn = resources.urnOf({ type, name, parent });
    if (request.getId() === "") throw new EngineError(`Expected an ID for ${urn}`);
    const provider = request.getProvider() || this.#defaultFor(requestFor(request, this.#offices.packages));
    if (provider === undefined) throw new FailedRequest(denial(type, type));
    const properties = propertiesOf(request.getProperties());
    const added = resources.add({
      type,
      name,
      custom: true,
      ...(parent !== undefined && { parent }),
      provider,
      operation: "read",
      inputs: properties,
      outputs: {},
      dependencies: request.getDependenciesList(),
      propertyDependencies: {},
      options: {
        ignoreChanges: [],
        additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
        customTimeouts: {},
      },
    });
    return new resource.ReadResourceResponse().setUrn(added.urn).setProperties(structOf({}));
  }

  async registerOutputs(request: RegisterResourceOutputsRequest): Promise<void> {
    const { resources, hooks } = this.#offices;
    const registered = resources.get(request.getUrn());
    if (registered === undefined) {
      throw new FailedRequest(`no resource ${request.getUrn()} has been registered`);
    }
    registered.outputs = withoutOutputs(propertiesOf(request.getOutputs()));
    await hooks.afterOutputs(registered);
    if (isStack(registered)) this.#isComplete = true;
  }

  #resourceOf(
    request: RegisterResourceRequest,
    goal: Goal,
    wasTransformed: boolean,
  ): Omit<RegisteredResource, "urn"> {
    const { type, name, custom, parent } = goal;
    const { inputs, ...rest } = finished(goal, wasTransformed);
    const isProvider = isProviderType(type);
    const notRendered = reasonNotRendered(type, request.getRemote());
    const provider = custom && !isProvider ? this.#checkedProvider(request, goal) : undefined;
    return {
      type,
      name,
      custom,
      ...(parent !== undefined && { parent }),
      ...(provider !== undefined && { provider }),
      ...rest,
      operation: custom && goal.options.getImport() !== "" ? "import" : "create",
      inputs: isProvider ? { ...inputs, ...this.#pluginSettings(request, goal) } : inputs,
      outputs: {},
      options: resourceOptions(goal.options),
      ...(notRendered !== undefined && { notRendered }),
    };
  }

  /** The provider that the program names for a resource, or that the component above has for it (`resolveProvider`). */
  #providerFor(request: RegisterResourceRequest, { type, parent, options }: Goal): string {
    const pkg = packageOf(type);
    const fromAbove = parent === undefined ? undefined : this.#componentProviders.get(parent)?.get(pkg);
    return options.getProvider() || (request.getProvidersMap().get(pkg) ?? fromAbove ?? "");
  }

  /** The provider of a resource; a default one where it has none of its own. */
  #checkedProvider(request: RegisterResourceRequest, goal: Goal): string {
    const { resources, packages } = this.#offices;
    const { type, options } = goal;
    const urn = resources.urnOf(goal);
    const named = options.getProvider();
    if (named === "") {
      const reference = this.#defaultFor(requestFor(request, packages, options));
      if (reference === undefined) throw new EngineError(denial(packageOf(type), urn), urn);
      return reference;
    }
    const found = resources.get(parseReference(named).urn);
    if (found === undefined || !isProviderType(found.type)) {
      throw new EngineError(`unknown provider '${named}' for resource '${urn}'`, urn);
    }
    return named;
  }

  #defaultFor(request: ProviderRequest): string | undefined {
    return this.#offices.defaultProviders.for(request);
  }

  #pluginSettings(request: RegisterResourceRequest, { options }: Goal): WireProperties {
    const reference = request.getPackageref();
    const [version, downloadUrl] = [options.getVersion(), options.getPluginDownloadUrl()];
    const settings = pluginSettings(
      reference === ""
        ? { ...(version !== "" && { version }), ...(downloadUrl !== "" && { downloadUrl }) }
        : this.#offices.packages.get(reference),
    );
    const envVarMappings = Object.fromEntries(
      request.getEnvvarmappingsMap().entries() as Iterable<[string, string]>,
    );
    if (Object.keys(envVarMappings).length === 0) return settings;
    return { ...settings, __internal: { ...(settings.__internal as WireProperties), envVarMappings } };
  }

  /** A component's providers, with those of the component above for the packages that it names none for. */
  #providersOf({ parent, options }: Goal): ReadonlyMap<string, string> {
    const fromAbove = parent === undefined ? undefined : this.#componentProviders.get(parent);
    return new Map([
      ...(fromAbove ?? []),
      ...(options.getProvidersMap().entries() as Iterable<[string, string]>),
    ]);
  }
}

/** What a resource asks of the provider that it does not name. */
function requestFor(
  request: RegisterResourceRequest | ReadResourceRequest,
  packages: Packages,
  options?: { getVersion(): string; getPluginDownloadUrl(): string },
): ProviderRequest {
  if (request.getPackageref() !== "") return packages.get(request.getPackageref());
  const version = options?.getVersion() ?? request.getVersion();
  const downloadUrl = options?.getPluginDownloadUrl() ?? request.getPlugindownloadurl();
  return providerRequest(packageOf(request.getType()), version, downloadUrl);
}

/** As the engine says it (sdk/go/common/diag/errors.go). */
export function denial(pkg: string, who: string): string {
  return `Default provider for '${pkg}' disabled. '${who}' must use an explicit provider.`;
}
