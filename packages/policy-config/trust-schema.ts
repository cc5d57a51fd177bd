import { z } from "zod";
import { parseAttestorKey } from "@attested-fhir/attestation";
import { DECLARED_ROLES, errorMessage, INTERACTIONS } from "@attested-fhir/stack-model";
import { type FieldSchema, issueTexts } from "./issue-texts.ts";

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

const member = z
  .string()
  .regex(/^[A-Za-z]+:.+$/, "has to be an IAM member, serviceAccount:EMAIL for example");

const registry = z.strictObject({
  prefix: z
    .string()
    .regex(/^[^/]*[.:][^/]*(?:\/[^/]+)*$/, "has to be HOST or HOST/PATH, without a slash at the end")
    .describe("What the names of its images begin with, HOST or HOST/PATH."),
  upstream: z
    .string()
    .regex(/^[^/]*[.:][^/]*$/, "has to be a HOST")
    .optional()
    .describe("The registry that it mirrors, docker.io for Docker Hub; no mirror when absent."),
});

const project = z.strictObject({
  id: z.string().min(1).describe("The project's id."),
  number: z
    .string()
    .regex(/^[0-9]+$/, "has to be digits")
    .optional()
    .describe("The project's number."),
  roles: z
    .array(z.enum(DECLARED_ROLES))
    .optional()
    .describe("The roles that the project may have, all of which may share it; none when absent."),
  serviceAccount: z
    .string()
    .regex(/^[^@:]+@[^@:]+$/, "has to be an e-mail address")
    .optional()
    .describe("The service account that acts in those roles; any when absent."),
});

const grant = z.strictObject({
  org: z.string().min(1).describe("The organisation, the label org of its pods."),
  resourceType: z.string().min(1).optional().describe("The record's type; Patient when absent."),
  id: z.string().min(1).describe("The record's id."),
  interactions: z
    .array(z.enum(INTERACTIONS))
    .min(1, "has to name an interaction")
    .describe("What is allowed."),
  server: z.string().min(1).describe("The name of the FHIR server."),
});

const cidr = z.union([z.cidrv4(), z.cidrv6()], "has to be a range of addresses in CIDR notation");

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
    .array(member)
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
  registries: z
    .array(registry)
    .optional()
    .describe("The registries that images are pulled from, and what each of them mirrors."),
  projects: z
    .array(project)
    .optional()
    .describe("The projects that resources are in, with the roles and the identity that each has."),
  separateDuties: z
    .literal(true)
    .optional()
    .describe("With true, the program has to declare that signing and running are kept apart."),
  identities: z
    .array(member)
    .optional()
    .describe("The IAM members that roles may be granted to, in addition to those of the domains."),
  domains: z
    .array(z.string().regex(/^[^@:/*]+\.[^@:/*]+$/, "has to be a domain, example.com"))
    .optional()
    .describe(
      "The domains whose IAM members roles may be granted to: the part after the @ of an e-mail address, or a workload identity pool.",
    ),
  grants: z
    .array(grant)
    .optional()
    .describe("Who may do what with which record of which FHIR server; an empty list for nothing."),
  allowedLocations: z.array(z.string().min(1)).optional().describe("Where datasets may be."),
  systemNamespaces: z
    .array(z.string().min(1))
    .optional()
    .describe("The namespaces that deny-all leaves alone, kube-system among them."),
  senders: z.array(cidr).optional().describe("The ranges of addresses that may reach the MLLP adapter."),
  accessMode: z
    .literal("smart")
    .optional()
    .describe("With smart, the program may not open the routes of the FHIR servers by break-glass."),
});

/** What a pack's configuration pins. */
export type Trust = z.infer<typeof trust>;

/** A key of an attestor that a configuration pins. */
export type TrustedKey = z.infer<typeof publicKey>;

const schema = z.toJSONSchema(trust, { io: "input" }) as FieldSchema;

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
  return { faults: read.error.issues.flatMap((issue) => issueTexts(issue, schema)) };
}
