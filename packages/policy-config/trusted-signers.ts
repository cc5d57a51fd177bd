import { closest } from "fastest-levenshtein";
import { z } from "zod";
import { parseAttestorKey } from "@attested-fhir/attestation";
import { covers } from "./image-allow-list.ts";
import { errorMessage, formatValue, UNKNOWN, type PropertyValue } from "@attested-fhir/stack-model";

/**
 * What the pack trusts whatever the program declares: pinned in the pack's configuration, under the policy `trust`.
 * A section that is absent is not pinned, and what the program declares there is trusted.
 */

const KEY_ID =
  "The id that attestations name the key by; of a key in Cloud KMS, the full name of its version.";
const PEM =
  "The public key, PKIX in PEM. Without it the key is pinned by its id alone, as long as the key is still to be made.";

const publicKey = z.strictObject({
  id: z.string().min(1).describe(KEY_ID),
  pem: z
    .string()
    .superRefine((pem, context) => {
      const fault = errorMessage(() => parseAttestorKey(pem));
      if (fault !== undefined) context.addIssue({ code: "custom", message: fault });
    })
    .optional()
    .describe(PEM),
});

const attestor = z.strictObject({
  name: z
    .string()
    .regex(/^projects\/[^/]+\/attestors\/[^/]+$/, "has to be projects/PROJECT/attestors/ID")
    .describe("The attestor's full name, projects/PROJECT/attestors/ID."),
  note: z
    .string()
    .regex(/^projects\/[^/]+\/notes\/[^/]+$/, "has to be projects/PROJECT/notes/ID")
    .optional()
    .describe(
      "The note that its attestations are attached to, projects/PROJECT/notes/ID; any note when absent.",
    ),
  publicKeys: z
    .array(publicKey)
    .min(1, "has to hold at least one key")
    .describe("The keys that its attestations may be verified with."),
});

const trust = z.strictObject({
  enforcementLevels: z
    .literal("fixed")
    .optional()
    .describe(
      "With fixed, no policy runs at a lower enforcement level than the pack gives it, and trying is a violation.",
    ),
  attestors: z
    .array(attestor)
    .optional()
    .describe("The attestors that admission policies and programs may name."),
  signers: z
    .array(z.string().regex(/^[A-Za-z]+:.+$/, "has to be an IAM member, serviceAccount:EMAIL for example"))
    .optional()
    .describe(
      "The principals that may sign, as IAM members; an empty list for a stack in which nothing signs.",
    ),
  unattestedImages: z
    .array(z.string().min(1))
    .optional()
    .describe(
      "The images, or patterns of them, that may run without an attestation, in an admission policy's allow-list or outside Google Cloud.",
    ),
});

/** What a pack's configuration pins. */
export type Trust = z.infer<typeof trust>;

/** A key of an attestor that a configuration pins. */
type TrustedKey = z.infer<typeof publicKey>;

/** A JSON schema, as far as names of fields are found in it. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

const schema = z.toJSONSchema(trust, { io: "input" }) as Schema;

/** The parameters of the policy `trust`, by name, as JSON schemas. */
export const TRUST_PROPERTIES: Readonly<Record<string, object>> = schema.properties ?? {};

/**
 * Reads the parameters of the policy `trust`.
 *
 * @returns what they pin, or in a sentence each what is wrong with them and where, `attestors[0].name …`
 */
export function readTrust(
  parameters: unknown,
): { readonly trust: Trust } | { readonly faults: readonly string[] } {
  const read = trust.safeParse(parameters);
  if (read.success) return { trust: read.data };
  return { faults: read.error.issues.flatMap(issueTexts) };
}

function issueTexts(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code !== "unrecognized_keys") return [`${pathText(issue.path)}: ${issue.message}`];
  const fields = fieldsAt(issue.path);
  return issue.keys.map(
    (key) =>
      `${pathText([...issue.path, key])}: there is no such field. Did you mean ${closest(key, fields)}?`,
  );
}

function fieldsAt(path: readonly PropertyKey[]): readonly string[] {
  let found: Schema | undefined = schema;
  for (const step of path)
    found = typeof step === "number" ? found?.items : found?.properties?.[String(step)];
  return Object.keys(found?.properties ?? {});
}

function pathText(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`));
  return steps.join("").replace(/^\./, "");
}

/** Says in one sentence why an attestor is not trusted, or nothing where it is, or where no attestors are pinned. */
export function attestorFault({ attestors }: Trust, name: PropertyValue): string | undefined {
  if (attestors === undefined || attestors.some((pinned) => pinned.name === name)) return undefined;
  return `the attestor ${text(name)} is not pinned: the pack's configuration pins ${list(attestors.map((one) => one.name))}`;
}

/** The same about the note of an attestor that is pinned; a note that the update still has to name passes the preview. */
export function noteFault(
  { attestors }: Trust,
  name: PropertyValue,
  note: PropertyValue,
): string | undefined {
  const pinned = attestors?.find((one) => one.name === name)?.note;
  if (pinned === undefined || note === UNKNOWN || note === pinned) return undefined;
  return `the note ${text(note)} of the attestor ${text(name)} is not the pinned one: the pack's configuration pins ${pinned}`;
}

/**
 * The same about a key of an attestor that is pinned. What the update itself makes is not known in a preview: it is
 * evaluated by the update, before the attestor has the key.
 */
export function keyFault(
  { attestors }: Trust,
  name: PropertyValue,
  { id, pem }: { readonly id: PropertyValue; readonly pem: PropertyValue },
): string | undefined {
  const pinned = attestors?.find((one) => one.name === name)?.publicKeys;
  if (pinned === undefined) return undefined;
  const named = typeof id === "string" ? pinned.filter((key) => key.id === id) : pinned;
  const called = `the key ${typeof id === "string" ? id : `(its id is ${formatValue(id)})`} of the attestor ${text(name)}`;
  const pins = `the pack's configuration pins ${list(pinned.map((key) => key.id))}`;
  if (named.length === 0) return `${called} is not pinned: ${pins}`;
  if (pem === UNKNOWN || named.some((key) => matches(key, id, pem))) return undefined;
  return `${called} has another public key than the pinned one: ${fingerprint(pem)}, and ${pins} with ${list(named.map((key) => fingerprint(key.pem)))}`;
}

/** Whether a public key is the pinned one; by its id alone only where the pin holds nothing more. */
function matches(pinned: TrustedKey, id: PropertyValue, pem: PropertyValue): boolean {
  if (pinned.pem === undefined) return id === pinned.id || id === UNKNOWN;
  return fingerprint(pem) === fingerprint(pinned.pem);
}

/** A public key in a message, and what tells it from another: RFC 6920 of its DER form, which no line break changes. */
function fingerprint(pem: PropertyValue): string {
  if (typeof pem !== "string") return `a public key that is ${formatValue(pem)}`;
  let read = "a text that is not a public key";
  errorMessage(() => (read = parseAttestorKey(pem).namedInformation));
  return read;
}

/** Says in one sentence why a principal may not sign, or nothing where it may, or where no signers are pinned. */
export function signerFault({ signers }: Trust, signer: PropertyValue): string | undefined {
  if (signers === undefined || signers.some((pinned) => pinned === signer)) return undefined;
  return `the signer ${text(signer)} is not pinned: the pack's configuration pins ${list(signers)}`;
}

/** The same about an image, or a pattern of images, that runs without an attestation. */
export function unattestedFault({ unattestedImages }: Trust, pattern: PropertyValue): string | undefined {
  if (unattestedImages === undefined) return undefined;
  if (typeof pattern === "string" && unattestedImages.some((pinned) => covers(pinned, pattern)))
    return undefined;
  return `${text(pattern)} may not run without an attestation: the pack's configuration exempts ${list(unattestedImages)}`;
}

function text(value: PropertyValue): string {
  return typeof value === "string" ? value : `(${formatValue(value)})`;
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.join(", ");
}
