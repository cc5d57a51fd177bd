import { urnName, urnType } from "../report/urn.ts";
import { FailedRequest } from "./engine-error.ts";
import { isUrn, type StackName, urnOf } from "./urns.ts";
import { UNKNOWN_WIRE_VALUE } from "./property-wire.ts";

/** Which provider looks after a resource: the provider's URN, `::` and its id (sdk/go/common/providers/reference.go). */
export interface ProviderReference {
  readonly urn: string;
  readonly id: string;
}

const PREFIX = "pulumi:providers:";

/** Whether a type is that of a provider. */
export function isProviderType(type: string): boolean {
  return type.startsWith(PREFIX);
}

/** Whether a URN is that of a provider that no program declares. */
export function isDefaultProvider(urn: string): boolean {
  return isProviderType(urnType(urn)) && urnName(urn).startsWith("default");
}

/** The package of a provider's type, `gcp`. */
export function providerPackage(type: string): string {
  return type.slice(PREFIX.length);
}

/** The type of a package's providers. */
export function providerType(pkg: string): string {
  return PREFIX + pkg;
}

/** The package of a type or function token, `gcp` of `gcp:kms/keyRing:KeyRing`. */
export function packageOf(token: string): string {
  return token.slice(0, Math.max(0, token.indexOf(":")));
}

/** Writes a reference the way the SDK sends it. No id is known in a preview. */
export function formatReference(urn: string): string {
  return `${urn}::${UNKNOWN_WIRE_VALUE}`;
}

/** @throws FailedRequest when a text is no reference. */
export function parseReference(text: string): ProviderReference {
  const end = text.lastIndexOf("::");
  const reference = { urn: text.slice(0, Math.max(0, end)), id: text.slice(end + 2) };
  if (!isUrn(reference.urn) || reference.id === "") {
    throw new FailedRequest(`could not parse provider reference: "${text}"`);
  }
  return reference;
}

/** What a resource without a provider of its own asks for. */
export interface ProviderRequest {
  /** The package that the resource is of. */
  readonly pkg: string;
  /** `9.35.0`; absent where the program does not say. */
  readonly version?: string;
  /** Where the plugin comes from, if not from where it usually does. */
  readonly downloadUrl?: string;
}

/** A request in the protocol's words, in which an empty text stands for nothing (`parseProviderRequest` in source_eval.go). */
export function providerRequest(pkg: string, version: string, downloadUrl: string): ProviderRequest {
  return {
    pkg,
    ...(version !== "" && { version }),
    ...(downloadUrl !== "" && { downloadUrl: version === "" ? downloadUrl : downloadUrl.replace(/\/$/, "") }),
  };
}

/** The URN of the provider that serves a request (`DefaultName` in deploy/providers/provider.go). */
export function defaultProviderUrn(stack: StackName, request: ProviderRequest): string {
  return urnOf(stack, providerType(request.pkg), defaultName(request), undefined);
}

function defaultName({ version, downloadUrl }: ProviderRequest): string {
  const parts = ["default"];
  if (version !== undefined) parts.push(...version.replace(/^v/, "").split(/[.\-+]/));
  if (downloadUrl !== undefined) parts.push(asName(downloadUrl));
  return parts.join("_");
}

/** A text in which nothing is left that may not stand in a name (`IntoQName` in tokens/names.go). */
function asName(text: string): string {
  return text
    .split("/")
    .filter((segment) => segment !== "")
    .map((segment) => segment.replace(/[^\w.-]/g, "_"))
    .join("/");
}
