import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import {
  kubernetesType,
  Registrations,
  type RegisteredResources,
  type Resource,
  STACK,
} from "@attested-fhir/stack-model";
import { knownText, plain } from "./plain-properties.ts";

type RawProperties = ResourceValidationArgs["props"];

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
  #stack: { readonly resources: readonly Resource[]; turn: number } | undefined;

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
  stack(turn: number, resources: readonly PolicyResource[]): readonly Resource[] {
    const stack = this.#stack;
    if (stack !== undefined && turn > stack.turn) {
      stack.turn = turn;
      return stack.resources;
    }
    const found = resources.map((one) => stackResource(one, this.#inputs));
    this.#stack = { resources: found, turn };
    return found;
  }

  /** Remembers that a policy reported a resource before it was created. */
  report(policy: string, urn: string): void {
    const urns = this.#reported.get(policy);
    if (urns === undefined) this.#reported.set(policy, new Set([urn]));
    else urns.add(urn);
  }

  /** @param urn absent for the whole stack, about which the part has reported that kept any resource back */
  hasReported(policy: string, urn: string | undefined): boolean {
    const reported = this.#reported.get(policy);
    return urn === undefined ? reported !== undefined : (reported?.has(urn) ?? false);
  }

  #restart(): void {
    this.#inputs = new Map();
    this.#registered = new Registrations();
    this.#reported = new Map();
    this.#current = undefined;
    this.#stack = undefined;
  }
}

type Inputs = ReadonlyMap<string, RawProperties>;

function resourceOf({ urn, type, name, opts, provider, props }: ResourceValidationArgs): Resource {
  const facts = {
    urn,
    type: objectType(type, props),
    name,
    protect: opts.protect,
    ...(provider && { provider: provider.urn }),
  };
  return lazy(facts, props, provider?.props);
}

function stackResource(resource: PolicyResource, inputs: Inputs): Resource {
  const { urn, type, name, opts, dependencies, parent, provider } = resource;
  const raw = inputs.get(urn) ?? resource.props;
  const facts = {
    urn,
    type: objectType(type, raw),
    name,
    protect: opts.protect,
    dependencies: dependencies.map((one) => one.urn),
    ...(parent && { parent: parent.urn }),
    ...(provider && { provider: provider.urn }),
  };
  return lazy(facts, raw, provider && (inputs.get(provider.urn) ?? provider.props));
}

function objectType(type: string, props: RawProperties): string {
  if (!type.startsWith("kubernetes:")) return type;
  return kubernetesType(type, knownText(props, "apiVersion"), knownText(props, "kind"));
}

/** Reads the properties when they are asked for: most guardrails look at a few types only. */
function lazy(
  facts: Omit<Resource, "props" | "providerInputs">,
  raw: RawProperties,
  rawProvider: RawProperties | undefined,
): Resource {
  let props: Resource["props"] | undefined;
  let providerInputs: Resource["props"] | undefined;
  return {
    ...facts,
    get props() {
      return (props ??= plain(raw));
    },
    get providerInputs() {
      return (providerInputs ??= plain(rawProvider ?? {}));
    },
  };
}
