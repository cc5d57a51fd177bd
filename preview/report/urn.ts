/** URNs are `urn:pulumi:STACK::PROJECT::PARENTTYPE$TYPE::NAME`; a name may itself contain `::`. */

/** A resource's name, the last part of its URN. */
export function urnName(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** The URN in an engine's reference to a provider, which is the provider's URN, `::` and its id. */
export function providerUrn(reference: string): string {
  return reference.split("::").slice(0, -1).join("::");
}

/** A resource's own type, without its parents' types. */
export function urnType(urn: string): string {
  return (urn.split("::")[2] ?? "").split("$").at(-1) ?? "";
}

/** Shortens a type token that repeats the class, `gcp:kms/keyRing:KeyRing`. */
export function shortType(type: string): string {
  const [pkg = "", module = "", name = ""] = type.split(":");
  const [folder = "", file] = module.split("/");
  return file?.toLowerCase() === name.toLowerCase() ? `${pkg}:${folder}:${name}` : type;
}
