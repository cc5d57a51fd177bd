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

/** The fhir layer's part of a stack: the cluster, Cilium, the FHIR server, its clients, records and grants. */

/** A GKE cluster to make, in the project of the role fhir. */
const googleCluster = z.strictObject({
  name: clusterNameSchema.describe("Name of the cluster."),
  location: regionOrZoneSchema.meta({
    shape: "region or zone; its region one of `allowedLocations`",
    description: "A region spreads control plane and nodes over its zones; a zone keeps them in one.",
  }),
  ranges: z
    .strictObject({
      nodes: subnetRangeSchema.default("10.32.0.0/20").describe("Addresses of nodes."),
      pods: subnetRangeSchema.default("10.36.0.0/14").describe("Addresses of pods."),
      services: subnetRangeSchema.default("10.40.0.0/20").describe("Addresses of services."),
    })
    .prefault({})
    .describe(
      "The cluster's network ranges, IPv4 in CIDR notation, from `/8` to `/29`, disjoint from one another.",
    ),
  mirror: z
    .boolean()
    .default(true)
    .describe(
      "Whether nodes pull through mirrors of quay.io and Docker Hub in the project's Artifact Registry. Cilium's images are pulled from there, and your own images where you name them by the mirror.",
    ),
  natEgress: z
    .boolean()
    .default(false)
    .describe(
      "Whether nodes and pods may open connections to the internet, through Cloud NAT. Nodes need this or `mirror`: otherwise Cilium never starts. Without it, images come from `gcr.io` and `pkg.dev` alone.",
    ),
  admissionPolicy: admissionPolicySchema
    .prefault({})
    .describe(
      "The project's Binary Authorization policy. It requires attestations; the stack exempts Cilium's images alone, each by its digest.",
    ),
  releaseChannel: z
    .enum(["STABLE", "REGULAR", "RAPID"])
    .default("REGULAR")
    .describe("The channel that upgrades come from."),
  machineType: text(/^[a-z0-9]+-[a-z0-9-]+$/, "a machine type, for example e2-standard-4")
    .default("e2-standard-4")
    .describe("Machine type of the nodes."),
  nodesPerZone: z.int().positive().max(100).default(1).describe("Nodes in each zone."),
  deletionProtection: z.boolean().default(true).describe("Whether Google refuses to delete the cluster."),
});
export type GoogleClusterConfig = z.infer<typeof googleCluster>;

/** Where the FHIR server runs: a cluster that exists, by its context in the kubeconfig, or one to make. */
export const fhirClusterSchema = z
  .strictObject({
    context: z
      .string()
      .min(1)
      .optional()
      .describe(
        "The context, in your kubeconfig, of a cluster that exists. The cluster is checked before any resource is declared: where it cannot be reached, or has no Cilium and `cilium.install` is false, an update fails and a preview warns.",
      ),
    google: googleCluster
      .optional()
      .describe(
        "A GKE cluster to create, in the project of the role `fhir`. It requires attestations as the deployer's cluster does.",
      ),
  })
  .refine(
    ({ context, google }) => (context === undefined) !== (google === undefined),
    "must name exactly one cluster: give context for an existing cluster, or google for a new one",
  );

export const ciliumSchema = z.strictObject({
  install: z
    .boolean()
    .default(true)
    .describe(
      "Whether the stack installs Cilium. `false` where the cluster has it already; never with `fhirCluster.google`.",
    ),
  version: z
    .enum(CILIUM_VERSIONS, {
      error: `is not a version whose images are known here by digest: give ${CILIUM_VERSIONS.join(" or ")}`,
    })
    .optional()
    .describe(
      "The version of Cilium to install, the newest of these where it is left out; with `cilium.install: false`, the installed version, by whose semantics policies are evaluated. Other versions are refused: images run by digest, and only the digests of these versions are known. With `fhirCluster.google`, 1.16.0 is refused, too: its agents do not start on GKE 1.36.2 and newer.",
    ),
  chart: z.string().min(1).optional().meta({
    shape: "path of an archive `cilium-VERSION.tgz`",
    description:
      "The archive of Cilium's Helm chart in the pinned version, for machines without internet access; its path is relative to the project's directory. Where it is left out, the chart comes from Cilium's own repository.",
  }),
  registry: text(/^[a-z0-9.-]+(?::\d+)?(?:\/[a-z0-9._-]+)*$/, "a registry: HOST or HOST/PATH")
    .optional()
    .describe(
      "A mirror of quay.io with the same paths, from which Cilium's images are pulled by the same digests. Where it is left out: quay.io itself. Refused together with `fhirCluster.google.mirror`, which is such a mirror.",
    ),
  policyEnforcementMode: z
    .enum(["default", "always"])
    .default("default")
    .describe(
      "What Cilium does with pods that no policy selects: `default` allows all traffic, `always` denies it.",
    ),
  systemNamespaces: z.array(kubernetesNameSchema).default([]).meta({
    shape: "list of Kubernetes names",
    description:
      "Namespaces besides `kube-system` that `denyAll` and `always` do not apply to, for the cluster's own workloads. Never the FHIR server's.",
  }),
  re2ProgramLimit: z.int().positive().default(DEFAULT_RE2_PROGRAM_LIMIT).meta({
    shape: "whole number, in RE2 instructions",
    description:
      "The largest regular expression that Envoy takes, its `re2.max_program_size.error_level`. Envoy refuses a policy with a larger one, and the server would be unprotected, so a grant that needs more fails validation.",
  }),
});

const server = z.strictObject({
  image: imageReferenceSchema.meta({
    shape: "`HOST/NAME@sha256:…`; by tag only where `unattestedImages` lists it by the same name",
    description: "The image of the server, with a FHIR endpoint installed.",
  }),
  name: serviceNameSchema
    .default("coruscanthealth")
    .describe("Name of the server, by which grants name it; it is the pods' label `class`."),
  org: labelValueSchema.default("empire").describe("The pods' label `org`."),
  namespace: kubernetesNameSchema.default("galactic-fhir").meta({
    shape: "1 to 63 lowercase letters, digits and hyphens; none of Kubernetes' own",
    description: "The namespace of server and clients, created by the stack.",
  }),
  basePath: text(BASE_PATH, BASE_PATH_FORM)
    .default("/intersystems/fhir/r5")
    .describe("Path of the endpoint, which policies, clients and registration use."),
  fhirVersion: z
    .enum(FHIR_VERSIONS)
    .optional()
    .describe(
      "The version of FHIR, which decides the resource types that `grants` and `fhirRecords` may name. Where it is left out, `basePath` must end in it, as `/r5` does.",
    ),
  irisNamespace: text(/^[%A-Za-z][A-Za-z0-9-]{0,63}$/, "an IRIS namespace, such as USER")
    .default("USER")
    .describe("The IRIS namespace that the endpoint is installed in."),
  debugMode: z
    .int()
    .min(0)
    .max(6, "is not from 0 to 6: 7 opens the endpoint, which only accessMode: breakGlass may do")
    .default(0)
    .describe(
      "The endpoint's own DebugMode, which `accessMode: smart` sets and which is restored when break-glass ends. 7 opens the endpoint, and only `accessMode: breakGlass` sets it.",
    ),
  storage: z
    .strictObject({
      size: text(/^[1-9]\d*(?:Mi|Gi|Ti)$/, "a size, such as 10Gi")
        .default("10Gi")
        .describe("Size of the volume."),
      className: kubernetesNameSchema
        .optional()
        .describe(
          "Storage class of the volume; the cluster's default where it is left out. Refused with `customerManagedKeys`, for which the stack creates a storage class.",
        ),
    })
    .prefault({})
    .describe("The volume of IRIS's data."),
  protect: z
    .boolean()
    .default(true)
    .describe("Whether Pulumi refuses to delete or replace namespace and volume, and the records with them."),
});

/** The version of FHIR decides which resource types exist. */
export const fhirServerSchema = server.refine(
  ({ fhirVersion, basePath }) =>
    // An invalid path is reported by itself.
    fhirVersion !== undefined || versionInPath(basePath) !== undefined || !BASE_PATH.test(basePath),
  {
    path: ["fhirVersion"],
    message: `is missing: basePath does not end in a version of FHIR, so give ${FHIR_VERSIONS.join(", ").replace(/, (?=[^,]*$)/, " or ")}`,
  },
);
export type FhirServerConfig = z.infer<typeof fhirServerSchema>;

const FHIR_ID = "FHIR id: 1 to 64 letters, digits, - and .";

const fhirId = z
  .string({ error: givenAsText("give a FHIR id") })
  .superRefine((value, context) => {
    if (idIssue(value) === undefined) return;
    context.addIssue({ code: "custom", message: `is not a ${FHIR_ID}` });
  })
  .meta({ shape: FHIR_ID });

const fhirClient = z.strictObject({
  org: labelValueSchema.meta({
    shape: "value of a Kubernetes label, not `registration`",
    description: "The organisation, the pods' label `org`.",
  }),
  class: labelValueSchema.meta({
    shape: "value of a Kubernetes label, not the server's name",
    description: "The kind of client, the pods' label `class`.",
  }),
  patient: fhirId.describe("The patient that the client requests."),
});

/** Clients of the server, by name. */
export const fhirClientsSchema = z.record(kubernetesNameSchema, fhirClient);

export const fhirRecordSchema = z.strictObject({
  file: text(
    /^[\w-][\w.-]*\.(?:json|yaml|yml)$/,
    "a file in the directory of the stack files: NAME.json",
  ).meta({
    shape: "`NAME.json` or `NAME.yaml` in [stacks/](../stacks)",
    description: "The resource, with `resourceType` and `id`.",
  }),
  authorization: z
    .strictObject({
      secret: kubernetesNameSchema.describe("A Secret in the server's namespace."),
      key: z
        .string()
        .min(1)
        .describe("The key of the Secret whose value is a header: `Authorization: Bearer …`."),
    })
    .optional()
    .describe("What the job authenticates with; nothing where it is left out."),
});

/** Who may do what with which record. components/cilium/ validates the grant's syntax. */
export const grantSchema = z.strictObject({
  org: z.string({ error: givenAsText("name the organisation, the pods' label org") }).meta({
    shape: "value of a Kubernetes label, not `registration`",
    description: "The organisation whose pods are allowed, by the label `org`.",
  }),
  resourceType: z
    .string()
    .default("Patient")
    .meta({ shape: "resource type of the server's version of FHIR", description: "Type of the record." }),
  id: z
    .string({ error: givenAsText("name the record by its FHIR id") })
    .meta({ shape: FHIR_ID, description: "The record." }),
  interactions: z
    .array(z.enum(INTERACTIONS))
    .default(["read"])
    .describe("The interactions that are allowed: GET and HEAD, and PUT for `update`."),
  server: z
    .string({ error: givenAsText("name the FHIR server") })
    .meta({ shape: "`fhirServer.name`", description: "The server that holds the record." }),
  policy: z.string().optional().meta({
    shape: "lower-case letters, digits, `- .`",
    description:
      "Name of the policy that allows the organisation's egress; `fhir-ORG` where it is left out. A policy belongs to one organisation.",
  }),
});

export const breakGlassSchema = z.strictObject({
  owner: z.string().default("").describe("Who is responsible for the break-glass."),
  reason: z.string().default("").describe("Why the server must be opened."),
  expiry: z.string().default("").meta({
    shape: 'ISO 8601 time with its zone, in quotes: `"2026-10-01T20:00:00Z"`',
    description: "When the endpoint closes by itself; at most 72 hours ahead.",
  }),
});

/** An image that runs without an attestation, on a cluster that does not require one. */
export const unattestedImageSchema = z.strictObject({
  image: imagePatternSchema.describe(
    "The image, or a narrow pattern. An image that is named in full, with its tag, may be pulled by that tag.",
  ),
  reason: z
    .string({ error: "is missing: say why it runs without an attestation" })
    .min(1)
    .describe("Why the image runs without an attestation."),
});
