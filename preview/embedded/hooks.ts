import resource, {
  type RegisterErrorHookRequest,
  type RegisterResourceHookRequest,
  type RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb.js";
import type { Callbacks } from "./callbacks.ts";
import { FailedRequest, EngineError } from "./engine-error.ts";
import type { RegisteredResource } from "./resources.ts";
import { grpcErrorText } from "./grpc.ts";
import { toStruct } from "./property-wire.ts";

type Binding = RegisterResourceRequest.ResourceHooksBinding;

/**
 * Resource hooks: functions of the program that run before or after a resource is created, in a preview only with
 * onDryRun. Error hooks are registered but never run, because a preview creates nothing that could fail.
 */
export class Hooks {
  readonly #callbacks: Callbacks;
  readonly #warn: (message: string, urn: string) => void;
  readonly #ofComponents = new WeakMap<RegisteredResource, Binding>();
  readonly #byName = new Map<string, RegisterResourceHookRequest | RegisterErrorHookRequest>();

  /** @param warn called for a hook with ignoreErrors that failed */
  constructor(callbacks: Callbacks, warn: (message: string, urn: string) => void) {
    this.#callbacks = callbacks;
    this.#warn = warn;
  }

  /** @throws FailedRequest if the name is empty or already registered. */
  register(hook: RegisterResourceHookRequest | RegisterErrorHookRequest): void {
    const name = hook.getName();
    if (name === "") throw new FailedRequest("resource hook name cannot be empty");
    if (this.#byName.has(name)) {
      throw new FailedRequest(`resource hook already registered for name "${name}"`);
    }
    this.#byName.set(name, hook);
  }

  /** Keeps the hooks of a component until it registers its outputs, which completes its creation. */
  keep(component: RegisteredResource, binding: Binding | undefined): void {
    if (binding !== undefined) this.#ofComponents.set(component, binding);
  }

  /** @throws EngineError if a hook fails or is not registered. */
  async afterOutputs(component: RegisteredResource): Promise<void> {
    await this.afterCreate(component, this.#ofComponents.get(component));
  }

  /** @throws EngineError if a hook fails or is not registered. */
  async beforeCreate(created: RegisteredResource, binding: Binding | undefined): Promise<void> {
    await this.#run("before", binding?.getBeforeCreateList() ?? [], created);
  }

  /** @throws EngineError if a hook fails or is not registered. */
  async afterCreate(created: RegisteredResource, binding: Binding | undefined): Promise<void> {
    await this.#run("after", binding?.getAfterCreateList() ?? [], created);
  }

  async #run(when: "before" | "after", names: readonly string[], created: RegisteredResource): Promise<void> {
    for (const name of names) {
      const hook = this.#byName.get(name);
      if (!(hook instanceof resource.RegisterResourceHookRequest)) {
        throw new EngineError(`hook "${name}" was not registered`, created.urn);
      }
      const error = hook.getOnDryRun() ? await this.#call(hook, when, created) : undefined;
      if (error === undefined) continue;
      const text = `${when} hook "${name}" failed: ${error}`;
      if (!hook.getIgnoreErrors()) throw new EngineError(text, created.urn);
      this.#warn(text, created.urn);
    }
  }

  /** Calls a hook; returns its error, or undefined. */
  async #call(
    hook: RegisterResourceHookRequest,
    when: "before" | "after",
    { urn, name, type, inputs, outputs }: RegisteredResource,
  ): Promise<string | undefined> {
    const callback = hook.getCallback();
    if (callback === undefined) return "it has no callback";
    const request = new resource.ResourceHookRequest()
      .setUrn(urn)
      .setName(name)
      .setType(type)
      .setNewInputs(toStruct(inputs));
    if (when === "after") request.setNewOutputs(toStruct(outputs));
    try {
      const bytes = await this.#callbacks.call(callback, request.serializeBinary());
      return resource.ResourceHookResponse.deserializeBinary(bytes).getError() || undefined;
    } catch (error) {
      return grpcErrorText(error);
    }
  }
}
