import {
  type Declaration,
  mapEntries,
  roleHolders,
  type Resource,
  declaredDuty,
  type StackReport,
} from "@attested-fhir/stack-model";
import { GRANTING, iamGrants } from "./iam-grants.ts";

/** The side that a stack does not build, as far as the stack knows it, and grants that reach across. */

/** What a stack of one side knows of the other. */
export interface OtherDuty {
  readonly projects: ReadonlySet<string>;
  /** Service accounts, by email. */
  readonly accounts: ReadonlySet<string>;
  /** Projects that attestors or their keys are in, though they are this stack's own. */
  readonly sharedProjects: ReadonlySet<string>;
}

/**
 * Projects and accounts of the roles on the other side; and for a stack that only runs images,
 * the projects that its attestors and the keys of their attestations are named by.
 */
export function otherDuty({
  layers,
  roles,
  attestors,
  attestations,
}: Pick<Declaration, "layers" | "roles" | "attestors" | "attestations">): OtherDuty {
  const holders = roleHolders(roles);
  const sides = layers.map(declaredDuty);
  const others = holders.filter(({ side }) => !sides.includes(side));
  const own = holders.filter(({ side }) => sides.includes(side)).map(({ project }) => project);
  const names = attestors.flatMap(({ name, publicKeys }) => [name, ...publicKeys.map(({ id }) => id)]);
  const signers = sides.includes("signing")
    ? []
    : [...names, ...attestations.map(({ keyId }) => keyId)].flatMap((name) => projectIn(name) ?? []);
  const projects = [...others.map(({ project }) => project), ...signers];
  return {
    projects: new Set(projects.filter((project) => !own.includes(project))),
    accounts: new Set(others.flatMap(({ serviceAccount }) => serviceAccount ?? [])),
    sharedProjects: new Set(signers.filter((project) => own.includes(project))),
  };
}

function projectIn(name: string): string | undefined {
  return /(?:^|\/)projects\/([^/]+)\//.exec(name)?.[1];
}

/** Binary Authorization's own accounts: they read attestations, and can neither sign nor run anything. */
const AGENT = /^serviceAccount:service-\d+@gcp-sa-binaryauthorization\.iam\.gserviceaccount\.com$/;

/** Reports each grant on the other side, and each grant to a member of the other side. */
export function reportCrossDutyGrants(
  resources: readonly Resource[],
  other: OtherDuty,
  report: StackReport,
): void {
  for (const resource of resources.filter(({ type }) => GRANTING.test(type))) {
    const target = targetProjects(resource).find((project) => other.projects.has(project));
    for (const { role, members } of iamGrants(resource)) {
      for (const member of members) {
        if (typeof member !== "string" || AGENT.test(member)) continue;
        const what = `${typeof role === "string" ? role : "a role"} is granted to ${member}`;
        if (target !== undefined) report(`${what} in ${target}, a project of the other side`, resource);
        else if (standsIn(member, other)) report(`${what}, who belongs to the other side`, resource);
      }
    }
  }
}

/** The projects that a grant may reach into: its own, and those that the names of its target begin with. */
function targetProjects({ props }: Resource): readonly string[] {
  return mapEntries(props).flatMap(([name, value]) => {
    if (typeof value !== "string" || ["role", "member", "policyData"].includes(name)) return [];
    if (name === "project") return [value];
    // `projects/P/…`, or `P/LOCATION/…` as Healthcare and KMS resources are named in Pulumi.
    return /^(?:projects\/)?([^/]+)\//.exec(value)?.[1] ?? [];
  });
}

function standsIn(member: string, { projects, accounts }: OtherDuty): boolean {
  const account = /^serviceAccount:(.+)$/.exec(member)?.[1];
  const project = /@([^.]+)\.iam\.gserviceaccount\.com$/.exec(member)?.[1];
  return (account !== undefined && accounts.has(account)) || (project !== undefined && projects.has(project));
}
