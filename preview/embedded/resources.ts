import { isDefaultProvider, parseReference } from "./provider-reference.ts";
import { EngineError } from "./engine-error.ts";
import { type StackName, STACK, formatUrn } from "./urns.ts";
import { containsUnknown, type WireProperties } from "./property-wire.ts";

/** The operation on a resource in a first update. */
export type PlannedOperation = "create" | "import" | "read";

/** The resource options that policies and the report use. */
export interface ResourceOptions {
  /** Undefined if the program does not set it. */
  readonly protect?: boolean | undefined;
  readonly retainOnDelete?: boolean | undefined;
  readonly deletedWith?: string | undefined;
  readonly deleteBeforeReplace?: boolean | undefined;
  readonly ignoreChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  /** In seconds; absent for the provider's defaults. */
  readonly customTimeouts: Readonly<Partial<Record<"create" | "update" | "delete" | "read", number>>>;
}

/** A registered resource, as the engine keeps it in a first preview. */
export interface RegisteredResource {
  readonly urn: string;
  /** Pulumi's type token, `gcp:kms/keyRing:KeyRing`. */
  readonly type: string;
  readonly name: string;
  /** Whether it is a custom resource or a provider; false for components. */
  readonly custom: boolean;
  /** URN of the parent; absent for the stack itself, default providers and resources outside the stack. */
  readonly parent?: string;
  /** Reference to the provider; absent for components and providers. */
  readonly provider?: string;
  readonly operation: PlannedOperation;
  /** The inputs of the program, which no provider has validated. Policies may change them. */
  inputs: WireProperties;
  /** What stack policies see: the inputs, or the outputs that a component registers. */
  outputs: WireProperties;
  /** URNs of the resources that this one depends on. */
  readonly dependencies: readonly string[];
  /** URNs of the resources that each input depends on. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly options: ResourceOptions;
  /** Why its content is not in the stack; absent where it has none, or it is. */
  readonly notRendered?: string;
}

/** The resources of a stack registered so far. */
export class Resources {
  readonly stack: StackName;
  readonly #byUrn = new Map<string, RegisteredResource>();
  readonly #onGrowth: (count: number) => void;
  #count = 0;

  /** @param onGrowth called with the number of resources, without default providers, whenever it grows */
  constructor(stack: StackName, onGrowth: (count: number) => void = () => undefined) {
    this.stack = stack;
    this.#onGrowth = onGrowth;
  }

  /** All resources, in the order of their registration. */
  get all(): readonly RegisteredResource[] {
    return [...this.#byUrn.values()];
  }

  get(urn: string): RegisteredResource | undefined {
    return this.#byUrn.get(urn);
  }

  /**
   * Returns the URN that a resource will have.
   *
   * @throws EngineError if its parent is not registered.
   */
  formatUrn({
    type,
    name,
    parent,
  }: Pick<RegisteredResource, "type" | "name"> & { parent?: string | undefined }): string {
    const urn = formatUrn(this.stack, type, name, parent);
    if (parent === undefined || this.#byUrn.has(parent)) return urn;
    throw new EngineError(`could not find parent resource ${parent}`, urn);
  }

  /**
   * Adds a resource and gives it its URN.
   *
   * @throws EngineError if its parent is not registered, or another resource has the URN.
   */
  add(resource: Omit<RegisteredResource, "urn">): RegisteredResource {
    const urn = this.formatUrn(resource);
    if (this.#byUrn.has(urn)) {
      throw new EngineError(`Duplicate resource URN '${urn}'; try giving it a unique name`, urn);
    }
    const added = { ...resource, urn };
    this.#byUrn.set(urn, added);
    if (!isDefaultProvider(urn)) this.#onGrowth((this.#count += 1));
    return added;
  }

  /** Finds the provider of a resource; undefined if it has none. */
  findProvider({ provider }: Pick<RegisteredResource, "provider">): RegisteredResource | undefined {
    return provider === undefined ? undefined : this.get(parseReference(provider).urn);
  }

  /** Whether the provider of a resource is configured: none of its inputs is unknown. */
  hasConfiguredProvider(resource: Pick<RegisteredResource, "provider">): boolean {
    const provider = this.findProvider(resource);
    return provider === undefined || !containsUnknown(provider.inputs);
  }
}

/** Whether a resource is the stack itself. */
export function isStack({ type, parent }: RegisteredResource): boolean {
  return type === STACK && parent === undefined;
}
