/** How the engine names resources (sdk/go/common/resource/urn). */

/** The stack whose resources are named. */
export interface StackName {
  readonly project: string;
  /** Without an organization. */
  readonly stack: string;
}

/** The type of the resource that stands for the stack itself. */
export const STACK = "pulumi:pulumi:Stack";

/** The URN of a resource; a parent's types stand before its own, but for the stack's. */
export function urnOf(
  { project, stack }: StackName,
  type: string,
  name: string,
  parent: string | undefined,
): string {
  const above = parent === undefined ? "" : qualifiedType(parent);
  const qualified = above === "" || above === STACK ? type : `${above}$${type}`;
  return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}

/** The URN of the resource that stands for the stack itself. */
export function stackUrn(of: StackName): string {
  return urnOf(of, STACK, `${of.project}-${of.stack}`, undefined);
}

/** Whether a text is a URN. */
export function isUrn(text: string): boolean {
  return text.startsWith("urn:pulumi:") && text.split("::").length > 3;
}

/** A resource's type with those of its parents, `PARENT$TYPE`. */
function qualifiedType(urn: string): string {
  return urn.split("::")[2] ?? "";
}
