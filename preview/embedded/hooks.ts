import resource, {
  type RegisterErrorHookRequest,
  type RegisterResourceHookRequest,
  type RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb.js";
import type { Callbacks } from "./callbacks.ts";
import { FailedRequest, EngineError } from "./engine-error.ts";
import type { RegisteredResource } from "./resources.ts";
import { grpcErrorText } from "./grpc.ts";
import { structOf } from "./property-wire.ts";

type Binding = RegisterResourceRequest.ResourceHooksBinding;

/**
 * Functions of the program that run before or after a resource is made, in a preview too where they say so. Hooks on
 * errors are taken down and never run: nothing is made here that could fail.
 */
export class Hooks {
  readonly #callbacks: Callbacks;
  readonly #warn: (message: string, urn: string) => void;
  readonly #ofComponents = new WeakMap<RegisteredResource, Binding>();
  readonly #byName = new Map<string, RegisterResourceHookRequest | RegisterErrorHookRequest>();

  /** @param warn told of a hook that failed and whose errors do not count */
  constructor(callbacks: Callbacks, warn: (message: string, urn: string) => void) {
    this.#callbacks = callbacks;
    this.#warn = warn;
  }

  /** @throws FailedRequest when the name is taken. */
  register(hook: RegisterResourceHookRequest | RegisterErrorHookRequest): void {
    const name = hook.getName();
    if (name === "") throw new FailedRequest("resource hook name cannot be empty");
    if (this.#byName.has(name)) {
      throw new FailedRequest(`resource hook already registered for name "${name}"`);
    }
    this.#byName.set(name, hook);
  }

  /** Keeps what is to run after a component is made, which it is when it has its outputs. */
  keep(component: RegisteredResource, binding: Binding | undefined): void {
    if (binding !== undefined) this.#ofComponents.set(component, binding);
  }

  /** @throws EngineError when a hook fails, or is not registered. */
  async afterOutputs(component: RegisteredResource): Promise<void> {
    await this.afterCreate(component, this.#ofComponents.get(component));
  }

  /** @throws EngineError when a hook fails, or is not registered. */
  async beforeCreate(created: RegisteredResource, binding: Binding | undefined): Promise<void> {
    await this.#run("before", binding?.getBeforeCreateList() ?? [], created);
  }

  /** @throws EngineError when a hook fails, or is not registered. */
  async afterCreate(created: RegisteredResource, binding: Binding | undefined): Promise<void> {
    await this.#run("after", binding?.getAfterCreateList() ?? [], created);
  }

  async #run(when: "before" | "after", names: readonly string[], created: RegisteredResource): Promise<void> {
    for (const name of names) {
      const hook = this.#byName.get(name);
      if (!(hook instanceof resource.RegisterResourceHookRequest)) {
        throw new EngineError(`hook "${name}" was not registered`, created.urn);
      }
      const fault = hook.getOnDryRun() ? await this.#call(hook, when, created) : undefined;
      if (fault === undefined) continue;
      const text = `${when} hook "${name}" failed: ${fault}`;
      if (!hook.getIgnoreErrors()) throw new EngineError(text, created.urn);
      this.#warn(text, created.urn);
    }
  }

  /** Calls a hook, and says what went wrong with it; undefined where nothing did. */
  async #call(
    hook: RegisterResourceHookRequest,
    when: "before" | "after",
    { urn, name, type, inputs, outputs }: RegisteredResource,
  ): Promise<string | undefined> {
    const callback = hook.getCallback();
    if (callback === undefined) return "it has no function";
    const request = new resource.ResourceHookRequest()
      .setUrn(urn)
      .setName(name)
      .setType(type)
      .setNewInputs(structOf(inputs));
    if (when === "after") request.setNewOutputs(structOf(outputs));
    try {
      const bytes = await this.#callbacks.call(callback, request.serializeBinary());
      return resource.ResourceHookResponse.deserializeBinary(bytes).getError() || undefined;
    } catch (error) {
      return grpcErrorText(error);
    }
  }
}
