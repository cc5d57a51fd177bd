import { isDefaultProvider, parseReference } from "./provider-reference.ts";
import { EngineError } from "./engine-error.ts";
import { type StackName, STACK, urnOf } from "./urns.ts";
import { containsUnknown, type WireProperties } from "./property-wire.ts";

/** What would happen to a resource on a first update. */
export type PlannedOperation = "create" | "import" | "read";

/** What a program says of a resource beside its inputs. */
export interface ResourceOptions {
  /** Undefined where the program leaves it to the parent. */
  readonly protect?: boolean | undefined;
  readonly retainOnDelete?: boolean | undefined;
  readonly deletedWith?: string | undefined;
  readonly deleteBeforeReplace?: boolean | undefined;
  readonly ignoreChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  /** In seconds; absent where the provider decides. */
  readonly customTimeouts: Readonly<Partial<Record<"create" | "update" | "delete" | "read", number>>>;
}

/** A resource that the program has registered, as the engine would keep it in the state of a first preview. */
export interface RegisteredResource {
  readonly urn: string;
  /** Pulumi's type token, `gcp:kms/keyRing:KeyRing`. */
  readonly type: string;
  readonly name: string;
  /** Whether a provider manages it, or it is one; components are not. */
  readonly custom: boolean;
  /** URN of the parent; absent for the stack itself, for default providers and for what is outside the stack. */
  readonly parent?: string;
  /** Reference to the provider; absent for components and providers. */
  readonly provider?: string;
  readonly operation: PlannedOperation;
  /** As the program gives them: no provider has checked them. Policies may change them. */
  inputs: WireProperties;
  /** What policies of the whole stack see: the inputs, and what a component registers as its outputs. */
  outputs: WireProperties;
  /** URNs of the resources that this one waits for. */
  readonly dependencies: readonly string[];
  /** URNs of the resources that each input is made from. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly options: ResourceOptions;
  /** Why its content is not in the stack; absent where it has none, or it is. */
  readonly notRendered?: string;
}

/** What stands in a stack, so far. */
export class Resources {
  readonly stack: StackName;
  readonly #byUrn = new Map<string, RegisteredResource>();
  readonly #onGrowth: (count: number) => void;
  #count = 0;

  /** @param onGrowth told how many resources there are, default providers aside, whenever that grows */
  constructor(stack: StackName, onGrowth: (count: number) => void = () => undefined) {
    this.stack = stack;
    this.#onGrowth = onGrowth;
  }

  /** All of them, in the order in which they were registered. */
  get all(): readonly RegisteredResource[] {
    return [...this.#byUrn.values()];
  }

  get(urn: string): RegisteredResource | undefined {
    return this.#byUrn.get(urn);
  }

  /**
   * The URN of a resource that is still to be added.
   *
   * @throws EngineError when its parent is not there.
   */
  urnOf({
    type,
    name,
    parent,
  }: Pick<RegisteredResource, "type" | "name"> & { parent?: string | undefined }): string {
    const urn = urnOf(this.stack, type, name, parent);
    if (parent === undefined || this.#byUrn.has(parent)) return urn;
    throw new EngineError(`could not find parent resource ${parent}`, urn);
  }

  /**
   * Adds a resource, under a URN that is made here.
   *
   * @throws EngineError when its parent is not there, or something else has its URN.
   */
  add(resource: Omit<RegisteredResource, "urn">): RegisteredResource {
    const urn = this.urnOf(resource);
    if (this.#byUrn.has(urn)) {
      throw new EngineError(`Duplicate resource URN '${urn}'; try giving it a unique name`, urn);
    }
    const added = { ...resource, urn };
    this.#byUrn.set(urn, added);
    if (!isDefaultProvider(urn)) this.#onGrowth((this.#count += 1));
    return added;
  }

  /** The provider of a resource; undefined for one that has none. */
  providerOf({ provider }: Pick<RegisteredResource, "provider">): RegisteredResource | undefined {
    return provider === undefined ? undefined : this.get(parseReference(provider).urn);
  }

  /** Whether the provider of a resource could work already: nothing of what it needs has still to be made. */
  hasReadyProvider(resource: Pick<RegisteredResource, "provider">): boolean {
    const provider = this.providerOf(resource);
    return provider === undefined || !containsUnknown(provider.inputs);
  }
}

/** Whether a resource stands for the stack itself. */
export function isStack({ type, parent }: RegisteredResource): boolean {
  return type === STACK && parent === undefined;
}
