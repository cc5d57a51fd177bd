import { z } from "zod";
import {
  breakGlass,
  cilium,
  fhirClients,
  fhirCluster,
  fhirRecord,
  fhirServer,
  grant,
  unattestedImage,
} from "./fhir.ts";
import { dataLocation, endpoint, imageReference, member } from "./names.ts";
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
      error: ({ input }) =>
        input === undefined ? "is missing: name signing, runtime, fhir or several" : undefined,
    })
    .min(1, "builds nothing: name signing, runtime, fhir or several")
    .describe("The layers that this stack builds: signing, runtime, fhir"),
  separateDuties: z
    .boolean()
    .default(false)
    .describe("Whether signing and running must be stacks of their own, run by different principals"),
  projects: projects
    .prefault({})
    .describe("The project of each role: id, and optionally number, create, serviceAccount to impersonate"),
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
  fhirCluster: fhirCluster
    .optional()
    .describe("The cluster of the FHIR server: the context of one that exists, or a GKE cluster to make"),
  cilium: cilium.prefault({}).describe("Cilium in that cluster: whether to install it, and how"),
  fhirServer: fhirServer
    .optional()
    .describe("The FHIR server: image, name, namespace, base path, storage, its own DebugMode"),
  clientImage: imageReference
    .optional()
    .describe("The image of the FHIR clients and of registration: sh, sleep and curl 7.55 or newer"),
  fhirClients: fhirClients
    .default({})
    .describe("Clients of the FHIR server, by name: org, class and the patient that each asks for"),
  fhirRecords: z
    .array(fhirRecord)
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
    .array(grant)
    .default([])
    .describe("Who may do what with which record: org, resourceType, id, interactions, server"),
  accessMode: z
    .enum(["smart", "breakGlass"])
    .default("smart")
    .describe("What protects the FHIR server's routes: smart, or breakGlass, which leaves it to Cilium"),
  breakGlass: breakGlass
    .optional()
    .describe("Who opens the FHIR server, why and until when; required by accessMode breakGlass"),
  unattestedImages: z
    .array(unattestedImage)
    .default([])
    .describe("Images that run without an attestation in a cluster that exists, each with a reason"),
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
