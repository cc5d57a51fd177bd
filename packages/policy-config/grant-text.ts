/** A grant, as declarations and pins have it. */
interface GrantWords {
  readonly org: string;
  /** Defaults to Patient. */
  readonly resourceType?: string | undefined;
  readonly id: string;
  readonly interactions: readonly string[];
  readonly server: string;
}

/** A grant in a message: `ward: read, history of Patient/example at hospital-fhir`. */
export function grantText({ org, resourceType = "Patient", id, interactions, server }: GrantWords): string {
  return `${org}: ${interactions.join(", ")} of ${resourceType}/${id} at ${server}`;
}
