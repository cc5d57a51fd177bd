import type { Resource } from "./resource.ts";
import { propertyAt, UNKNOWN, type PropertyValue } from "./property-value.ts";

const NAMESPACE = "kubernetes:core/v1:Namespace";

/**
 * The names of namespaces, also before the update that creates them. Where the cluster does not exist yet, the name of
 * a new Namespace is unknown to Pulumi, and so is the namespace of every resource that takes it from there.
 * Such a resource is made from that Namespace, as Pulumi's dependencies say, so that its namespace is the
 * Namespace's; and a Namespace whose own name waits for something else has the name that the stack declares for its
 * FHIR servers. A report that knows no dependencies goes by the components instead, which have a namespace of their own or
 * share the FHIR servers'. All are evaluated again when the names are known: a resource that was made in another namespace after
 * all is a violation then, of that very update.
 */
export class NamespaceNames {
  private readonly resources: ReadonlyMap<string, Resource>;
  private readonly declared: string | undefined;

  /**
   * @param declared the namespace of the FHIR servers; undefined where the stack has none, or servers in several
   */
  constructor(resources: readonly Resource[], declared: string | undefined) {
    this.resources = new Map(resources.map((one) => [one.urn, one]));
    this.declared = declared;
  }

  /** The namespace of a resource; undefined where it has none, UNKNOWN where it is not known yet. */
  nameFor(resource: Resource, named: PropertyValue): string | typeof UNKNOWN | undefined {
    if (typeof named === "string") return named;
    if (named !== UNKNOWN) return undefined;
    const [only, another] = this.madeFrom(resource);
    return only === undefined || another !== undefined ? UNKNOWN : this.nameOf(only);
  }

  /** The Namespaces of its cluster that a resource is made from, be it through others. */
  private madeFrom({ urn, provider, dependencies }: Resource): readonly Resource[] {
    // Where a resource's dependencies are not known, it may be any of its own subject.
    const seen = new Set(dependencies ?? this.resources.keys());
    for (const urn of seen) {
      const resource = this.resources.get(urn);
      // What a Namespace waited for is not what is in it.
      if (resource?.provider !== provider || resource?.type === NAMESPACE) continue;
      for (const further of resource?.dependencies ?? []) seen.add(further);
    }
    const namespaces = [...seen]
      .flatMap((one) => this.resources.get(one) ?? [])
      .filter((one) => one.type === NAMESPACE && one.provider === provider);
    if (dependencies !== undefined || namespaces.length < 2) return namespaces;
    return namespaces.filter((namespace) => subject(namespace.urn) === subject(urn));
  }

  /** The name of a Namespace; UNKNOWN where it is not known yet. */
  nameOf(namespace: Resource): string | typeof UNKNOWN {
    const name = given(namespace);
    if (typeof name === "string") return name;
    const alike = [...this.resources.values()].filter(
      (one) => one.type === NAMESPACE && one.provider === namespace.provider && given(one) === UNKNOWN,
    );
    return name === UNKNOWN && alike.length === 1 ? (this.declared ?? UNKNOWN) : UNKNOWN;
  }
}

/** Components that have a namespace of their own, by the subject in their type; all others share the FHIR servers'. */
const OWN_NAMESPACE = /attested-fhir:(dicom|gatekeeper):/;

function subject(urn: string): string {
  return OWN_NAMESPACE.exec(urn)?.[1] ?? "fhir";
}

function given({ props }: Resource): PropertyValue {
  return propertyAt(props, "metadata", "name");
}
