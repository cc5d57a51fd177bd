import { listItems, propertyAt, type PropertyValue, type Resource } from "@attested-fhir/stack-model";
import type { Trust } from "@attested-fhir/policy-config";
import { GRANTING, iamGrants } from "../iam/iam-grants.ts";
import { pinFault } from "./pin-text.ts";

/**
 * Projects and identities, where the pack's configuration pins them. A value that the update itself makes is not known
 * in a preview: it is evaluated during the update, before the resource is made.
 */

/** The provider of Google Cloud, which has a project and an identity. */
const GCP_PROVIDER = "pulumi:providers:gcp";

/** Properties that name what a resource is made in, by its project or by its full name. */
const PLACES = [
  "project",
  "projectId",
  "parent",
  "keyRing",
  "keyRingId",
  "cryptoKey",
  "cryptoKeyId",
  "cluster",
  "dataset",
  "datasetId",
  "dicomStoreId",
  "fhirStoreId",
  "hl7V2StoreId",
  "serviceAccountId",
];

/** Says in a sentence each which project of a resource, or which identity of a provider, is not pinned. */
export function projectFaults(resource: Resource, { projects, signers = [] }: Trust): readonly string[] {
  if (projects === undefined) return [];
  const known = new Set(projects.flatMap(({ id, number }) => (number === undefined ? [id] : [id, number])));
  const elsewhere = PLACES.flatMap((path) => {
    const value = propertyAt(resource.props, path);
    const project = projectIn(path, value);
    if (project === undefined || known.has(project)) return [];
    const ids = projects.map(({ id }) => id);
    return [pinFault(resource, `sets ${path} to ${JSON.stringify(value)}`, "projects", ids)];
  });
  if (resource.type !== GCP_PROVIDER) return elsewhere;
  const accounts = projects.flatMap(({ serviceAccount }) => serviceAccount ?? []);
  if (accounts.length === 0) return elsewhere;
  const signing = signers.flatMap((signer) => /^serviceAccount:(.*)$/.exec(signer)?.[1] ?? []);
  return [...elsewhere, ...actorFaults(resource, [...new Set([...accounts, ...signing])])];
}

/** The projects that a resource is in, or a provider has. */
export function projectsNamedBy({ type, props }: Resource): readonly string[] {
  if (type !== GCP_PROVIDER && !type.startsWith("gcp:")) return [];
  return PLACES.flatMap((path) => projectIn(path, propertyAt(props, path)) ?? []);
}

/** The project that a property names; undefined where it names none. */
function projectIn(path: string, value: PropertyValue): string | undefined {
  if (typeof value !== "string") return undefined;
  const full = /^(?:\/\/[^/]+\/)?projects\/([^/]+)/.exec(value)?.[1];
  return full ?? (path === "project" || path === "projectId" ? value : undefined);
}

function actorFaults(provider: Resource, allowed: readonly string[]): readonly string[] {
  const path = "impersonateServiceAccount";
  const account = propertyAt(provider.props, path);
  if (typeof account !== "string" || allowed.includes(account)) return [];
  return [pinFault(provider, `sets ${path} to ${JSON.stringify(account)}`, "service accounts", allowed)];
}

/** Says in a sentence each which member that a role is granted to is not pinned, by itself or by its domain. */
export function identityFaults(resource: Resource, { identities, domains }: Trust): readonly string[] {
  if ((identities === undefined && domains === undefined) || !GRANTING.test(resource.type)) return [];
  const allowed = [...(identities ?? []), ...(domains ?? [])];
  return iamGrants(resource).flatMap(({ role, members }) =>
    members
      .filter((member) => typeof member === "string")
      .filter((member) => !isAllowed(member, identities ?? [], domains ?? []))
      .map((member) => {
        const path = listItems(propertyAt(resource.props, "member")).includes(member) ? "member" : "members";
        const granted = typeof role === "string" ? role : "a role";
        const what = `grants ${granted} to ${JSON.stringify(member)} in ${path}`;
        return pinFault(resource, what, "identities and domains", allowed);
      }),
  );
}

/** Kinds of IAM members whose domain is the part after the @ of their e-mail address. */
const BY_EMAIL = /^(?:user|group|serviceAccount):[^@\s]+@([^@\s[\]]+)$/;
/** A service account of Kubernetes in a workload identity pool: `serviceAccount:POOL[NAMESPACE/NAME]`. */
const BY_POOL = /^serviceAccount:([^@\s[\]]+)\[[^[\]]+\]$/;
const WHOLE_DOMAIN = /^domain:([^@\s]+)$/;

function isAllowed(member: string, identities: readonly string[], domains: readonly string[]): boolean {
  if (identities.includes(member)) return true;
  const domain = [BY_EMAIL, BY_POOL, WHOLE_DOMAIN].map((form) => form.exec(member)?.[1]).find(Boolean);
  return domain !== undefined && domains.includes(domain);
}
