import { z } from "zod";
import { cidrSchema, senderRangeSchema, subnetRangeSchema } from "./cidr.ts";
import {
  attestorNameSchema,
  clusterNameSchema,
  healthcareIdSchema,
  hostAndPortSchema,
  imageSchema,
  kubernetesNameSchema,
  dataLocationSchema,
  regionOrZoneSchema,
  text,
  topicNameSchema,
} from "./names.ts";
import { publicKeySchema } from "./signing.ts";

/** The runtime layer's part of a stack: admission policy, cluster, HL7v2 store and MLLP adapter. */

/** An attestor of a signing stack, with the public keys that this stack holds it to. */
export const pinnedAttestorSchema = z.strictObject({
  name: attestorNameSchema,
  publicKeys: z.array(publicKeySchema.required({ id: true })).min(1, "has no key: pin at least one"),
});

export const imagePatternSchema = text(
  /^[^\s*]+\/[^\s*]*\*{0,2}$/,
  "an image pattern: REGISTRY/PATH, with * or ** at its end at most",
);

export const admissionPolicySchema = z.strictObject({
  allowList: z.array(imagePatternSchema).default([]),
  globalPolicyEvaluation: z.boolean().default(true),
});

export const deployerClusterSchema = z.strictObject({
  name: clusterNameSchema,
  location: regionOrZoneSchema,
  ranges: z
    .strictObject({
      nodes: subnetRangeSchema.default("10.10.0.0/20"),
      pods: subnetRangeSchema.default("10.16.0.0/14"),
      services: subnetRangeSchema.default("10.20.0.0/20"),
    })
    .prefault({}),
  natEgress: z.boolean().default(false),
  releaseChannel: z.enum(["STABLE", "REGULAR", "RAPID"]).default("REGULAR"),
  machineType: text(/^[a-z0-9]+-[a-z0-9-]+$/, "a machine type, for example e2-standard-2").default(
    "e2-standard-2",
  ),
  nodesPerZone: z.int().positive().max(100).default(1),
  deletionProtection: z.boolean().default(true),
});
export type DeployerClusterConfig = z.infer<typeof deployerClusterSchema>;

/** Keys of the stack's own for the data at rest; without this, Google's keys encrypt it. */
export const customerManagedKeysSchema = z.strictObject({
  protectionLevel: z.enum(["SOFTWARE", "HSM"]).default("HSM"),
  rotationDays: z.int().min(1).max(90).default(90),
  adopt: z.boolean().default(false),
});

export const hl7v2StoreSchema = z.strictObject({
  dataset: healthcareIdSchema,
  location: dataLocationSchema,
  store: healthcareIdSchema,
  parserConfig: z.strictObject({ version: z.enum(["V1", "V2", "V3"]).default("V3") }).prefault({}),
  rejectDuplicates: z.boolean().default(true),
  protect: z.boolean().default(true),
  notifications: z
    .array(z.strictObject({ topic: topicNameSchema, filter: z.string().default("") }))
    .default([]),
});
export type Hl7v2StoreConfig = z.infer<typeof hl7v2StoreSchema>;

export const mllpAdapterSchema = z.strictObject({
  image: imageSchema,
  namespace: kubernetesNameSchema.default("mllp-adapter"),
  replicas: z.int().positive().max(100).default(1),
  senders: z.array(senderRangeSchema).min(1, "names no sender: give the ranges that may reach port 2575"),
  outbound: z
    .strictObject({
      topic: topicNameSchema,
      mllpAddress: hostAndPortSchema,
      receivers: z.array(cidrSchema).min(1),
    })
    .optional(),
});
export type MllpAdapterConfig = z.infer<typeof mllpAdapterSchema>;
