import { type FhirVersion, resourceTypeIssue } from "../fhir/resource-types.ts";

/**
 * SMART's scopes for clinical data, of both versions: `user/*.*`, `patient/Observation.rs?category=laboratory`.
 *
 * Source: HL7 SMART App Launch 2.2.0, "Scopes for requesting FHIR Resources"; 1.0.0 for `read`, `write` and `*`.
 */

/** Who a scope is for: the patient in context, the user who signed in, or a backend service. */
export const SCOPE_LEVELS = ["patient", "user", "system"] as const;
export type ScopeLevel = (typeof SCOPE_LEVELS)[number];

/** The permissions of a scope, by SMART's letters: create, read, update, delete, search. */
export const SCOPE_PERMISSIONS = ["c", "r", "u", "d", "s"] as const;
export type ScopePermission = (typeof SCOPE_PERMISSIONS)[number];

/** A scope for clinical data. */
export interface SmartScope {
  readonly level: ScopeLevel;
  /** `Patient`, or `*` for every type. */
  readonly resourceType: string;
  readonly permissions: readonly ScopePermission[];
  /** The search parameters that restrict it, in order; none where it is not restricted. */
  readonly restrictions: readonly (readonly [name: string, value: string])[];
}

/** Scopes about sign-in and launch, which name no data. */
const LAUNCH_SCOPES: ReadonlySet<string> = new Set([
  "openid",
  "fhirUser",
  "profile",
  "launch",
  "launch/patient",
  "launch/encounter",
  "online_access",
  "offline_access",
]);

const CLINICAL = /^(patient|user|system)\/(\*|[A-Za-z]+)\.(\*|[a-z]+)(?:\?(.*))?$/s;

/** What SMART 1's words stand for. Source: SMART App Launch 2.2.0, "Scopes: SMART v1 to v2". */
const VERSION_1: ReadonlyMap<string, readonly ScopePermission[]> = new Map<
  string,
  readonly ScopePermission[]
>([
  ["read", ["r", "s"]],
  ["write", ["c", "u", "d"]],
  ["*", SCOPE_PERMISSIONS],
]);

/** Whether a scope is about sign-in or launch, and names no data. */
export function isLaunchScope(scope: string): boolean {
  return LAUNCH_SCOPES.has(scope);
}

/** A scope for clinical data; undefined for anything else. */
export function parseScope(scope: string): SmartScope | undefined {
  const [, level, resourceType = "", letters = "", query] = CLINICAL.exec(scope) ?? [];
  const permissions = VERSION_1.get(letters) ?? version2(letters);
  const restrictions = query === undefined ? [] : parameters(query);
  if (level === undefined || permissions === undefined || restrictions === undefined) return undefined;
  return { level: level as ScopeLevel, resourceType, permissions, restrictions };
}

/** The permissions of SMART 2's letters, each once and in the order `cruds`. */
function version2(letters: string): readonly ScopePermission[] | undefined {
  const permissions = SCOPE_PERMISSIONS.filter((letter) => letters.includes(letter));
  return letters !== "" && permissions.join("") === letters ? permissions : undefined;
}

function parameters(query: string): (readonly [string, string])[] | undefined {
  const pairs = query.split("&").map((pair) => /^([A-Za-z_][\w:.-]*)=([^&=\s#]+)$/.exec(pair));
  if (pairs.includes(null)) return undefined;
  return pairs.map((pair) => [pair?.[1] ?? "", pair?.[2] ?? ""] as const);
}

/**
 * The issue of a scope, to follow its value in a message; undefined for a scope of SMART's, whose resource type the
 * version of FHIR defines.
 */
export function scopeIssue(scope: string, version: FhirVersion): string | undefined {
  if (isLaunchScope(scope)) return undefined;
  const parsed = parseScope(scope);
  if (parsed === undefined) {
    return "is not a SMART scope: LEVEL/TYPE.PERMISSIONS, such as user/Patient.rs or patient/*.read, with permissions of cruds in this order";
  }
  return parsed.resourceType === "*" ? undefined : resourceTypeIssue(parsed.resourceType, version);
}

/** Whether a scope allows a permission on a resource type, restricted or not. */
export function scopeAllows(scope: SmartScope, permission: ScopePermission, resourceType: string): boolean {
  const covered = scope.resourceType === "*" || scope.resourceType === resourceType;
  return covered && scope.permissions.includes(permission);
}
