import {
  type Declaration,
  type DeclaredGrant,
  type DeclaredRole,
  hasDeclaration,
  readDeclaration,
  type Resource,
  roleHolders,
  propertyAt,
  withDeclaration,
} from "@attested-fhir/stack-model";
import {
  attestorFault,
  grantText,
  keyFault,
  signerFault,
  type Trust,
  unattestedFault,
} from "@attested-fhir/policy-config";
import { within } from "../exposure/ip-ranges.ts";
import { pinFault } from "./pin-text.ts";

/** What the root component declares, where the pack's configuration pins it: the declaration may only narrow it. */

type Section = keyof Declaration;

/** Says in a sentence each what a section of the declaration holds that is not pinned. */
type Check<S extends Section> = (found: Declaration[S], root: Resource) => readonly string[];

/** Says in a sentence each what a root component declares that is not pinned. */
export function declarationFaults(root: Resource, pinned: Trust): readonly string[] {
  const { attestors, signers, unattestedImages, projects, separateDuties, grants, allowedLocations } = pinned;
  const { systemNamespaces, senders, accessMode } = pinned;
  const signs = propertyAt(root.props, "signer") !== undefined; // a stack that signs nothing declares no signer
  return [
    ...section(root, attestors, "attestors", attestorFaults(pinned)),
    ...section(root, signs ? signers : undefined, "signer", (signer) =>
      untrusted(root, "signer", signerFault(pinned, signer)),
    ),
    ...section(root, unattestedImages, "unattestedImages", (images) =>
      images.flatMap(({ image }, index) =>
        untrusted(root, `unattestedImages[${index}]`, unattestedFault(pinned, image)),
      ),
    ),
    ...section(root, projects, "roles", roleFaults(projects ?? [])),
    ...section(root, projects, "mergedRoles", mergedFaults(projects ?? [])),
    ...section(root, separateDuties, "separateDuties", (found) => flagFault(root, found)),
    ...section(root, grants, "grants", grantFaults(grants ?? [])),
    ...section(root, allowedLocations, "allowedLocations", listFaults("allowedLocations", allowedLocations)),
    ...section(root, systemNamespaces, "systemNamespaces", listFaults("systemNamespaces", systemNamespaces)),
    ...section(root, senders, "senders", senderFaults(senders ?? [])),
    ...section(root, accessMode, "accessMode", (found) =>
      found === "smart" ? [] : [pinFault(root, `declares accessMode ${found}`, "accessMode", ["smart"])],
    ),
  ];
}

/** What a section holds that is not pinned; nothing where the configuration does not pin it. */
function section<S extends Section>(
  root: Resource,
  pinned: unknown,
  name: S,
  check: Check<S>,
): readonly string[] {
  if (pinned === undefined) return [];
  const found = readDeclaration([root], name);
  if ("sections" in found) return check(found.sections[name], root);
  return [`cannot be evaluated: ${found.fault} (treated as a violation)`];
}

function untrusted({ name }: Resource, path: string, fault: string | undefined): readonly string[] {
  return fault === undefined ? [] : [`${name} declares ${path}, which is not trusted: ${fault}`];
}

function attestorFaults(pinned: Trust): Check<"attestors"> {
  return (found, root) =>
    found.flatMap(({ name, publicKeys }, index) => {
      const fault = attestorFault(pinned, name);
      if (fault !== undefined) return untrusted(root, `attestors[${index}]`, fault);
      return publicKeys.flatMap((key, at) =>
        untrusted(root, `attestors[${index}].publicKeys[${at}]`, keyFault(pinned, name, key)),
      );
    });
}

type Projects = NonNullable<Trust["projects"]>;

function roleFaults(projects: Projects): Check<"roles"> {
  return (found, root) =>
    roleHolders(found).flatMap(({ role, project, serviceAccount }) => {
      const candidates = projects.filter(({ roles = [] }) => roles.includes(role));
      const own = candidates.filter(({ id }) => id === project);
      const path = `roles.${role}`;
      if (own.length === 0) {
        const ids = candidates.map(({ id }) => id);
        return [pinFault(root, `declares ${path}.project ${project}`, `projects for ${role}:`, ids)];
      }
      const accounts = own.flatMap((one) => one.serviceAccount ?? []);
      if (accounts.length < own.length || accounts.some((one) => one === serviceAccount)) return [];
      const actor = serviceAccount ?? "(not set)";
      return [pinFault(root, `declares ${path}.serviceAccount ${actor}`, "service accounts", accounts)];
    });
}

function mergedFaults(projects: Projects): Check<"mergedRoles"> {
  const groups = projects.map(({ roles = [] }): readonly DeclaredRole[] => roles);
  return (found, root) =>
    found.flatMap((group, index) => {
      if (groups.some((roles) => group.every((role) => roles.includes(role)))) return [];
      const allowed = groups.filter(({ length }) => length > 1).map((roles) => roles.join(" with "));
      return [
        pinFault(root, `declares mergedRoles[${index}] ${group.join(" with ")}`, "shared roles", allowed),
      ];
    });
}

function flagFault(root: Resource, separate: boolean): readonly string[] {
  return separate ? [] : [pinFault(root, "declares separateDuties false", "separateDuties", ["true"])];
}

type Grants = NonNullable<Trust["grants"]>;

function grantFaults(pinned: Grants): Check<"grants"> {
  return (found, root) =>
    found.flatMap((grant, index) => {
      const more = unpinnedInteractions(grant, pinned);
      if (more.length === 0) return [];
      const allowed = pinned.map(grantText);
      return [
        pinFault(
          root,
          `declares grants[${index}] (${grantText({ ...grant, interactions: more })})`,
          "grants",
          allowed,
        ),
      ];
    });
}

function unpinnedInteractions(grant: DeclaredGrant, pinned: Grants): DeclaredGrant["interactions"] {
  const same = pinned.filter(
    ({ org, resourceType = "Patient", id, server }) =>
      org === grant.org && resourceType === grant.resourceType && id === grant.id && server === grant.server,
  );
  const allowed = new Set(same.flatMap(({ interactions }) => interactions));
  return grant.interactions.filter((one) => !allowed.has(one));
}

function listFaults(name: "allowedLocations" | "systemNamespaces", pinned: readonly string[] = []) {
  return (found: readonly string[], root: Resource) =>
    found.flatMap((value, index) =>
      pinned.includes(value) ? [] : [pinFault(root, `declares ${name}[${index}] ${value}`, name, pinned)],
    );
}

function senderFaults(pinned: readonly string[]): Check<"senders"> {
  return (found, root) =>
    found.flatMap((range, index) =>
      pinned.some((one) => within(range, one))
        ? []
        : [pinFault(root, `declares senders[${index}] ${range}`, "senders", pinned)],
    );
}

/**
 * What of a declaration other guardrails may go by: the part that the pack's configuration pins. The rest is a violation of
 * `trust` at the root component; here it allows nothing.
 */
export function pinnedPart<S extends Section>(
  declared: Pick<Declaration, S>,
  { allowedLocations, systemNamespaces, senders, grants }: Trust,
): Pick<Declaration, S> {
  const {
    allowedLocations: locations,
    systemNamespaces: namespaces,
    ...all
  }: Partial<Declaration> = declared;
  const narrow: Partial<Declaration> = {
    ...(allowedLocations &&
      locations && { allowedLocations: locations.filter((one) => allowedLocations.includes(one)) }),
    ...(systemNamespaces &&
      namespaces && { systemNamespaces: namespaces.filter((one) => systemNamespaces.includes(one)) }),
    ...(senders &&
      all.senders && { senders: all.senders.filter((one) => senders.some((pin) => within(one, pin))) }),
    ...(grants && all.grants && { grants: all.grants.flatMap((one) => pinnedGrant(one, grants)) }),
  };
  return { ...declared, ...narrow };
}

/** Sections that pins and declarations hold in the same form. */
type Shared = "allowedLocations" | "senders" | "separateDuties" | "systemNamespaces";

/**
 * Passes the pinned part of sections to `use`, as `withDeclaration` passes all of them. Where the stack has no root
 * component, which could narrow them, passes what is pinned itself, if all the sections are.
 */
export function withPinnedDeclaration<S extends Shared>(
  resources: readonly Resource[],
  trust: Trust,
  sections: readonly S[],
  report: (message: string, root?: Resource) => void,
  use: (declaration: Pick<Declaration, S>) => void,
): void {
  if (hasDeclaration(resources)) {
    withDeclaration(resources, sections, report, (declared) => {
      use(pinnedPart(declared, trust));
    });
  } else if (sections.every((section) => trust[section] !== undefined)) use(trust as Pick<Declaration, S>);
}

function pinnedGrant(grant: DeclaredGrant, pinned: Grants): readonly DeclaredGrant[] {
  const more = unpinnedInteractions(grant, pinned);
  const interactions = grant.interactions.filter((one) => !more.includes(one));
  return interactions.length === 0 ? [] : [{ ...grant, interactions }];
}
