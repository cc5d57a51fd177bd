import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { Registrations, type RegisteredResources, type Resource, STACK } from "@attested-fhir/stack-model";
import { plain } from "./plain-properties.ts";

type RawProperties = ResourceValidationArgs["props"];

/** All resources of a stack, at the end of a preview or update. */
export interface SeenStack {
  readonly resources: readonly Resource[];
  /** The same by an index. */
  registered(): RegisteredResources;
}

function seenStack(resources: readonly Resource[]): SeenStack {
  let registered: Registrations | undefined;
  return {
    resources,
    registered() {
      if (registered === undefined) {
        registered = new Registrations();
        for (const resource of resources) registered.add(resource);
      }
      return registered;
    },
  };
}

/**
 * What the host has sent in one preview or update: each resource with its inputs before it is created, then all of
 * them with their outputs.
 *
 * The host sends a stack policy the outputs of resources, and there are none where a provider cannot be asked yet: on
 * a first preview everything in a cluster that is still to be made is empty. So the inputs of each resource are kept.
 */
export class Run {
  #inputs = new Map<string, RawProperties>();
  #registered = new Registrations();
  #reported = new Map<string, Set<string>>();
  #current: { readonly resource: Resource; turn: number } | undefined;
  #stack: { readonly seen: SeenStack; turn: number } | undefined;

  /** The resources that were registered before the one that is evaluated. */
  get registered(): RegisteredResources {
    return this.#registered;
  }

  /**
   * The resource that the host asks a policy about.
   *
   * @param turn of the policy that asks; the host asks them in their order, and begins anew for the next resource
   */
  resource(turn: number, args: ResourceValidationArgs): Resource {
    const current = this.#current;
    if (current?.resource.urn === args.urn && turn > current.turn) {
      current.turn = turn;
      return current.resource;
    }
    // The stack is what the engine registers first.
    if (this.#stack !== undefined || args.type === STACK) this.#restart();
    else if (current !== undefined && current.resource.urn !== args.urn)
      this.#registered.add(current.resource);
    this.#inputs.set(args.urn, args.props);
    const resource = resourceOf(args);
    this.#current = { resource, turn };
    return resource;
  }

  /**
   * All resources: one list for all policies that ask about one stack, since what one of them finds out about it, the
   * next one need not find out again.
   *
   * @param turn of the policy that asks
   */
  stack(turn: number, resources: readonly PolicyResource[]): SeenStack {
    const stack = this.#stack;
    if (stack !== undefined && turn > stack.turn) {
      stack.turn = turn;
      return stack.seen;
    }
    const seen = seenStack(
      resources.map((one) => stackResource(one, this.#inputs.get(one.urn) ?? one.props)),
    );
    this.#stack = { seen, turn };
    return seen;
  }

  /** Whether the host has sent a resource with its inputs; it does not where the program only reads it. */
  isRegistered(urn: string): boolean {
    return this.#inputs.has(urn);
  }

  /** Remembers that a policy reported a resource before it was created. */
  report(policy: string, urn: string): void {
    const urns = this.#reported.get(policy);
    if (urns === undefined) this.#reported.set(policy, new Set([urn]));
    else urns.add(urn);
  }

  hasReported(policy: string, urn: string): boolean {
    return this.#reported.get(policy)?.has(urn) ?? false;
  }

  #restart(): void {
    this.#inputs = new Map();
    this.#registered = new Registrations();
    this.#reported = new Map();
    this.#current = undefined;
    this.#stack = undefined;
  }
}

function resourceOf({ urn, type, name, opts, provider, props }: ResourceValidationArgs): Resource {
  return lazy({ urn, type, name, protect: opts.protect, ...(provider && { provider: provider.urn }) }, props);
}

function stackResource(resource: PolicyResource, raw: RawProperties): Resource {
  const { urn, type, name, opts, dependencies, parent, provider } = resource;
  const facts = {
    urn,
    type,
    name,
    protect: opts.protect,
    dependencies: dependencies.map((one) => one.urn),
    ...(parent && { parent: parent.urn }),
    ...(provider && { provider: provider.urn }),
  };
  return lazy(facts, raw);
}

/** Reads the properties when they are asked for: most guardrails look at a few types only. */
function lazy(facts: Omit<Resource, "props">, raw: RawProperties): Resource {
  let props: Resource["props"] | undefined;
  return {
    ...facts,
    get props() {
      return (props ??= plain(raw));
    },
  };
}
