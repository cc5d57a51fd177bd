import resource, {
  type ReadResourceRequest,
  type ReadResourceResponse,
  type RegisterResourceOutputsRequest,
  type RegisterResourceRequest,
  type RegisterResourceResponse,
} from "@pulumi/pulumi/proto/resource_pb.js";
import { type DefaultProviders, pluginSettings } from "./default-providers.ts";
import { checkType, resolveGoal, type Goal, parseGoal, optionalUrn, resourceOptions } from "./goal.ts";
import type { Hooks } from "./hooks.ts";
import { outputsForProgram, plannedOutputs } from "./planned-outputs.ts";
import type { Packages } from "./package-registry.ts";
import {
  isProviderType,
  tokenPackage,
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
  fromStruct,
  toStruct,
  UNKNOWN_WIRE_VALUE,
  withoutOutputs,
} from "./property-wire.ts";

/** The services that the registrar uses. */
export interface RegistrarContext {
  readonly resources: Resources;
  readonly packages: Packages;
  readonly defaultProviders: DefaultProviders;
  readonly transforms: Transforms;
  readonly hooks: Hooks;
  /** Called with each resource before the program gets the response; policies may change its inputs. */
  readonly onRegistered: (registered: RegisteredResource) => void | Promise<void>;
}

/**
 * Registers resources as the engine does on a first preview (`RegisterResource` in source_eval.go, `generateSteps` in
 * step_generator.go), except that no provider validates the inputs or completes the outputs.
 */
export class Registrar {
  readonly #context: RegistrarContext;
  /** The providers of each component for its children, by package. */
  readonly #componentProviders = new Map<string, ReadonlyMap<string, string>>();
  #isComplete = false;

  constructor(context: RegistrarContext) {
    this.#context = context;
  }

  /** Whether the program has registered the stack outputs. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  async register(request: RegisterResourceRequest): Promise<RegisterResourceResponse> {
    const { resources, transforms, hooks, onRegistered } = this.#context;
    const goal = parseGoal(request, resources.get(request.getParent()));
    if (goal.custom) goal.options.setProvider(this.#inheritedProvider(request, goal));
    const own = request.getTransformsList();
    await transforms.apply(goal, own);
    const added = resources.add(this.#toResource(request, goal, own.length > 0));
    transforms.keep(added.urn, own, goal.parent);
    if (!added.custom) this.#componentProviders.set(added.urn, this.#childProviders(goal));
    await onRegistered(added);
    await hooks.beforeCreate(added, goal.options.getHooks());
    if (added.custom && resources.hasConfiguredProvider(added)) added.outputs = plannedOutputs(added);
    if (added.custom) await hooks.afterCreate(added, goal.options.getHooks());
    else hooks.keep(added, goal.options.getHooks());
    return new resource.RegisterResourceResponse()
      .setUrn(added.urn)
      .setId(isProviderType(added.type) ? UNKNOWN_WIRE_VALUE : "")
      .setObject(toStruct(outputsForProgram(added)));
  }

  read(request: ReadResourceRequest): ReadResourceResponse {
    const { resources } = this.#context;
    const [type, name] = [request.getType(), request.getName()];
    checkType(type);
    const parent = optionalUrn(request.getParent(), "parent");
    const urn = resources.formatUrn({ type, name, parent });
    if (request.getId() === "") throw new EngineError(`Expected an ID for ${urn}`);
    const provider =
      request.getProvider() || this.#defaultProvider(requestFor(request, this.#context.packages));
    if (provider === undefined) throw new FailedRequest(defaultProviderDisabled(type, type));
    const properties = fromStruct(request.getProperties());
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
    return new resource.ReadResourceResponse().setUrn(added.urn).setProperties(toStruct({}));
  }

  async registerOutputs(request: RegisterResourceOutputsRequest): Promise<void> {
    const { resources, hooks } = this.#context;
    const registered = resources.get(request.getUrn());
    if (registered === undefined) {
      throw new FailedRequest(`no resource ${request.getUrn()} has been registered`);
    }
    registered.outputs = withoutOutputs(fromStruct(request.getOutputs()));
    await hooks.afterOutputs(registered);
    if (isStack(registered)) this.#isComplete = true;
  }

  #toResource(
    request: RegisterResourceRequest,
    goal: Goal,
    wasTransformed: boolean,
  ): Omit<RegisteredResource, "urn"> {
    const { type, name, custom, parent } = goal;
    const { inputs, ...rest } = resolveGoal(goal, wasTransformed);
    const isProvider = isProviderType(type);
    const notRendered = reasonNotRendered(type, request.getRemote());
    const provider = custom && !isProvider ? this.#resolveProvider(request, goal) : undefined;
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

  /** The explicit provider of a resource, or its parent component's for the package (`resolveProvider`). */
  #inheritedProvider(request: RegisterResourceRequest, { type, parent, options }: Goal): string {
    const pkg = tokenPackage(type);
    const fromAbove = parent === undefined ? undefined : this.#componentProviders.get(parent)?.get(pkg);
    return options.getProvider() || (request.getProvidersMap().get(pkg) ?? fromAbove ?? "");
  }

  /** The provider of a resource: the explicit or inherited one, or else a default provider. */
  #resolveProvider(request: RegisterResourceRequest, goal: Goal): string {
    const { resources, packages } = this.#context;
    const { type, options } = goal;
    const urn = resources.formatUrn(goal);
    const named = options.getProvider();
    if (named === "") {
      const reference = this.#defaultProvider(requestFor(request, packages, options));
      if (reference === undefined)
        throw new EngineError(defaultProviderDisabled(tokenPackage(type), urn), urn);
      return reference;
    }
    const found = resources.get(parseReference(named).urn);
    if (found === undefined || !isProviderType(found.type)) {
      throw new EngineError(`unknown provider '${named}' for resource '${urn}'`, urn);
    }
    return named;
  }

  #defaultProvider(request: ProviderRequest): string | undefined {
    return this.#context.defaultProviders.for(request);
  }

  #pluginSettings(request: RegisterResourceRequest, { options }: Goal): WireProperties {
    const reference = request.getPackageref();
    const [version, downloadUrl] = [options.getVersion(), options.getPluginDownloadUrl()];
    const settings = pluginSettings(
      reference === ""
        ? { ...(version !== "" && { version }), ...(downloadUrl !== "" && { downloadUrl }) }
        : this.#context.packages.get(reference),
    );
    const envVarMappings = Object.fromEntries(
      request.getEnvvarmappingsMap().entries() as Iterable<[string, string]>,
    );
    if (Object.keys(envVarMappings).length === 0) return settings;
    return { ...settings, __internal: { ...(settings.__internal as WireProperties), envVarMappings } };
  }

  /** The providers that a component passes to its children: its own, and its parent's for other packages. */
  #childProviders({ parent, options }: Goal): ReadonlyMap<string, string> {
    const fromAbove = parent === undefined ? undefined : this.#componentProviders.get(parent);
    return new Map([
      ...(fromAbove ?? []),
      ...(options.getProvidersMap().entries() as Iterable<[string, string]>),
    ]);
  }
}

/** The default provider that a resource requires. */
function requestFor(
  request: RegisterResourceRequest | ReadResourceRequest,
  packages: Packages,
  options?: { getVersion(): string; getPluginDownloadUrl(): string },
): ProviderRequest {
  if (request.getPackageref() !== "") return packages.get(request.getPackageref());
  const version = options?.getVersion() ?? request.getVersion();
  const downloadUrl = options?.getPluginDownloadUrl() ?? request.getPlugindownloadurl();
  return providerRequest(tokenPackage(request.getType()), version, downloadUrl);
}

/** The engine's message (sdk/go/common/diag/errors.go). */
export function defaultProviderDisabled(pkg: string, who: string): string {
  return `Default provider for '${pkg}' disabled. '${who}' must use an explicit provider.`;
}
