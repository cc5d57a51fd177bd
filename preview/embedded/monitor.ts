import type { IResourceMonitorServer } from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import resource, {
  type DeploymentInfo,
  type ResourceMonitorFeature,
} from "@pulumi/pulumi/proto/resource_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { Callbacks } from "./callbacks.ts";
import type { Configuration } from "./configuration.ts";
import { DefaultProviders } from "./default-providers.ts";
import { call, invoke } from "./invokes.ts";
import { Hooks } from "./hooks.ts";
import { Packages } from "./package-registry.ts";
import { Registrar } from "./registrar.ts";
import type { RegisteredResource, Resources } from "./resources.ts";
import { unary } from "./grpc.ts";
import { Transforms } from "./transforms.ts";

/** What the monitor is for, and who is told. */
export interface MonitorOptions {
  readonly resources: Resources;
  readonly configuration: Configuration;
  readonly organization: string;
  /** Told of each resource before the program hears that it is registered. */
  readonly onRegistered: (registered: RegisteredResource) => void | Promise<void>;
  /** Told of each function of a provider whose answer stays unknown. */
  readonly onUnanswered: (token: string) => void;
  readonly onWarning: (message: string, urn: string) => void;
  /** Told what makes it impossible to go on. */
  readonly onRefusal: (thrown: unknown) => void;
  /** Told when the program says that it has nothing left to do. */
  readonly onShutdown: () => void;
}

const feature = resource.ResourceMonitorFeature;

/** What the monitor can do, by the names that SDKs ask for, or used to ask for one by one. */
const FEATURES: Readonly<Record<string, ResourceMonitorFeature>> = {
  secrets: feature.RESOURCE_MONITOR_FEATURE_SECRETS,
  resourceReferences: feature.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
  outputValues: feature.RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES,
  aliasSpecs: feature.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
  replacementTrigger: feature.RESOURCE_MONITOR_FEATURE_REPLACEMENT_TRIGGER,
  deletedWith: feature.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
  replaceWith: feature.RESOURCE_MONITOR_FEATURE_REPLACE_WITH,
  transforms: feature.RESOURCE_MONITOR_FEATURE_TRANSFORMS,
  invokeTransforms: feature.RESOURCE_MONITOR_FEATURE_INVOKE_TRANSFORMS,
  parameterization: feature.RESOURCE_MONITOR_FEATURE_PARAMETERIZATION,
  resourceHooks: feature.RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS,
  errorHooks: feature.RESOURCE_MONITOR_FEATURE_ERROR_HOOKS,
};

/** The engine's default: at most so many operations at a time, but here they take none. */
const PARALLEL = 8;

/**
 * The engine's side of the protocol that programs register their resources by (`ResourceMonitor` in
 * proto/pulumi/resource.proto).
 */
export class Monitor {
  readonly service: IResourceMonitorServer;
  readonly #registrar: Registrar;
  readonly #callbacks = new Callbacks();

  constructor(options: MonitorOptions) {
    const { resources, configuration, onRegistered, onUnanswered, onWarning, onRefusal, onShutdown } =
      options;
    const packages = new Packages();
    const transforms = new Transforms(this.#callbacks);
    const hooks = new Hooks(this.#callbacks, onWarning);
    const defaultProviders = new DefaultProviders(resources, configuration, (made) => {
      // Nobody waits for it, so that a pack that fails here has to be told of by itself.
      Promise.try(onRegistered, made).catch(onRefusal);
    });
    const sources = { resources, packages, defaultProviders, transforms, onUnanswered };
    const registrar = new Registrar({
      resources,
      packages,
      defaultProviders,
      transforms,
      hooks,
      onRegistered,
    });
    this.#registrar = registrar;
    const nothing = <Request>(handle: (request: Request) => void | Promise<void>) =>
      unary(async (request: Request) => {
        await handle(request);
        return new empty.Empty();
      }, onRefusal);
    this.service = {
      getDeploymentInfo: unary(() => deploymentInfo(options), onRefusal),
      supportsFeature: unary(
        (request) =>
          new resource.SupportsFeatureResponse().setHassupport(Object.hasOwn(FEATURES, request.getId())),
        onRefusal,
      ),
      invoke: unary((request) => invoke(request, sources), onRefusal),
      call: unary(call, onRefusal),
      readResource: unary((request) => registrar.read(request), onRefusal),
      registerResource: unary((request) => registrar.register(request), onRefusal),
      registerResourceOutputs: nothing((request) => registrar.registerOutputs(request)),
      registerStackTransform: nothing((request) => {
        transforms.addToStack(request);
      }),
      registerStackInvokeTransform: nothing((request) => {
        transforms.addToInvokes(request);
      }),
      registerResourceHook: nothing((request) => {
        hooks.register(request);
      }),
      registerErrorHook: nothing((request) => {
        hooks.register(request);
      }),
      registerPackage: unary((request) => packages.register(request), onRefusal),
      signalAndWaitForShutdown: nothing(onShutdown),
    };
  }

  /** Whether the program has given the stack its outputs, which it does last. */
  get isComplete(): boolean {
    return this.#registrar.isComplete;
  }

  close(): void {
    this.#callbacks.close();
  }
}

function deploymentInfo({ resources, configuration, organization }: MonitorOptions): DeploymentInfo {
  const info = new resource.DeploymentInfo()
    .setProject(resources.stack.project)
    .setStack(resources.stack.stack)
    .setOrganization(organization)
    .setConfigsecretkeysList([...configuration.secretKeys])
    .setDryrun(true)
    .setParallel(PARALLEL)
    .setSupportedfeaturesList([
      ...Object.values(FEATURES),
      feature.RESOURCE_MONITOR_FEATURE_INVOKE_DEPENDS_ON,
    ]);
  for (const [key, value] of configuration.values) info.getConfigMap().set(key, value);
  return info;
}
