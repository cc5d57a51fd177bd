/** Which kind of Kubernetes object a resource makes, whatever class of Pulumi's SDK made it. */

/** Types of custom resources: of groups that are not Kubernetes' own, nor Cilium's, nor made up by Pulumi. */
export const CUSTOM_RESOURCE =
  /^kubernetes:(?!helm\.sh\/|cilium\.io\/|kustomize\/)(?=[^:/]*\.)(?![^:/]*\.k8s\.io\/)[^:/]+\/[^:]+:\w+$/;

/** Kinds that Pulumi's SDK has, and no API server. */
const NOT_OBJECTS = /^kubernetes:(?:helm\.sh|yaml|kustomize)/;

/**
 * The type token of the object that a resource makes. The provider goes by the inputs `apiVersion` and `kind`, so a
 * CustomResource of the kind `Pod` is a Pod; Pulumi's own tokens name the group of `v1` as `core`.
 *
 * @param type the resource's own token
 */
export function kubernetesType(type: string, apiVersion: unknown, kind: unknown): string {
  if (!type.startsWith("kubernetes:") || NOT_OBJECTS.test(type)) return type;
  const [, ownVersion = "", ownKind = ""] = type.split(":");
  const isPatch = ownKind.endsWith("Patch");
  const version = typeof apiVersion === "string" && apiVersion !== "" ? apiVersion : ownVersion;
  const name = typeof kind === "string" && kind !== "" ? kind : ownKind;
  const group = version.includes("/") ? version : `core/${version}`;
  return `kubernetes:${group}:${isPatch && !name.endsWith("Patch") ? `${name}Patch` : name}`;
}
