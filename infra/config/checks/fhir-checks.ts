import { validateGrants } from "../../../components/cilium/validate-grants.ts";
import type { Grant } from "../../../components/cilium/grant.ts";
import { breakGlassIssues } from "../../../components/fhir/access-mode.ts";
import { serverEndpoint } from "../../../components/fhir/fhir-server-spec.ts";
import { recordPath, REGISTRATION } from "../../../components/fhir/fhir-record.ts";
import type { ReadRecords } from "../fhir-records.ts";
import { grantsApply, registrationGrant } from "../effective-grants.ts";
import type { ConfigIssue, Partially } from "../errors.ts";
import { type Check, configIssue, type Draft } from "./check.ts";
import { FHIR_CLUSTER_CHECKS } from "./fhir-cluster-checks.ts";
import { serverFhirVersion, resourceTypesAreFhirs } from "./resource-type-checks.ts";

/** Constraints between the keys of the fhir layer. */

/** The prefix of the names of jobs that register records. */
const JOB = "register-";

const namesAreDistinct: Check = ({ fhirClients = {}, fhirServer }) => {
  const jobs = `begins with ${JOB}, which is reserved for the jobs that register records: choose another name`;
  return [
    ...(fhirServer?.name?.startsWith(JOB) ? [configIssue(["fhirServer", "name"], jobs)] : []),
    ...Object.keys(fhirClients).flatMap((name) => [
      ...(name.startsWith(JOB) ? [configIssue(["fhirClients", name], jobs)] : []),
      ...(name === fhirServer?.name
        ? [configIssue(["fhirClients", name], "is the name of the FHIR server: choose another name")]
        : []),
    ]),
  ];
};

/** Policies distinguish clients, the server and registration by these labels. */
const clientLabelsAreDistinct: Check = ({ fhirClients, fhirServer }) =>
  Object.entries(fhirClients ?? {}).flatMap(([name, client]) => [
    ...(client?.class !== undefined && client.class === fhirServer?.name
      ? [
          configIssue(
            ["fhirClients", name, "class"],
            "is the FHIR server's class: policies would select the client as the server",
          ),
        ]
      : []),
    ...(client?.org === REGISTRATION.org
      ? [
          configIssue(
            ["fhirClients", name, "org"],
            "is reserved for the jobs that register records, which may update them",
          ),
        ]
      : []),
  ]);

/** A grant, and how to report an issue of it. */
interface CheckedGrant {
  readonly grant: Grant;
  readonly issue: (key: PropertyKey, message: string) => ConfigIssue;
}

const grantsAreSound: Check = (draft, { records }) => {
  const { name, org = "unknown", basePath } = draft.fhirServer ?? {};
  if (name === undefined) return [];
  // Where basePath or the limit is invalid, only program sizes cannot be checked.
  const limit = basePath === undefined ? Infinity : (draft.cilium?.re2ProgramLimit ?? Infinity);
  // Registration comes first: where two grants name one policy, the issue is reported on the declared one.
  const checked = [...registrations(draft, records, name), ...declaredGrants(draft)];
  const issues = validateGrants({
    servers: [serverEndpoint({ server: name, org, basePath })],
    grants: checked.map(({ grant }) => grant),
    re2ProgramLimit: limit,
  });
  return issues.flatMap(({ path: [list, at, key = ""], message }) => {
    const grant = list === "grants" ? checked[Number(at)] : undefined;
    // The list of resource types gives a better message than the syntax of the type.
    if (key === "resourceType" && serverFhirVersion(draft.fhirServer) !== undefined) return [];
    return grant?.issue(key, message) ?? configIssue(["fhirServer", key], message);
  });
};

function declaredGrants({ grants = [] }: Draft): CheckedGrant[] {
  return grants.flatMap((grant, index) =>
    isWhole(grant) ? [{ grant, issue: (key, message) => configIssue(["grants", index, key], message) }] : [],
  );
}

function isWhole(grant: Partially<Grant>): grant is Partially<Grant> & Grant {
  return [grant.org, grant.resourceType, grant.id, grant.interactions, grant.server].every(
    (value) => value !== undefined,
  );
}

function registrations(draft: Draft, records: ReadRecords["records"], server: string): CheckedGrant[] {
  if (!grantsApply(draft)) return [];
  return records.flatMap((read, index): CheckedGrant[] => {
    if (read === undefined) return [];
    const holds = `holds ${recordPath(read.record)}, which cannot be granted to the job that registers it`;
    return [
      {
        grant: registrationGrant(read.record, server),
        issue: (key, message) =>
          configIssue(["fhirRecords", index, "file"], `${holds}: its ${String(key)} ${message}`),
      },
    ];
  });
}

const registrationHasItsOwnGrants: Check = ({ grants = [] }) =>
  grants.flatMap(({ org }, index) =>
    org === REGISTRATION.org
      ? [
          configIssue(
            ["grants", index, "org"],
            "is reserved for the jobs that register records, each of which has its own grant",
          ),
        ]
      : [],
  );

const visibilityLeavesDenyAllAlone: Check = ({ flowVisibility, denyAll }) =>
  flowVisibility && denyAll
    ? [
        configIssue(
          ["flowVisibility"],
          "must not be true together with denyAll: it allows all ingress to the FHIR server. Set only one of them",
        ),
      ]
    : [];

const opensOnlyBehindDenyAll: Check = ({ accessMode, breakGlass, denyAll, flowVisibility }, { now }) => {
  if (accessMode !== "breakGlass") return [];
  const { owner = "", reason = "", expiry = "" } = breakGlass ?? {};
  const protection = {
    denyAllStands: denyAll !== false,
    serverOpenWithoutHttpRules: flowVisibility === true ? ["flow-visibility"] : [],
  };
  // Malformed values are reported by the schema; only absent ones are reported here.
  const malformed = Object.entries(breakGlass ?? {}).flatMap(([key, value]) =>
    value === undefined ? [key] : [],
  );
  return breakGlassIssues({ owner, reason, expiry }, protection, now)
    .filter((issue) => !malformed.some((key) => issue.startsWith(key)))
    .map((issue) => configIssue(["accessMode"], `is refused: ${issue}`));
};

/** Every check across the keys of the fhir layer; each passes for a stack that does not build it. */
export const FHIR_CHECKS: readonly Check[] = [
  ...FHIR_CLUSTER_CHECKS,
  namesAreDistinct,
  clientLabelsAreDistinct,
  grantsAreSound,
  resourceTypesAreFhirs,
  registrationHasItsOwnGrants,
  visibilityLeavesDenyAllAlone,
  opensOnlyBehindDenyAll,
];
