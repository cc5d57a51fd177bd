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
  name: text(
    /^[\w '!-]{4,30}$/,
    "a project's display name: 4 to 30 letters, digits, space, _ ' ! and -",
  ).optional(),
  organization: text(/^\d+$/, "an organization's number, in quotes").optional(),
  folder: text(/^(?:folders\/)?\d+$/, "a folder: folders/NUMBER").optional(),
  billingAccount: text(/^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$/, "a billing account: 012345-6789AB-CDEF01"),
  deletionPolicy: z.enum(["PREVENT", "DELETE", "ABANDON"]).default("PREVENT"),
});

/** A role's project: one that exists, or one to create. */
export const projectSchema = z.strictObject({
  id: projectIdSchema,
  number: projectNumberSchema.optional(),
  create: create
    .refine(
      ({ organization, folder }) => organization === undefined || folder === undefined,
      "names two parents: give organization or folder",
    )
    .optional(),
  serviceAccount: serviceAccountSchema.optional(),
});

export const projectsSchema = z.strictObject({
  kms: projectSchema.optional(),
  hl7v2: projectSchema.optional(),
  note: projectSchema.optional(),
  attestor: projectSchema.optional(),
  attestation: projectSchema.optional(),
  deployer: projectSchema.optional(),
  fhir: projectSchema.optional(),
});

export const mergedRolesSchema = z.array(z.array(z.enum(ROLES)).min(2, "names fewer than two roles"));
