import { urnName, urnType } from "../report/urn.ts";
import { FailedRequest } from "./engine-error.ts";
import { isUrn, type StackName, formatUrn } from "./urns.ts";
import { UNKNOWN_WIRE_VALUE } from "./property-wire.ts";

/** A reference to a provider: the provider's URN, `::` and its id (sdk/go/common/providers/reference.go). */
export interface ProviderReference {
  readonly urn: string;
  readonly id: string;
}

const PREFIX = "pulumi:providers:";

/** Whether a type is a provider's. */
export function isProviderType(type: string): boolean {
  return type.startsWith(PREFIX);
}

/** Whether a URN is a default provider's. */
export function isDefaultProvider(urn: string): boolean {
  return isProviderType(urnType(urn)) && urnName(urn).startsWith("default");
}

/** The package of a provider's type, `gcp`. */
export function providerPackage(type: string): string {
  return type.slice(PREFIX.length);
}

/** The provider type of a package. */
export function providerType(pkg: string): string {
  return PREFIX + pkg;
}

/** The package of a type or function token, `gcp` of `gcp:kms/keyRing:KeyRing`. */
export function tokenPackage(token: string): string {
  return token.slice(0, Math.max(0, token.indexOf(":")));
}

/** Formats a reference as the SDK sends it. Ids are unknown in a preview. */
export function formatReference(urn: string): string {
  return `${urn}::${UNKNOWN_WIRE_VALUE}`;
}

/** @throws FailedRequest if the text is not a provider reference. */
export function parseReference(text: string): ProviderReference {
  const end = text.lastIndexOf("::");
  const reference = { urn: text.slice(0, Math.max(0, end)), id: text.slice(end + 2) };
  if (!isUrn(reference.urn) || reference.id === "") {
    throw new FailedRequest(`could not parse provider reference: "${text}"`);
  }
  return reference;
}

/** The default provider that a resource without an explicit provider requires. */
export interface ProviderRequest {
  /** The package of the resource. */
  readonly pkg: string;
  /** `9.35.0`; absent if the program does not set it. */
  readonly version?: string;
  /** The plugin's download URL, if it is not the default one. */
  readonly downloadUrl?: string;
}

/** Builds a request from protocol fields, in which an empty string means absent (`parseProviderRequest` in source_eval.go). */
export function providerRequest(pkg: string, version: string, downloadUrl: string): ProviderRequest {
  return {
    pkg,
    ...(version !== "" && { version }),
    ...(downloadUrl !== "" && { downloadUrl: version === "" ? downloadUrl : downloadUrl.replace(/\/$/, "") }),
  };
}

/** The URN of the provider that serves a request (`DefaultName` in deploy/providers/provider.go). */
export function defaultProviderUrn(stack: StackName, request: ProviderRequest): string {
  return formatUrn(stack, providerType(request.pkg), defaultName(request), undefined);
}

function defaultName({ version, downloadUrl }: ProviderRequest): string {
  const parts = ["default"];
  if (version !== undefined) parts.push(...version.replace(/^v/, "").split(/[.\-+]/));
  if (downloadUrl !== undefined) parts.push(asName(downloadUrl));
  return parts.join("_");
}

/** Replaces characters that names must not contain (`IntoQName` in tokens/names.go). */
function asName(text: string): string {
  return text
    .split("/")
    .filter((segment) => segment !== "")
    .map((segment) => segment.replace(/[^\w.-]/g, "_"))
    .join("/");
}
