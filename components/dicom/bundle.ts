import { createHash, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { PolicySettings } from "./policy-settings.ts";
import { tarArchive } from "./tar.ts";

/**
 * The bundle of the DICOMweb policy, as pure data: the Rego of policy/, which its tests test, and the stack's settings.
 * The same content makes the same bytes.
 *
 * Source: OPA's documentation, "Bundle File Format" and "Signing".
 */

/** Files of a bundle by their names. */
export type BundleFiles = Readonly<Record<string, string>>;

const POLICY = new URL("policy/", import.meta.url);

/** The packages and documents that the bundle has; OPA refuses others in it. */
const ROOTS = ["dicomweb", "envoy/authz", "metacell/dicomweb/sources/authz", "system/log"];

/** What OPA signs files by, and verifies them with. */
export const BUNDLE_ALGORITHM = "ES256";

/** The files of the bundle, without their signature. */
export function bundleFiles(settings: PolicySettings): BundleFiles {
  const policies = readdirSync(POLICY)
    .filter((name) => name.endsWith(".rego") && !name.endsWith("_test.rego"))
    .sort()
    .map((name): [string, string] => [`policy/${name}`, readFileSync(new URL(name, POLICY), "utf8")]);
  const content = {
    "data.json": canonicalJson({ dicomweb: { settings } }),
    ...Object.fromEntries<string>(policies),
  };
  const revision = sha256(canonicalJson(content));
  return { ".manifest": canonicalJson({ revision, roots: ROOTS, rego_version: 1 }), ...content };
}

/** What a signature of the bundle states: the hash of each file. */
export function signedContent(files: BundleFiles) {
  return {
    files: Object.entries(files)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, text]) => ({ name, hash: sha256(text), algorithm: "SHA-256" })),
  };
}

/**
 * Signs a bundle.
 *
 * @param key private key on P-256
 * @returns the JWT for `.signatures.json`
 */
export function signBundle(files: BundleFiles, key: KeyObject): string {
  const header = { alg: BUNDLE_ALGORITHM };
  const text = [header, signedContent(files)].map((part) => base64url(canonicalJson(part))).join(".");
  return `${text}.${sign("sha256", Buffer.from(text), { key, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
}

/**
 * What is wrong with a signature, to complete "the signature …"; undefined where it is the key's, of exactly these files.
 *
 * @param publicKey PEM of a key on P-256
 */
export function signatureFault(files: BundleFiles, signature: string, publicKey: string): string | undefined {
  const [header = "", payload = "", value = "", ...rest] = signature.split(".");
  if (value === "" || rest.length > 0) return "is not a JWT of three parts";
  const key = p256Key(publicKey);
  if (key === undefined) return "cannot be verified: the public key is not PEM of a key on P-256";
  const isValid = verify(
    "sha256",
    Buffer.from(`${header}.${payload}`),
    { key, dsaEncoding: "ieee-p1363" },
    Buffer.from(value, "base64url"),
  );
  if (!isValid) return "is not by the public key";
  if (parsed(header)?.alg !== BUNDLE_ALGORITHM) return `is not by ${BUNDLE_ALGORITHM}`;
  const signed = hashes(parsed(payload)?.files);
  const own = new Map(signedContent(files).files.map(({ name, hash }) => [name, hash]));
  const changed = [...new Set([...own.keys(), ...signed.keys()])].filter(
    (name) => own.get(name) !== signed.get(name),
  );
  return changed.length === 0 ? undefined : `is of other content in ${changed.sort().join(", ")}`;
}

function p256Key(pem: string): KeyObject | undefined {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyDetails?.namedCurve === "prime256v1" ? key : undefined;
  } catch {
    return undefined;
  }
}

function parsed(part: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function hashes(files: unknown): ReadonlyMap<string, unknown> {
  if (!Array.isArray(files)) return new Map();
  return new Map(files.map((file: Record<string, unknown> | null) => [String(file?.name), file?.hash]));
}

/** The bundle as OPA loads it, `bundle.tar.gz`. */
export function bundleArchive(files: BundleFiles, signature: string): Buffer {
  const signatures = canonicalJson({ signatures: [signature] });
  // Stored, not compressed, whose bytes could change with the version of zlib.
  return gzipSync(tarArchive({ ...files, ".signatures.json": signatures }), { level: 0 });
}

/** JSON as OPA hashes it: keys in order, no space. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .sort(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
    .map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`);
  return `{${entries.join(",")}}`;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function base64url(text: string): string {
  return Buffer.from(text).toString("base64url");
}
