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

const pinnedKeyId = z
  .string()
  .min(1)
  .describe("The id of the key, as the signing stack's output `publicKeys` gives it.");

/** An attestor of a signing stack, with its public keys pinned. */
export const pinnedAttestorSchema = z.strictObject({
  name: attestorNameSchema.describe("The attestor."),
  publicKeys: z
    .array(publicKeySchema.extend({ id: pinnedKeyId }))
    .min(1, "has no key: pin at least one")
    .describe("The public keys that attestations must verify against."),
});

export const imagePatternSchema = text(
  /^[^\s*]+\/[^\s*]*\*{0,2}$/,
  "an image pattern: REGISTRY/PATH, with * or ** at its end at most",
);

export const admissionPolicySchema = z.strictObject({
  allowList: z.array(imagePatternSchema).default([]).meta({
    shape: "list of patterns `REGISTRY/PATH`, with `*` or `**` at the end at most",
    description: "Images that need no attestation, besides those that the stack exempts itself.",
  }),
  globalPolicyEvaluation: z
    .boolean()
    .default(true)
    .describe("Whether Google's own policy for the system images of GKE is evaluated first."),
});

export const deployerClusterSchema = z.strictObject({
  name: clusterNameSchema.describe("Name of the cluster."),
  location: regionOrZoneSchema.describe(
    "A region spreads control plane and nodes over its zones; a zone keeps them in one.",
  ),
  ranges: z
    .strictObject({
      nodes: subnetRangeSchema.default("10.10.0.0/20").describe("Addresses of nodes."),
      pods: subnetRangeSchema.default("10.16.0.0/14").describe("Addresses of pods."),
      services: subnetRangeSchema.default("10.20.0.0/20").describe("Addresses of services."),
    })
    .prefault({})
    .describe(
      "The cluster's network ranges, IPv4 in CIDR notation, from `/8` to `/29`, disjoint from one another and from `mllpAdapter.senders`.",
    ),
  natEgress: z
    .boolean()
    .default(false)
    .describe(
      "Whether nodes and pods may open connections to the internet, through Cloud NAT. Without it, images come from `gcr.io` and `pkg.dev` alone.",
    ),
  releaseChannel: z
    .enum(["STABLE", "REGULAR", "RAPID"])
    .default("REGULAR")
    .describe("The channel that upgrades come from."),
  machineType: text(/^[a-z0-9]+-[a-z0-9-]+$/, "a machine type, for example e2-standard-2")
    .default("e2-standard-2")
    .describe("Machine type of the nodes."),
  nodesPerZone: z.int().positive().max(100).default(1).describe("Nodes in each zone."),
  deletionProtection: z.boolean().default(true).describe("Whether Google refuses to delete the cluster."),
});
export type DeployerClusterConfig = z.infer<typeof deployerClusterSchema>;

/** Keys of the stack's own for the data at rest; without this, Google's keys encrypt it. */
export const customerManagedKeysSchema = z.strictObject({
  protectionLevel: z.enum(["SOFTWARE", "HSM"]).default("HSM").describe("Where the keys live."),
  rotationDays: z
    .int()
    .min(1)
    .max(90)
    .default(90)
    .describe("After how many days a new key version takes over."),
  adopt: z
    .boolean()
    .default(false)
    .describe(
      "Whether these key rings and keys exist already and are imported. They are named `deployer-encryption`, `hl7v2-encryption` and `fhir-encryption`.",
    ),
});

export const hl7v2StoreSchema = z.strictObject({
  dataset: healthcareIdSchema.describe("The dataset's id."),
  location: dataLocationSchema.meta({
    shape: "region, or `us`, `eu`, `europe`, `asia`, `global`; one of `allowedLocations`",
    description: "Where the dataset rests.",
  }),
  store: healthcareIdSchema.describe("The store's id."),
  parserConfig: z
    .strictObject({
      version: z
        .enum(["V1", "V2", "V3"])
        .default("V3")
        .describe(
          "Version of the parser. V1, Google's default, numbers the fields of MSH one too low. The version of a store cannot be changed: for a store that exists, give its own.",
        ),
    })
    .prefault({})
    .describe("How the store parses messages."),
  rejectDuplicates: z
    .boolean()
    .default(true)
    .describe("Whether the store rejects a message that it has already."),
  protect: z
    .boolean()
    .default(true)
    .describe("Whether Pulumi refuses to delete or replace dataset and store."),
  notifications: z
    .array(
      z.strictObject({
        topic: topicNameSchema.describe("The topic's id."),
        filter: z.string().default("").meta({
          shape: "filter of the Cloud Healthcare API",
          description: "Which messages; all of them where it is empty.",
        }),
      }),
    )
    .default([])
    .describe("Pub/Sub topics, created in the same project, that are notified of new messages."),
});
export type Hl7v2StoreConfig = z.infer<typeof hl7v2StoreSchema>;

export const mllpAdapterSchema = z.strictObject({
  image: imageSchema.describe("The image to run. Naming it here does not sign it."),
  namespace: kubernetesNameSchema.default("mllp-adapter").describe("The namespace, created by the stack."),
  replicas: z.int().positive().max(100).default(1).describe("How many adapters run."),
  senders: z
    .array(senderRangeSchema)
    .min(1, "names no sender: give the ranges that may reach port 2575")
    .meta({
      shape: "list of IPv4 ranges, at least one, none wider than `/8`",
      description: "Who may reach port 2575.",
    }),
  outbound: z
    .strictObject({
      topic: topicNameSchema.meta({
        shape: "one of the topics in `hl7v2Store.notifications`",
        description: "The topic that announces the messages to send.",
      }),
      mllpAddress: hostAndPortSchema.describe("The partner's receiver."),
      receivers: z.array(cidrSchema).min(1).meta({
        shape: "list of IPv4 ranges, at least one",
        description:
          "The ranges that the receiver is in; the adapter's network policy opens them, on the receiver's port.",
      }),
    })
    .optional()
    .describe("Sends messages of the store to a partner's MLLP receiver."),
});
export type MllpAdapterConfig = z.infer<typeof mllpAdapterSchema>;
