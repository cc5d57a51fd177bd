import { isDeepStrictEqual } from "node:util";
import type { ConfigIssue } from "../errors.ts";
import { REQUIRED_KEYS } from "../layer-configs.ts";
import { LAYER_OF, LAYERS, type Layer, type Role, ROLES } from "../schema/projects.ts";
import type { StackFileData } from "../schema/stack.ts";
import type { Draft } from "./check.ts";

/** Constraints between layers, roles and projects. */

/** The keys that only some layers read. */
const KEYS_OF: Readonly<Record<Layer, readonly (keyof StackFileData)[]>> = {
  signing: ["signingKey", "note", "attestor", "signer", "images"],
  runtime: [
    "attestors",
    "attestations",
    "admissionPolicy",
    "deployerCluster",
    "customerManagedKeys",
    "hl7v2Store",
    "mllpAdapter",
    "requiredLabels",
  ],
  fhir: [
    "attestors",
    "attestations",
    "customerManagedKeys",
    "fhirCluster",
    "cilium",
    "fhirServer",
    "clientImage",
    "fhirClients",
    "fhirRecords",
    "denyAll",
    "flowVisibility",
    "grants",
    "accessMode",
    "breakGlass",
    "smart",
    "unattestedImages",
    "dicom",
    "requiredLabels",
  ],
};

type Data = Readonly<Record<string, unknown>>;

/** From the raw data: a malformed key is still meant to replace Cloud KMS. */
function keysManagedElsewhere(data: Data): boolean {
  const { publicKeys } = asObject(data.attestor);
  return Array.isArray(publicKeys) && publicKeys.length > 0;
}

/** An existing FHIR cluster needs no project. */
function makesFhirCluster(data: Data): boolean {
  return asObject(data.fhirCluster).google !== undefined;
}

function neededRoles(data: Data, layer: Layer): Role[] {
  return ROLES.filter(
    (role) =>
      LAYER_OF[role] === layer &&
      !(role === "kms" && keysManagedElsewhere(data)) &&
      !(role === "fhir" && !makesFhirCluster(data)),
  );
}

/** Each layer that the stack builds must have its keys and roles, and no other layer may have any. */
export function layersAreWhole({ layers }: Draft, data: Data): ConfigIssue[] {
  if (layers === undefined) return [];
  return [
    ...LAYERS.flatMap((layer) => (layers.includes(layer) ? missing(layer, data) : [])),
    ...surplusKeys(layers, data),
    ...surplusProjects(layers, data),
  ];
}

function missing(layer: Layer, data: Data): ConfigIssue[] {
  const own = layer === "signing" && !keysManagedElsewhere(data) ? ["signingKey"] : [];
  const keys = [...REQUIRED_KEYS[layer], ...own];
  const projects = asObject(data.projects);
  return [
    ...keys
      .filter((key) => data[key] === undefined)
      .map((key) => ({ path: [key], message: `is missing: the layer ${layer} needs it` })),
    ...neededRoles(data, layer)
      .filter((role) => projects[role] === undefined)
      .map((role) => ({
        path: ["projects", role],
        message: `is missing: the layer ${layer} needs a project for this role`,
      })),
    ...elsewhere(layer, projects, data),
    ...(layer === "fhir" ? missingImage(data) : []),
  ];
}

function missingImage({ clientImage, fhirClients, fhirRecords }: Data): ConfigIssue[] {
  const run = [fhirClients, fhirRecords].some((clients) => Object.keys(asObject(clients)).length > 0);
  if (clientImage !== undefined || !run) return [];
  return [{ path: ["clientImage"], message: "is missing: fhirClients and fhirRecords run from it" }];
}

function elsewhere(layer: Layer, projects: Record<string, unknown>, data: Data): ConfigIssue[] {
  if (layer !== "signing" || !keysManagedElsewhere(data)) return [];
  const why =
    "must not be set together with attestor.publicKeys: the keys are managed either in this stack or elsewhere";
  return [
    ...(data.signingKey === undefined ? [] : [{ path: ["signingKey"], message: why }]),
    ...(projects.kms === undefined ? [] : [{ path: ["projects", "kms"], message: why }]),
  ];
}

function surplusKeys(layers: readonly Layer[], data: Data): ConfigIssue[] {
  const read = new Set(layers.flatMap((layer) => KEYS_OF[layer]));
  const ofLayer = new Map(LAYERS.toReversed().flatMap((layer) => KEYS_OF[layer].map((key) => [key, layer])));
  return LAYERS.flatMap((layer) => KEYS_OF[layer].filter((key) => ofLayer.get(key) === layer))
    .filter((key) => data[key] !== undefined && !read.has(key))
    .map((key) => ({ path: [key], message: belongsElsewhere(ofLayer.get(key) ?? "fhir") }));
}

function surplusProjects(layers: readonly Layer[], data: Data): ConfigIssue[] {
  const projects = asObject(data.projects);
  return ROLES.filter((role) => projects[role] !== undefined).flatMap((role) => {
    const path = ["projects", role];
    if (!layers.includes(LAYER_OF[role])) return [{ path, message: belongsElsewhere(LAYER_OF[role]) }];
    if (role !== "fhir" || makesFhirCluster(data)) return [];
    return [
      { path, message: "is given, but the FHIR cluster exists: leave it out, or give fhirCluster.google" },
    ];
  });
}

function belongsElsewhere(layer: Layer): string {
  return `belongs to the layer ${layer}, which this stack does not build: leave it out, or add ${layer} to layers`;
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Roles that never share a project, because a project has only one Binary Authorization policy. */
const NEVER_MERGED: readonly Role[] = ["deployer", "fhir"];

/** Google allows users, but not service accounts, to create a project without an organization. */
export function serviceAccountsNameParents({ projects = {} }: Draft): ConfigIssue[] {
  return ROLES.flatMap((role) => {
    const { create, serviceAccount } = projects[role] ?? {};
    if (create === undefined || serviceAccount === undefined) return [];
    // The schema reports a malformed one.
    if ("organization" in create || "folder" in create) return [];
    const message =
      "has no parent, and a service account cannot create a project without one: give organization or folder";
    return [{ path: ["projects", role, "create"], message }];
  });
}

/** Roles share a project only where mergedRoles names them together, and then with the same settings. */
export function rolesShareOnlyByName({ projects, mergedRoles }: Draft): ConfigIssue[] {
  if (projects === undefined || mergedRoles === undefined) return [];
  const present = ROLES.filter((role) => projects[role]?.id !== undefined);
  const groups = mergedRoles as Role[][];
  return present.flatMap((role, index) =>
    present.slice(0, index).flatMap((other) => disagreement(role, other, projects, groups)),
  );
}

function disagreement(
  role: Role,
  other: Role,
  projects: NonNullable<Draft["projects"]>,
  groups: Role[][],
): ConfigIssue[] {
  const merged = groups.some((group) => group.includes(role) && group.includes(other));
  const [one, two] = [projects[role], projects[other]];
  const same = one?.id === two?.id;
  if (same && NEVER_MERGED.includes(role) && NEVER_MERGED.includes(other)) {
    return [
      {
        path: ["projects", role, "id"],
        message: `is the project of ${other} too: a project has one Binary Authorization policy, and each cluster needs its own`,
      },
    ];
  }
  if (same && !merged) {
    return [
      {
        path: ["projects", role, "id"],
        message: `is the project of ${other} too: give each role its own, or name both in mergedRoles`,
      },
    ];
  }
  if (merged && !same) {
    return [
      {
        path: ["projects", role, "id"],
        message: `is not the project of ${other}, with which mergedRoles merges it: ${two?.id ?? ""}`,
      },
    ];
  }
  if (merged && !(isDeepStrictEqual(one?.create, two?.create) && one?.number === two?.number)) {
    return [
      {
        path: ["projects", role],
        message: `disagrees with ${other} about create or number of the project that they share`,
      },
    ];
  }
  return [];
}
