import type { Version } from "../options.ts";

/** Labels as Cilium knows them: besides key and value, each has a source. */

/** A label of an identity. */
export interface Label {
  /** `k8s` for labels of pods, `reserved` for what Cilium itself names, `cidr` for addresses. */
  readonly source: string;
  readonly key: string;
  readonly value: string;
}

/** A key as a selector names it. The source `any` stands for every source. */
export interface LabelKey {
  readonly source: string;
  readonly key: string;
}

/** The label that says which namespace a pod is in. */
export const NAMESPACE_LABEL = "io.kubernetes.pod.namespace";
/** What labels of namespaces begin with, once a pod inherits them. */
export const NAMESPACE_LABELS_PREFIX = "io.cilium.k8s.namespace.labels.";
/** The label that says which cluster a pod is in. */
export const CLUSTER_LABEL = "io.cilium.k8s.policy.cluster";
/** The label that says which service account a pod runs as. */
export const SERVICE_ACCOUNT_LABEL = "io.cilium.k8s.policy.serviceaccount";

export const ANY = "any";
export const K8S = "k8s";
export const RESERVED = "reserved";
export const CIDR = "cidr";

const SHORT_RESERVED = "$";
const OLD_RESERVED = "reserved.";

/** The key of a label in the form `source:key`. */
export function fullKey({ source, key }: LabelKey): string {
  return `${source}:${key}`;
}

/**
 * Reads a key of a selector.
 *
 * Source: pkg/labels/labels.go, `GetExtendedKeyFrom` of 1.16, which joins source and key by a dot and divides them at
 * the first dot again; `NewSourceEncodedLabelKey` and `ParseSelectLabel` of 1.20.
 */
export function parseLabelKey(text: string, version: Version): LabelKey {
  const [source, rest] = divide(text, version);
  const [key = ""] = rest.split("=", 1);
  if (source === "") return { source: ANY, key };
  if (version === "1.20") return { source, key };
  const extended = `${source}.${key}`;
  const dot = extended.indexOf(".");
  return { source: extended.slice(0, dot), key: extended.slice(dot + 1) };
}

function divide(text: string, version: Version): [string, string] {
  if (text.startsWith(SHORT_RESERVED)) return [RESERVED, text.slice(1)];
  const colon = text.indexOf(":");
  if (colon >= 0) return [text.slice(0, colon), text.slice(colon + 1)];
  if (version === "1.16" && text.startsWith(OLD_RESERVED)) return [RESERVED, text.slice(OLD_RESERVED.length)];
  return ["", text];
}

const NAME = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const SOURCE = /^[A-Za-z0-9]+$/;

/** Whether a text is the key of a Kubernetes label: a name of at most 63 characters, perhaps after a domain and `/`. */
export function isQualifiedName(text: string): boolean {
  const parts = text.split("/");
  const name = parts.at(-1) ?? "";
  if (parts.length > 2 || name.length > 63 || !NAME.test(name)) return false;
  const [prefix = ""] = parts;
  return parts.length === 1 || (prefix.length <= 253 && SUBDOMAIN.test(prefix));
}

/** Whether a text is the value of a Kubernetes label. */
export function isLabelValue(text: string): boolean {
  return text === "" || (text.length <= 63 && NAME.test(text));
}

/**
 * Whether Cilium takes a text as a selector's key. 1.16 looks at the form that it gives to the key, with `any.` or
 * another source in front; 1.20 at the key as it stands.
 */
export function isSelectorKey(text: string, version: Version): boolean {
  if (version === "1.16") {
    const { source, key } = parseLabelKey(text, version);
    return isQualifiedName(`${source}.${key}`);
  }
  const parts = text.split(":");
  if (parts.length > 2) return false;
  const [source = ""] = parts;
  return (parts.length === 1 || SOURCE.test(source)) && isQualifiedName(parts.at(-1) ?? "");
}
