import { z } from "zod";
import { dataLocation, endpoint, member } from "./names.ts";
import { LAYERS, mergedRoles, projects } from "./projects.ts";
import {
  admissionPolicy,
  customerManagedKeys,
  deployerCluster,
  hl7v2Store,
  mllpAdapter,
  pinnedAttestor,
} from "./runtime.ts";
import { attestor, imageToSign, note, signingKey } from "./signing.ts";

/**
 * The keys of a stack file. Pulumi.yaml declares the same keys with the same descriptions for
 * `pulumi config`; a test holds the two together.
 */
export const stack = z.strictObject({
  layers: z
    .array(z.enum(LAYERS), {
      error: ({ input }) => (input === undefined ? "is missing: name signing, runtime or both" : undefined),
    })
    .min(1, "builds nothing: name signing, runtime or both")
    .describe("The layers that this stack builds: signing, runtime"),
  separateDuties: z
    .boolean()
    .default(false)
    .describe("Whether signing and runtime must be stacks of their own, run by different principals"),
  projects: projects.describe(
    "The project of each role: id, and optionally number, create, serviceAccount to impersonate",
  ),
  mergedRoles: mergedRoles.default([]).describe("Groups of roles that share one project, by name"),
  allowedLocations: z.array(dataLocation).default([]).describe("The locations where health data may rest"),
  signingKey: signingKey
    .optional()
    .describe(
      "The Cloud KMS key that signs attestations; absent where attestor.publicKeys are managed elsewhere",
    ),
  note: note.optional().describe("The Artifact Analysis note that attestations are attached to"),
  attestor: attestor
    .optional()
    .describe(
      "The attestor: its id, keys managed elsewhere, and the numbers of other stacks' deployer projects that may verify",
    ),
  signer: member
    .optional()
    .describe("The only principal that signs; the stack acts for it where it is a service account"),
  images: z
    .array(imageToSign)
    .default([])
    .describe("The images to sign, each with owner and reason; listing is not deploying"),
  attestors: z
    .array(pinnedAttestor)
    .default([])
    .describe("Attestors of a signing stack, with their public keys pinned"),
  attestations: z
    .string()
    .default("")
    .describe("The file, beside the stack files, with the attestations that a signing stack handed out"),
  admissionPolicy: admissionPolicy
    .prefault({})
    .describe("The deployer project's Binary Authorization policy: allow-list and global policy"),
  deployerCluster: deployerCluster.optional().describe("The GKE cluster that runs the MLLP adapter"),
  customerManagedKeys: customerManagedKeys
    .optional()
    .describe("Keys of the stack's own for data at rest; Google's keys when absent"),
  hl7v2Store: hl7v2Store.optional().describe("The Healthcare API dataset and HL7v2 store"),
  mllpAdapter: mllpAdapter
    .optional()
    .describe("The MLLP adapter: image, replicas, namespace and the senders admitted"),
  endpoints: z
    .strictObject({
      kms: endpoint.optional(),
      containerAnalysis: endpoint.optional(),
      binaryAuthorization: endpoint.optional(),
      serviceUsage: endpoint.optional(),
      resourceManager: endpoint.optional(),
      iam: endpoint.optional(),
    })
    .default({})
    .describe("Addresses of Google APIs that replace the public ones, for Private Service Connect"),
});

/** A stack file, checked. */
export type StackFile = z.infer<typeof stack>;
