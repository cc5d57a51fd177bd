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
import { dicomSchema } from "./dicom.ts";
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
import { smartSchema } from "./smart.ts";
import { requiredLabelsSchema } from "./required-labels.ts";
import { attestorSchema, imageToSignSchema, noteSchema, signingKeySchema } from "./signing.ts";

/**
 * The keys of a stack file. Their descriptions are the only ones: `npm run docs` writes the configuration of Pulumi.yaml,
 * the tables of docs/configuration.md and stacks/stack.schema.json from this schema.
 */
export const stackSchema = z.strictObject({
  layers: z
    .array(z.enum(LAYERS), {
      error: ({ input }) =>
        input === undefined ? "is missing: name at least one of signing, runtime and fhir" : undefined,
    })
    .min(1, "is empty: name at least one of signing, runtime and fhir")
    .describe("The layers that this stack builds."),
  separateDuties: z
    .boolean()
    .default(false)
    .describe(
      "Whether signing and runtime must be stacks of their own, run by different principals. The guardrails `duties-separated` and `signing-key-protected` enforce it.",
    ),
  projects: projectsSchema.prefault({}).meta({
    shape: "object, by role",
    description: "The project of each role that the stack's layers need.",
  }),
  mergedRoles: mergedRolesSchema.default([]).meta({
    shape: "list of groups, each of two roles or more",
    description:
      "Roles that share one project. Roles of one group name the same project id; every other role has a project of its own.",
  }),
  allowedLocations: z.array(dataLocationSchema).default([]).meta({
    shape: "list of regions, or of `us`, `eu`, `europe`, `asia`, `global`",
    description:
      "The locations where health data may rest. `hl7v2Store.location` and the region of `fhirCluster.google.location` must be among them.",
  }),
  signingKey: signingKeySchema
    .optional()
    .describe("The Cloud KMS key that signs. Left out where `attestor.publicKeys` are managed elsewhere."),
  note: noteSchema.optional().describe("The Artifact Analysis note that attestations are attached to."),
  attestor: attestorSchema.optional().describe("The attestor of the signing stack."),
  signer: memberSchema
    .optional()
    .describe(
      "The only principal that may sign. Where it is a service account, the stack acts for it when it signs; otherwise Pulumi signs with its own credentials.",
    ),
  images: z
    .array(imageToSignSchema)
    .default([])
    .describe("The images to sign. Listing an image does not deploy it."),
  attestors: z
    .array(pinnedAttestorSchema)
    .default([])
    .describe("Attestors of a signing stack. The admission policies require all of them."),
  attestations: z.string().default("").meta({
    shape: "`NAME.yaml` or `NAME.json` in [stacks/](../stacks)",
    description: "The file with the attestations, as the signing stack's output `attestations` gives them.",
  }),
  admissionPolicy: admissionPolicySchema
    .prefault({})
    .describe(
      "The deployer project's Binary Authorization policy. Its default rule is not a setting: it requires attestations, blocks and logs.",
    ),
  deployerCluster: deployerClusterSchema.optional().describe("The GKE cluster that runs the MLLP adapter."),
  customerManagedKeys: customerManagedKeysSchema
    .optional()
    .describe(
      "Keys of the stack's own for data at rest: the dataset, its topics, Kubernetes secrets, boot disks, the FHIR server's volume and the mirrored images. Google's keys where it is left out. Refused in a stack that encrypts nothing with them: one of the layer fhir alone, on a cluster that exists.",
    ),
  hl7v2Store: hl7v2StoreSchema.optional().describe("The Cloud Healthcare dataset and HL7v2 store."),
  mllpAdapter: mllpAdapterSchema.optional().describe("The MLLP adapter, its image, replicas and senders."),
  fhirCluster: fhirClusterSchema.optional().meta({
    shape: "object with `context` or `google`, not both",
    description: "The cluster of the FHIR server.",
  }),
  cilium: ciliumSchema.prefault({}).describe("Cilium in the cluster of the FHIR server."),
  fhirServer: fhirServerSchema.optional().describe("The FHIR server, IRIS for Health."),
  clientImage: imageReferenceSchema.optional().meta({
    shape: "as `fhirServer.image`",
    description: "The image of FHIR clients and registration: `sh`, `sleep` and `curl` 7.55 or newer.",
  }),
  fhirClients: fhirClientsSchema
    .default({})
    .describe(
      "Clients of the FHIR server. Each requests its patient every ten seconds, by HEAD, and logs the status.",
    ),
  fhirRecords: z
    .array(fhirRecordSchema)
    .default([])
    .describe(
      "FHIR resources to register, each by a job that writes it under its own id, and again when it changes.",
    ),
  denyAll: z
    .boolean()
    .default(false)
    .describe(
      "Whether all traffic is denied that no grant allows, to and from every pod outside the system namespaces. DNS to the cluster's own servers is allowed.",
    ),
  flowVisibility: z
    .boolean()
    .default(false)
    .describe(
      "Whether all requests to the FHIR server pass Cilium's proxy, so that Hubble shows them; none is denied. For troubleshooting. Refused together with `denyAll`, which it would defeat.",
    ),
  grants: z
    .array(grantSchema)
    .default([])
    .describe(
      "Who may do what with which record. Each grant becomes a rule of two policies, for the client's egress and the server's ingress; both allow the same requests.",
    ),
  accessMode: z
    .enum(["smart", "breakGlass"])
    .default("smart")
    .describe("What protects the FHIR server's routes: SMART's tokens, or Cilium alone."),
  breakGlass: breakGlassSchema
    .optional()
    .describe(
      "Who opens the FHIR server, why and until when. Required with `accessMode: breakGlass`, without effect with `smart`.",
    ),
  smart: smartSchema
    .optional()
    .describe(
      "A SMART on FHIR app before the FHIR server: identity provider, web gateway and the app's server.",
    ),
  unattestedImages: z
    .array(unattestedImageSchema)
    .default([])
    .describe(
      "Images that run without an attestation, on a cluster that exists and requires none. Refused together with `fhirCluster.google`, which has `admissionPolicy.allowList`.",
    ),
  dicom: dicomSchema
    .optional()
    .describe(
      "A DICOMweb gateway in the FHIR server's cluster: Envoy and OPA in front of a DICOM store. Left out, there is none.",
    ),
  requiredLabels: requiredLabelsSchema
    .optional()
    .describe(
      "A label that every namespace of the stack's clusters must carry. Left out, none is required, and the stack's own namespaces carry `product: attested-fhir`.",
    ),
  endpoints: z
    .strictObject({
      kms: endpointSchema.optional().meta({ shape: "URL that ends in `/v1/`", description: "Cloud KMS." }),
      containerAnalysis: endpointSchema.optional().describe("Artifact Analysis (Container Analysis API)."),
      binaryAuthorization: endpointSchema.optional().describe("Binary Authorization."),
      serviceUsage: endpointSchema.optional().describe("Service Usage."),
      resourceManager: endpointSchema.optional().describe("Resource Manager."),
      iam: endpointSchema.optional().describe("Identity and Access Management."),
    })
    .default({})
    .describe("Addresses of Google's APIs that replace the public ones, for Private Service Connect."),
});

/** The data of a valid stack file. */
export type StackFileData = z.infer<typeof stackSchema>;
