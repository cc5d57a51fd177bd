/** Components whose children come from a function of the Kubernetes provider that embedded mode cannot call. */
const RENDERED_BY_PROVIDER: ReadonlySet<string> = new Set([
  "kubernetes:helm.sh/v2:Chart",
  "kubernetes:helm.sh/v3:Chart",
  "kubernetes:kustomize:Directory",
]);

/**
 * Why embedded mode does not see what a resource is made of; undefined where it does.
 *
 * @param remote whether the resource is a remote component, whose children its provider registers (`Construct`)
 */
export function reasonNotRendered(type: string, remote: boolean): string | undefined {
  if (remote) return "only its provider can construct this remote component";
  return RENDERED_BY_PROVIDER.has(type) ? "only the Kubernetes provider can render it" : undefined;
}
