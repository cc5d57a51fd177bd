/** URNs of resources (sdk/go/common/resource/urn). */

/** The name of a stack. */
export interface StackName {
  readonly project: string;
  /** Without an organization. */
  readonly stack: string;
}

/** The type of the stack resource. */
export const STACK = "pulumi:pulumi:Stack";

/** Formats a URN; the types of the parents precede the resource's own, except the stack's. */
export function formatUrn(
  { project, stack }: StackName,
  type: string,
  name: string,
  parent: string | undefined,
): string {
  const above = parent === undefined ? "" : qualifiedType(parent);
  const qualified = above === "" || above === STACK ? type : `${above}$${type}`;
  return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}

/** The URN of the stack resource. */
export function stackUrn(name: StackName): string {
  return formatUrn(name, STACK, `${name.project}-${name.stack}`, undefined);
}

/** Whether a string is a URN. */
export function isUrn(text: string): boolean {
  return text.startsWith("urn:pulumi:") && text.split("::").length > 3;
}

/** A resource's type with those of its parents, `PARENT$TYPE`. */
function qualifiedType(urn: string): string {
  return urn.split("::")[2] ?? "";
}
