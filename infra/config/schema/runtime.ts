import { z } from "zod";
import { cidr, senderRange, subnetRange } from "./cidr.ts";
import {
  attestorName,
  clusterName,
  healthcareId,
  hostAndPort,
  image,
  kubernetesName,
  dataLocation,
  regionOrZone,
  text,
  topicName,
} from "./names.ts";
import { publicKey } from "./signing.ts";

/** The runtime layer's part of a stack: admission policy, cluster, HL7v2 store and MLLP adapter. */

/** An attestor of a signing stack, with the public keys that this stack holds it to. */
export const pinnedAttestor = z.strictObject({
  name: attestorName,
  publicKeys: z.array(publicKey.required({ id: true })).min(1, "has no key: pin at least one"),
});

/** The patterns that the tutorial exempts, for Google's own system images. */
export const SYSTEM_IMAGES = [
  "gcr.io/google_containers/*",
  "gcr.io/google-containers/*",
  "k8s.gcr.io/*",
  "gcr.io/stackdriver-agents/*",
];

export const imagePattern = text(
  /^[^\s*]+\/[^\s*]*\*{0,2}$/,
  "an image pattern: REGISTRY/PATH, with * or ** at its end at most",
);

export const admissionPolicy = z.strictObject({
  allowList: z.array(imagePattern).default([]),
  globalPolicyEvaluation: z.boolean().default(true),
});

export const deployerCluster = z.strictObject({
  name: clusterName,
  location: regionOrZone,
  ranges: z
    .strictObject({
      nodes: subnetRange.default("10.10.0.0/20"),
      pods: subnetRange.default("10.16.0.0/14"),
      services: subnetRange.default("10.20.0.0/20"),
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
export type DeployerClusterConfig = z.infer<typeof deployerCluster>;

/** Keys of the stack's own for the data at rest; without this, Google's keys encrypt it. */
export const customerManagedKeys = z.strictObject({
  protectionLevel: z.enum(["SOFTWARE", "HSM"]).default("HSM"),
  rotationDays: z.int().min(1).max(90).default(90),
  adopt: z.boolean().default(false),
});
export type CustomerManagedKeys = z.infer<typeof customerManagedKeys>;

export const hl7v2Store = z.strictObject({
  dataset: healthcareId,
  location: dataLocation,
  store: healthcareId,
  parserConfig: z.strictObject({ version: z.enum(["V1", "V2", "V3"]).default("V3") }).prefault({}),
  rejectDuplicates: z.boolean().default(true),
  protect: z.boolean().default(true),
  notifications: z.array(z.strictObject({ topic: topicName, filter: z.string().default("") })).default([]),
});
export type Hl7v2StoreConfig = z.infer<typeof hl7v2Store>;

export const mllpAdapter = z.strictObject({
  image,
  namespace: kubernetesName.default("mllp-adapter"),
  replicas: z.int().positive().max(100).default(1),
  senders: z.array(senderRange).min(1, "names no sender: give the ranges that may reach port 2575"),
  outbound: z
    .strictObject({ topic: topicName, mllpAddress: hostAndPort, receivers: z.array(cidr).min(1) })
    .optional(),
});
export type MllpAdapterConfig = z.infer<typeof mllpAdapter>;
