import type { ServiceError } from "@grpc/grpc-js";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb.js";
import resource, { type TransformInvokeOptions } from "@pulumi/pulumi/proto/resource_pb.js";
import { thrownMessage } from "../user-error.ts";
import type { Callbacks } from "./callbacks.ts";
import type { Goal } from "./goal.ts";
import { FailedRequest } from "./engine-error.ts";
import { grpcErrorText } from "./grpc.ts";
import { type WireProperties, fromStruct, toStruct, withDependencies, withOutputs } from "./property-wire.ts";

/** The transforms of a program: of resources and their children, of the stack, and of invokes. */
export class Transforms {
  readonly #callbacks: Callbacks;
  readonly #ofResource = new Map<string, { readonly own: readonly Callback[]; readonly parent?: string }>();
  readonly #ofStack: Callback[] = [];
  readonly #ofInvokes: Callback[] = [];

  constructor(callbacks: Callbacks) {
    this.#callbacks = callbacks;
  }

  /** Adds a transform of every resource registered from now on. */
  addToStack(transform: Callback): void {
    this.#ofStack.push(checked(transform));
  }

  /** Adds a transform of every invoke from now on. */
  addToInvokes(transform: Callback): void {
    this.#ofInvokes.push(checked(transform));
  }

  /** Keeps the transforms of a registered resource, for its children. */
  keep(urn: string, own: readonly Callback[], parent: string | undefined): void {
    this.#ofResource.set(urn, { own, ...(parent !== undefined && { parent }) });
  }

  /**
   * Applies transforms to a resource: its own, then its ancestors', nearest first, then the stack's.
   *
   * @param own the resource's own
   */
  async apply(goal: Goal, own: readonly Callback[]): Promise<void> {
    const all = [...own, ...this.#above(goal.parent), ...this.#ofStack];
    if (all.length === 0) return;
    goal.properties = withOutputs(goal.properties);
    if (own.length > 0) goal.properties = withDependencies(goal.properties, goal.propertyDependencies);
    for (const transform of all) await this.#run(transform, goal);
  }

  /** Applies transforms to an invoke; returns its arguments and options. */
  async applyToInvoke(token: string, given: WireProperties, options: TransformInvokeOptions) {
    let [args, opts] = [given, options];
    for (const transform of this.#ofInvokes) {
      const request = new resource.TransformInvokeRequest()
        .setToken(token)
        .setArgs(toStruct(args))
        .setOptions(opts);
      const answer = await this.#callbacks
        .call(transform, request.serializeBinary())
        .catch((error: unknown) => {
          throw new FailedRequest((error as Partial<ServiceError>).details ?? thrownMessage(error));
        });
      const response = resource.TransformInvokeResponse.deserializeBinary(answer);
      if (response.hasArgs()) args = fromStruct(response.getArgs());
      opts = response.getOptions() ?? opts;
    }
    return { args, options: opts };
  }

  #above(urn: string | undefined): Callback[] {
    const found = urn === undefined ? undefined : this.#ofResource.get(urn);
    return found === undefined ? [] : [...found.own, ...this.#above(found.parent)];
  }

  async #run(transform: Callback, goal: Goal): Promise<void> {
    const request = new resource.TransformRequest()
      .setName(goal.name)
      .setType(goal.type)
      .setParent(goal.parent ?? "")
      .setCustom(goal.custom)
      .setProperties(toStruct(goal.properties))
      .setOptions(goal.options);
    const answer = await this.#callbacks
      .call(transform, request.serializeBinary())
      .catch((error: unknown) => {
        throw new FailedRequest(`invoke transform: ${grpcErrorText(error)}`);
      });
    const response = resource.TransformResponse.deserializeBinary(answer);
    if (response.hasProperties()) goal.properties = fromStruct(response.getProperties());
    goal.options = response.getOptions() ?? goal.options;
  }
}

function checked(transform: Callback): Callback {
  if (transform.getTarget() === "") throw new FailedRequest("target must be specified");
  return transform;
}
