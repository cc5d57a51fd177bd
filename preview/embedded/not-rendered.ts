/** Components whose children come from a function of the Kubernetes provider, and what could render them. */
const RENDERED_BY_TOOL: ReadonlyMap<string, string> = new Map([
  ["kubernetes:helm.sh/v2:Chart", "helm"],
  ["kubernetes:helm.sh/v3:Chart", "helm"],
  ["kubernetes:kustomize:Directory", "kustomize"],
]);

/**
 * Why embedded mode does not see what a resource is made of; undefined where it does.
 *
 * @param remote whether the resource is a remote component, whose children its provider registers (`Construct`)
 */
export function reasonNotRendered(type: string, remote: boolean): string | undefined {
  if (remote) return "only its provider can construct this remote component";
  const tool = RENDERED_BY_TOOL.get(type);
  return tool === undefined ? undefined : `only the Kubernetes provider, or ${tool}, can render it`;
}
