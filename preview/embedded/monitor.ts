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

/** What the monitor serves, and its callbacks. */
export interface MonitorOptions {
  readonly resources: Resources;
  readonly configuration: Configuration;
  readonly organization: string;
  /** Called with each resource before the program gets the response. */
  readonly onRegistered: (registered: RegisteredResource) => void | Promise<void>;
  /** Called with the token of each function whose result is unknown. */
  readonly onUnanswered: (token: string) => void;
  readonly onWarning: (message: string, urn: string) => void;
  /** Called with an error that ends the preview. */
  readonly onError: (thrown: unknown) => void;
  /** Called when the program signals that it is done. */
  readonly onShutdown: () => void;
}

const feature = resource.ResourceMonitorFeature;

/** The features that the monitor supports, by the names that SDKs query. */
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

/** The engine's default number of parallel operations; it has no effect here. */
const PARALLEL = 8;

/**
 * The resource monitor, with which programs register their resources (`ResourceMonitor` in proto/pulumi/resource.proto).
 */
export class Monitor {
  readonly service: IResourceMonitorServer;
  readonly #registrar: Registrar;
  readonly #callbacks = new Callbacks();

  constructor(options: MonitorOptions) {
    const { resources, configuration, onRegistered, onUnanswered, onWarning, onError, onShutdown } = options;
    const packages = new Packages();
    const transforms = new Transforms(this.#callbacks);
    const hooks = new Hooks(this.#callbacks, onWarning);
    const defaultProviders = new DefaultProviders(resources, configuration, (created) => {
      // No request awaits this promise, so its rejection is reported here.
      Promise.try(onRegistered, created).catch(onError);
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
      }, onError);
    this.service = {
      getDeploymentInfo: unary(() => deploymentInfo(options), onError),
      supportsFeature: unary(
        (request) =>
          new resource.SupportsFeatureResponse().setHassupport(Object.hasOwn(FEATURES, request.getId())),
        onError,
      ),
      invoke: unary((request) => invoke(request, sources), onError),
      call: unary(call, onError),
      readResource: unary((request) => registrar.read(request), onError),
      registerResource: unary((request) => registrar.register(request), onError),
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
      registerPackage: unary((request) => packages.register(request), onError),
      signalAndWaitForShutdown: nothing(onShutdown),
    };
  }

  /** Whether the program has registered the stack outputs, its last request. */
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
