import { z } from "zod";
import { projectIdSchema, projectNumberSchema, serviceAccountSchema, text } from "./names.ts";

/** The roles of the projects, in the order in which the tutorial sets them up; `fhir` is not the tutorial's. */
export const ROLES = ["kms", "hl7v2", "note", "attestor", "attestation", "deployer", "fhir"] as const;
export type Role = (typeof ROLES)[number];

/** What a stack may build. */
export const LAYERS = ["signing", "runtime", "fhir"] as const;
export type Layer = (typeof LAYERS)[number];

/** The layer that each role belongs to. */
export const LAYER_OF: Readonly<Record<Role, Layer>> = {
  kms: "signing",
  note: "signing",
  attestor: "signing",
  attestation: "signing",
  hl7v2: "runtime",
  deployer: "runtime",
  fhir: "fhir",
};

const create = z.strictObject({
  name: text(/^[\w '!-]{4,30}$/, "a project's display name: 4 to 30 letters, digits, space, _ ' ! and -")
    .optional()
    .describe("Display name; the project's id where it is left out."),
  organization: text(/^\d+$/, "an organization's number, in quotes")
    .optional()
    .describe("The organization above the project."),
  folder: text(/^(?:folders\/)?\d+$/, "a folder: folders/NUMBER")
    .optional()
    .describe("The folder above the project."),
  billingAccount: text(
    /^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$/,
    "a billing account: 012345-6789AB-CDEF01",
  ).describe("The billing account of the project."),
  deletionPolicy: z
    .enum(["PREVENT", "DELETE", "ABANDON"])
    .default("PREVENT")
    .describe("What `pulumi destroy` does with the project: refuse to delete it, delete it, or leave it."),
});

/** A role's project: one that exists, or one to create. */
export const projectSchema = z.strictObject({
  id: projectIdSchema.describe("The project's id."),
  number: projectNumberSchema
    .optional()
    .describe(
      "The number of a project that exists. Needed for `deployer` and `fhir` where `customerManagedKeys` is given and the stack does not create the project.",
    ),
  create: create
    .refine(
      ({ organization, folder }) => organization === undefined || folder === undefined,
      "names two parents: give organization or folder",
    )
    .optional()
    .describe(
      "Creates the project under `organization` or `folder`, not both. A user may give neither: the project then belongs to no organization. A service account needs one of them.",
    ),
  serviceAccount: serviceAccountSchema
    .optional()
    .describe(
      "The service account that Pulumi impersonates in this project. Where it is left out, Pulumi uses its own credentials.",
    ),
});

const PROJECT = "One role's project.";

export const projectsSchema = z
  .strictObject({
    kms: projectSchema.optional().describe(PROJECT),
    hl7v2: projectSchema.optional().describe(PROJECT),
    note: projectSchema.optional().describe(PROJECT),
    attestor: projectSchema.optional().describe(PROJECT),
    attestation: projectSchema.optional().describe(PROJECT),
    deployer: projectSchema.optional().describe(PROJECT),
    fhir: projectSchema.optional().describe(PROJECT),
  })
  .meta({ keys: "<role>" });

export const mergedRolesSchema = z.array(z.array(z.enum(ROLES)).min(2, "names fewer than two roles"));
