import {
  ATTESTOR,
  type Declaration,
  listItems,
  propertyAt,
  type PropertyValue,
  readDeclaration,
  type Resource,
  resourceName,
  roleHolders,
  ROOT,
  runningImages,
} from "@attested-fhir/stack-model";
import { type Trust, trustedDeclarations } from "@attested-fhir/policy-config";
import { GRANTING, iamGrants } from "../iam/iam-grants.ts";
import { mirrorIn } from "./pinned-registries.ts";
import { projectsNamedBy } from "./pinned-projects.ts";

/**
 * A proposal of what to pin for a stack: all that its program declares and uses, as far as it is known before an update.
 * Its reader decides what of it is to be trusted.
 */
export function proposedPins(resources: readonly Resource[]): Trust {
  const declared = <S extends keyof Declaration>(section: S): Declaration[S] | undefined => {
    const found = readDeclaration(resources, section);
    return "sections" in found ? found.sections[section] : undefined;
  };
  const [root] = resources.filter(({ type }) => type === ROOT);
  const trusted = new Map(
    trustedDeclarations(resources, {}).map(({ declaration, values }) => [declaration, [...values]]),
  );
  const attestors = proposedAttestors(resources, declared("attestors") ?? []);
  const isComplete = (trusted.get("attestors") ?? []).every((name) =>
    attestors.some((one) => one.name === name),
  );
  return {
    // Without the keys of all of them, the section would refuse what the program declares.
    ...(isComplete && { attestors }),
    ...(root !== undefined && { signers: trusted.get("signers") ?? [] }),
    unattestedImages: trusted.get("unattestedImages") ?? [],
    registries: proposedRegistries(resources),
    projects: proposedProjects(resources, declared("roles") ?? {}),
    ...(declared("separateDuties") === true && { separateDuties: true as const }),
    identities: membersIn(resources),
    ...proposedSections(declared),
  };
}

function proposedSections(
  declared: <S extends keyof Declaration>(section: S) => Declaration[S] | undefined,
): Trust {
  const [grants, locations, namespaces, senders] = [
    declared("grants"),
    declared("allowedLocations"),
    declared("systemNamespaces"),
    declared("senders"),
  ];
  return {
    ...(grants !== undefined && {
      grants: grants.map(({ interactions, ...grant }) => ({ ...grant, interactions: [...interactions] })),
    }),
    ...(locations !== undefined && { allowedLocations: [...locations] }),
    ...(namespaces !== undefined && { systemNamespaces: [...namespaces] }),
    ...(senders !== undefined && { senders: [...senders] }),
    ...(declared("accessMode") === "smart" && { accessMode: "smart" as const }),
  };
}

type Attestors = NonNullable<Trust["attestors"]>;

/** The attestors whose keys are known, each once. */
function proposedAttestors(resources: readonly Resource[], declared: Declaration["attestors"]): Attestors {
  const made = resources.filter(({ type }) => type === ATTESTOR).flatMap(attestorFrom);
  const given = declared.map(({ name, publicKeys }) => ({
    name,
    publicKeys: publicKeys.map(({ id, pem }) => ({ id, ...(typeof pem === "string" && { pem }) })),
  }));
  const all = [...made, ...given].filter(({ publicKeys }) => publicKeys.length > 0);
  return [...new Map(all.map((one) => [one.name, one])).values()];
}

function attestorFrom({ props }: Resource): Attestors {
  const project = propertyAt(props, "project");
  const authority = propertyAt(props, "attestationAuthorityNote");
  const name = resourceName(propertyAt(props, "name"), project, "attestors");
  const note = resourceName(propertyAt(authority, "noteReference"), project, "notes");
  const publicKeys = listItems(propertyAt(authority, "publicKeys")).flatMap((key) => {
    const [id, pem] = [propertyAt(key, "id"), propertyAt(key, "pkixPublicKey", "publicKeyPem")];
    return typeof id === "string" ? [{ id, ...(typeof pem === "string" && { pem }) }] : [];
  });
  return typeof name === "string" ? [{ name, ...(typeof note === "string" && { note }), publicKeys }] : [];
}

function proposedRegistries(resources: readonly Resource[]): NonNullable<Trust["registries"]> {
  const mirrors = resources.flatMap((one) => {
    const { prefix, upstream } = mirrorIn(one) ?? {};
    return prefix === undefined || upstream === undefined ? [] : [{ prefix, upstream }];
  });
  const signed = resources
    .filter(({ type }) => type === ROOT)
    .flatMap(({ props }) => listItems(propertyAt(props, "imagesToSign")))
    .map((one) => propertyAt(one, "image"));
  const images = [...resources.flatMap(runningImages).map(({ image }) => image), ...signed];
  const prefixes = images
    .filter((image) => typeof image === "string")
    .filter((image) => !mirrors.some(({ prefix }) => image.startsWith(`${prefix}/`)))
    .flatMap((image) => /^([^/@]*[.:][^/@]*(?:\/[^/@:]+)*)\/[^/]+$/.exec(image)?.[1] ?? []);
  const plain = [...new Set(prefixes)].sort().map((prefix) => ({ prefix }));
  return [...plain, ...mirrors];
}

function proposedProjects(
  resources: readonly Resource[],
  roles: Declaration["roles"],
): NonNullable<Trust["projects"]> {
  const holders = roleHolders(roles);
  // One entry for each account that acts in a project.
  const byActor = Map.groupBy(holders, (one) => `${one.project} ${one.serviceAccount ?? ""}`);
  const held = [...byActor.values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    const { project: id, serviceAccount } = first;
    const roleNames = all.map(({ role }) => role);
    return [{ id, roles: roleNames, ...(serviceAccount !== undefined && { serviceAccount }) }];
  });
  const others = new Set(resources.flatMap(projectsNamedBy));
  for (const { id } of held) others.delete(id);
  return [...held, ...[...others].sort().map((id) => ({ id }))];
}

function membersIn(resources: readonly Resource[]): string[] {
  const members: readonly PropertyValue[] = resources
    .filter(({ type }) => GRANTING.test(type))
    .flatMap((resource) => iamGrants(resource).flatMap((grant) => grant.members));
  return [...new Set(members.filter((member) => typeof member === "string"))].sort();
}
