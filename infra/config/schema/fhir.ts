import { z } from "zod";
import { BASE_PATH, BASE_PATH_FORM } from "../../../components/cilium/base-path.ts";
import { idIssue } from "../../../components/fhir/fhir-record.ts";
import { FHIR_VERSIONS, versionInPath } from "../../../components/fhir/resource-types.ts";
import { INTERACTIONS } from "../../../components/cilium/grant.ts";
import { CILIUM_VERSIONS } from "../../../components/cilium/version.ts";
import { DEFAULT_RE2_PROGRAM_LIMIT } from "@attested-fhir/cilium-access/options";
import { subnetRangeSchema } from "./cidr.ts";
import {
  clusterNameSchema,
  givenAsText,
  imageReferenceSchema,
  kubernetesNameSchema,
  labelValueSchema,
  regionOrZoneSchema,
  serviceNameSchema,
  text,
} from "./names.ts";
import { admissionPolicySchema, imagePatternSchema } from "./runtime.ts";

/** The fhir layer's part of a stack: the cluster, Cilium, the FHIR server, its clients and who may ask it what. */

/** A GKE cluster to make, in the project of the role fhir. */
const googleCluster = z.strictObject({
  name: clusterNameSchema,
  location: regionOrZoneSchema,
  ranges: z
    .strictObject({
      nodes: subnetRangeSchema.default("10.32.0.0/20"),
      pods: subnetRangeSchema.default("10.36.0.0/14"),
      services: subnetRangeSchema.default("10.40.0.0/20"),
    })
    .prefault({}),
  mirror: z.boolean().default(true),
  natEgress: z.boolean().default(false),
  admissionPolicy: admissionPolicySchema.prefault({}),
  releaseChannel: z.enum(["STABLE", "REGULAR", "RAPID"]).default("REGULAR"),
  machineType: text(/^[a-z0-9]+-[a-z0-9-]+$/, "a machine type, for example e2-standard-4").default(
    "e2-standard-4",
  ),
  nodesPerZone: z.int().positive().max(100).default(1),
  deletionProtection: z.boolean().default(true),
});
export type GoogleClusterConfig = z.infer<typeof googleCluster>;

/** Where the FHIR server runs: a cluster that exists, by its context in the kubeconfig, or one to make. */
export const fhirClusterSchema = z
  .strictObject({
    context: z.string().min(1).optional(),
    google: googleCluster.optional(),
  })
  .refine(
    ({ context, google }) => (context === undefined) !== (google === undefined),
    "names no cluster, or two: give context, for a cluster that exists, or google, for one to make",
  );

export const ciliumSchema = z.strictObject({
  install: z.boolean().default(true),
  version: z
    .enum(CILIUM_VERSIONS, {
      error: `is not a version whose images are known here by digest: give ${CILIUM_VERSIONS.join(" or ")}`,
    })
    .optional(),
  chart: z.string().min(1).optional(),
  registry: text(/^[a-z0-9.-]+(?::\d+)?(?:\/[a-z0-9._-]+)*$/, "a registry: HOST or HOST/PATH").optional(),
  policyEnforcementMode: z.enum(["default", "always"]).default("default"),
  systemNamespaces: z.array(kubernetesNameSchema).default([]),
  re2ProgramLimit: z.int().positive().default(DEFAULT_RE2_PROGRAM_LIMIT),
});
export type CiliumConfig = z.infer<typeof ciliumSchema>;

const server = z.strictObject({
  image: imageReferenceSchema,
  name: serviceNameSchema.default("coruscanthealth"),
  org: labelValueSchema.default("empire"),
  namespace: kubernetesNameSchema.default("galactic-fhir"),
  basePath: text(BASE_PATH, BASE_PATH_FORM).default("/intersystems/fhir/r5"),
  fhirVersion: z.enum(FHIR_VERSIONS).optional(),
  irisNamespace: text(/^[%A-Za-z][A-Za-z0-9-]{0,63}$/, "an IRIS namespace, as USER is").default("USER"),
  debugMode: z
    .int()
    .min(0)
    .max(6, "is not from 0 to 6: 7 opens the endpoint, for which there is accessMode")
    .default(0),
  storage: z
    .strictObject({
      size: text(/^[1-9]\d*(?:Mi|Gi|Ti)$/, "a size, as 10Gi is").default("10Gi"),
      className: kubernetesNameSchema.optional(),
    })
    .prefault({}),
  protect: z.boolean().default(true),
});

/** The version of FHIR decides which resource types there are. */
export const fhirServerSchema = server.refine(
  ({ fhirVersion, basePath }) =>
    // A path that is wrong itself says nothing.
    fhirVersion !== undefined || versionInPath(basePath) !== undefined || !BASE_PATH.test(basePath),
  {
    path: ["fhirVersion"],
    message: `is missing: basePath does not end in a version of FHIR, so give ${FHIR_VERSIONS.join(", ").replace(/, (?=[^,]*$)/, " or ")}`,
  },
);
export type FhirServerConfig = z.infer<typeof fhirServerSchema>;

const fhirId = z.string({ error: givenAsText("give a FHIR id") }).superRefine((value, context) => {
  if (idIssue(value) === undefined) return;
  context.addIssue({ code: "custom", message: "is not a FHIR id: 1 to 64 letters, digits, - and ." });
});

const fhirClient = z.strictObject({
  org: labelValueSchema,
  class: labelValueSchema,
  patient: fhirId,
});

/** Clients of the server, by name. */
export const fhirClientsSchema = z.record(kubernetesNameSchema, fhirClient);

export const fhirRecordSchema = z.strictObject({
  file: text(/^[\w-][\w.-]*\.(?:json|yaml|yml)$/, "a file beside the stack files: NAME.json"),
  authorization: z.strictObject({ secret: kubernetesNameSchema, key: z.string().min(1) }).optional(),
});

/** Who may do what with which record. The grant's own form components/cilium/ checks. */
export const grantSchema = z.strictObject({
  org: z.string({ error: givenAsText("name the organisation, the pods' label org") }),
  resourceType: z.string().default("Patient"),
  id: z.string({ error: givenAsText("name the record by its FHIR id") }),
  interactions: z.array(z.enum(INTERACTIONS)).default(["read"]),
  server: z.string({ error: givenAsText("name the FHIR server") }),
  policy: z.string().optional(),
});

export const breakGlassSchema = z.strictObject({
  owner: z.string().default(""),
  reason: z.string().default(""),
  expiry: z.string().default(""),
});

/** An image that runs without an attestation, on a cluster that cannot ask for one. */
export const unattestedImageSchema = z.strictObject({
  image: imagePatternSchema,
  reason: z.string({ error: "is missing: say why it runs without an attestation" }).min(1),
});
