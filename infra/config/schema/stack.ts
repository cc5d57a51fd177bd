import { z } from "zod";
import {
  breakGlassSchema,
  ciliumSchema,
  fhirClientsSchema,
  fhirClusterSchema,
  fhirRecordSchema,
  fhirServerSchema,
  grantSchema,
  unattestedImageSchema,
} from "./fhir.ts";
import { dataLocationSchema, endpointSchema, imageReferenceSchema, memberSchema } from "./names.ts";
import { LAYERS, mergedRolesSchema, projectsSchema } from "./projects.ts";
import {
  admissionPolicySchema,
  customerManagedKeysSchema,
  deployerClusterSchema,
  hl7v2StoreSchema,
  mllpAdapterSchema,
  pinnedAttestorSchema,
} from "./runtime.ts";
import { attestorSchema, imageToSignSchema, noteSchema, signingKeySchema } from "./signing.ts";

/**
 * The keys of a stack file. Pulumi.yaml declares the same keys with the same descriptions for
 * `pulumi config`; a test holds the two together.
 */
export const stackSchema = z.strictObject({
  layers: z
    .array(z.enum(LAYERS), {
      error: ({ input }) =>
        input === undefined ? "is missing: name signing, runtime, fhir or several" : undefined,
    })
    .min(1, "builds nothing: name signing, runtime, fhir or several")
    .describe("The layers that this stack builds: signing, runtime, fhir"),
  separateDuties: z
    .boolean()
    .default(false)
    .describe("Whether signing and running must be stacks of their own, run by different principals"),
  projects: projectsSchema
    .prefault({})
    .describe("The project of each role: id, and optionally number, create, serviceAccount to impersonate"),
  mergedRoles: mergedRolesSchema.default([]).describe("Groups of roles that share one project, by name"),
  allowedLocations: z
    .array(dataLocationSchema)
    .default([])
    .describe("The locations where health data may rest"),
  signingKey: signingKeySchema
    .optional()
    .describe(
      "The Cloud KMS key that signs attestations; absent where attestor.publicKeys are managed elsewhere",
    ),
  note: noteSchema.optional().describe("The Artifact Analysis note that attestations are attached to"),
  attestor: attestorSchema
    .optional()
    .describe(
      "The attestor: its id, keys managed elsewhere, and the numbers of other stacks' deployer projects that may verify",
    ),
  signer: memberSchema
    .optional()
    .describe("The only principal that signs; the stack acts for it where it is a service account"),
  images: z
    .array(imageToSignSchema)
    .default([])
    .describe("The images to sign, each with owner and reason; listing is not deploying"),
  attestors: z
    .array(pinnedAttestorSchema)
    .default([])
    .describe("Attestors of a signing stack, with their public keys pinned"),
  attestations: z
    .string()
    .default("")
    .describe("The file, beside the stack files, with the attestations that a signing stack handed out"),
  admissionPolicy: admissionPolicySchema
    .prefault({})
    .describe("The deployer project's Binary Authorization policy: allow-list and global policy"),
  deployerCluster: deployerClusterSchema.optional().describe("The GKE cluster that runs the MLLP adapter"),
  customerManagedKeys: customerManagedKeysSchema
    .optional()
    .describe("Keys of the stack's own for data at rest; Google's keys when absent"),
  hl7v2Store: hl7v2StoreSchema.optional().describe("The Healthcare API dataset and HL7v2 store"),
  mllpAdapter: mllpAdapterSchema
    .optional()
    .describe("The MLLP adapter: image, replicas, namespace and the senders admitted"),
  fhirCluster: fhirClusterSchema
    .optional()
    .describe("The cluster of the FHIR server: the context of one that exists, or a GKE cluster to make"),
  cilium: ciliumSchema.prefault({}).describe("Cilium in that cluster: whether to install it, and how"),
  fhirServer: fhirServerSchema
    .optional()
    .describe("The FHIR server: image, name, namespace, base path, storage, its own DebugMode"),
  clientImage: imageReferenceSchema
    .optional()
    .describe("The image of the FHIR clients and of registration: sh, sleep and curl 7.55 or newer"),
  fhirClients: fhirClientsSchema
    .default({})
    .describe("Clients of the FHIR server, by name: org, class and the patient that each asks for"),
  fhirRecords: z
    .array(fhirRecordSchema)
    .default([])
    .describe("FHIR resources to register, each in a file beside the stack files"),
  denyAll: z
    .boolean()
    .default(false)
    .describe("Whether everything is denied in the FHIR cluster that no grant allows, in both directions"),
  flowVisibility: z
    .boolean()
    .default(false)
    .describe("Whether Hubble shows the requests to the FHIR server, none refused; never beside denyAll"),
  grants: z
    .array(grantSchema)
    .default([])
    .describe("Who may do what with which record: org, resourceType, id, interactions, server"),
  accessMode: z
    .enum(["smart", "breakGlass"])
    .default("smart")
    .describe("What protects the FHIR server's routes: smart, or breakGlass, which leaves it to Cilium"),
  breakGlass: breakGlassSchema
    .optional()
    .describe("Who opens the FHIR server, why and until when; required by accessMode breakGlass"),
  unattestedImages: z
    .array(unattestedImageSchema)
    .default([])
    .describe("Images that run without an attestation in a cluster that exists, each with a reason"),
  endpoints: z
    .strictObject({
      kms: endpointSchema.optional(),
      containerAnalysis: endpointSchema.optional(),
      binaryAuthorization: endpointSchema.optional(),
      serviceUsage: endpointSchema.optional(),
      resourceManager: endpointSchema.optional(),
      iam: endpointSchema.optional(),
    })
    .default({})
    .describe("Addresses of Google APIs that replace the public ones, for Private Service Connect"),
});

/** A stack file, checked. */
export type StackFileData = z.infer<typeof stackSchema>;
