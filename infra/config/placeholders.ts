import type { StackConfig } from "./stack-config.ts";
import { equals, keyPath } from "./errors.ts";

/**
 * Sample values that the stack files of this repository come with, and values that are reserved for documentation. They
 * preview like any other; `pulumi up` rejects them. In the stack files a comment `# placeholder` marks each.
 */

/** A sample value, and what belongs there. */
export interface Placeholder {
  readonly path: readonly (string | number)[];
  readonly value: string;
  /** What to put there, `a project of your own`. */
  readonly put: string;
}

interface Pattern {
  readonly pattern: RegExp;
  readonly put: string;
}

/** Where a project's id may be: alone, in an account, in a resource's name, in the path of an image, in an issuer. */
const AT_PROJECT = String.raw`(?:^|@|\bprojects/|\.pkg\.dev/|\bgcr\.io/|\bsecuretoken\.google\.com/)`;

const PATTERNS: readonly Pattern[] = [
  // RFC 2606, sections 2 and 3.
  {
    pattern: /(?:(?:^|[^a-z0-9-])example\.(?:com|net|org)|[a-z0-9-]\.example)(?![a-z0-9-]|\.[a-z0-9])/i,
    put: "a name in a domain of your own",
  },
  // The digest of no image.
  {
    pattern:
      /sha256:(?:097f5602ae94cc1e594bd8867667a160e2dd83130eb2b7ac9a4511d031ec9286|862a2c5db8d5341b73ba7a668b927d1518a35900ac040736af0b6d2b1a91c3cb|4bed3e972d92451bf202b197bafbbd5255b4baf6b3b3bcfed158d172cf798c65)/,
    put: "the image that you made, by its digest",
  },
  {
    pattern: new RegExp(`${AT_PROJECT}example-[a-z0-9-]`),
    put: "a project of your own",
  },
  // Google's tutorial on signed MLLP images.
  {
    pattern: new RegExp(`${AT_PROJECT}[a-z][a-z0-9-]*-proj-id(?![a-z0-9-])`),
    put: "a project of your own",
  },
  // The sample in Google's own documents.
  { pattern: /^012345-6789AB-CDEF01$/i, put: "your billing account, by gcloud billing accounts list" },
  { pattern: /^123456789012$/, put: "your organization's number, by gcloud organizations list" },
  {
    pattern: /^10000000000[4-6]$/,
    put: "the project's number, by gcloud projects describe ID --format='value(projectNumber)'",
  },
  // The private key of this public key does not exist any more.
  {
    pattern: /MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEQOkC8u\/LAdZVDwFJU1W\/9L62WI7v/,
    put: "the attestor's public key, by pulumi stack output publicKeys of the signing stack",
  },
  // Nor does that of this one.
  {
    pattern: /MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8B6ajryMkD8r5\/4picmuuXN4nghw/,
    put: "the public half of the key that signs the DICOMweb policy",
  },
];

/** The keys whose values the stack reads from other files. */
const READ_FROM_FILES: ReadonlySet<string> = new Set(["attestations", "fhirRecords"]);

/** The sample values of a validated stack, in the order of the schema's keys. */
export function placeholdersIn(config: StackConfig): readonly Placeholder[] {
  const own = Object.entries(config).filter(([key]) => !READ_FROM_FILES.has(key));
  return own.flatMap(([key, value]) => within(value, [key]));
}

/** Each placeholder on one line: key, value, and what to put there. */
export function describePlaceholders(placeholders: readonly Placeholder[], prefix: string): string[] {
  return placeholders.map(
    ({ path, value, put }) => `${prefix}${keyPath(path)}${equals(value)}: put in ${put}`,
  );
}

/** The message with which `pulumi up` rejects a stack with placeholders; undefined for a stack without. */
export function placeholderFault(
  config: StackConfig,
  { file, prefix }: { readonly file: string; readonly prefix: string },
): string | undefined {
  const found = describePlaceholders(placeholdersIn(config), prefix);
  if (found.length === 0) return undefined;
  const count = found.length === 1 ? "1 placeholder" : `${found.length} placeholders`;
  return [`${file}: ${count}, which pulumi up refuses`, ...found.map((line) => `  ${line}`)].join("\n");
}

function within(value: unknown, path: Placeholder["path"]): readonly Placeholder[] {
  if (typeof value === "string") {
    const found = PATTERNS.find(({ pattern }) => pattern.test(value));
    return found === undefined ? [] : [{ path, value, put: found.put }];
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => within(item, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => within(part, [...path, key]));
}
