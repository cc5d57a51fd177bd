import type { Attestation } from "@attested-fhir/attestation";
import { type GrantedRecord, INTERACTIONS } from "@attested-fhir/cilium-access";
import type { Resource } from "./resource.ts";
import { ROOT } from "./type-tokens.ts";
import {
  propertyAt,
  mapEntries,
  isProperties,
  listItems,
  formatValue,
  UNKNOWN,
  type PropertyValue,
} from "./property-value.ts";

/**
 * What the stack declares of itself as a whole: the inputs and outputs of its root component. With them the
 * pack needs no configuration, and evaluates the same wherever the resources are seen; what its configuration
 * pins (trust.ts), the declaration may only narrow.
 */
export interface Declaration {
  /** The layers that this stack builds. */
  readonly layers: readonly DeclaredLayer[];
  /** Whether signing and running are kept apart: separate stacks, projects and identities. */
  readonly separateDuties: boolean;
  /** The project and identity of each role that the stack has. */
  readonly roles: Readonly<Partial<Record<DeclaredRole, RoleHolder>>>;
  /** The principal that signs, as an IAM member; unreadable where the stack declares none. */
  readonly signer: string;
  /** Groups of roles that may share one project. */
  readonly mergedRoles: readonly (readonly DeclaredRole[])[];
  /** Where datasets of the Cloud Healthcare API may be. */
  readonly allowedLocations: readonly string[];
  /** Attestors whose public keys the stack pins. */
  readonly attestors: readonly PinnedAttestor[];
  /** Attestations that the stack was given as data. */
  readonly attestations: readonly Attestation[];
  /** The CIDR ranges that may reach the MLLP adapter. */
  readonly senders: readonly string[];
  /** What a cluster outside Google Cloud may run without an attestation. */
  readonly unattestedImages: readonly UnattestedImage[];
  readonly fhirServers: readonly DeclaredServer[];
  /** Who may do what with which record of which server; any other client may do nothing. */
  readonly grants: readonly DeclaredGrant[];
  /** Namespaces that a cluster itself lives in, `kube-system` among them. */
  readonly systemNamespaces: readonly string[];
  /** The version of Cilium in the FHIR servers' cluster, `1.20.2`; unreadable where the stack declares none. */
  readonly ciliumVersion: string;
  /** The largest RE2 program that Envoy takes, in instructions. */
  readonly re2ProgramLimit: number;
  /** What protects the routes of the FHIR servers: SMART, or policies alone. */
  readonly accessMode: "smart" | "breakGlass";
  /** Who opens the routes, why and until when; texts are empty where they are not set. */
  readonly breakGlass: Readonly<Record<"owner" | "reason" | "expiry", string>>;
}

/** A FHIR server as policies see it. */
export interface DeclaredServer {
  readonly name: string;
  readonly namespace: string;
  /** The port of its pods. */
  readonly port: number;
  /** The path before `/Patient`, without a slash at the end. */
  readonly basePath: string;
  /** Labels that its pods have, and no others. */
  readonly labels: Readonly<Record<string, string>>;
}

/** What the pods of an organisation, their label `org`, may do with one record. */
export interface DeclaredGrant extends Omit<GrantedRecord, "basePath"> {
  readonly org: string;
  /** The name of a server. */
  readonly server: string;
}

const LAYERS = ["signing", "runtime", "fhir"] as const;
export type DeclaredLayer = (typeof LAYERS)[number];

/** The sides that duties are separated between: who signs images, and who runs them. */
export type Duty = "signing" | "running";

/** The roles that a project may have in a stack. */
export const DECLARED_ROLES = [
  "kms",
  "note",
  "attestor",
  "attestation",
  "hl7v2",
  "deployer",
  "fhir",
] as const;
export type DeclaredRole = (typeof DECLARED_ROLES)[number];

export interface RoleHolder {
  /** The project's id. */
  readonly project: string;
  /** The service account that acts in the role; absent where the caller acts as itself. */
  readonly serviceAccount?: string;
}

export interface PinnedAttestor {
  /** `projects/PROJECT/attestors/ID`. */
  readonly name: string;
  readonly publicKeys: readonly DeclaredKey[];
}

export interface DeclaredKey {
  readonly id: string;
  /** PKIX, PEM; unknown while the key itself is still to be made. */
  readonly pem: string | typeof UNKNOWN;
}

export interface UnattestedImage {
  /** An image as a pod names it, or a pattern as in the allow-list of a Binary Authorization policy. */
  readonly image: string;
  readonly reason: string;
}

/** The layer that each role belongs to. */
const LAYER_OF: Readonly<Record<DeclaredRole, DeclaredLayer>> = {
  kms: "signing",
  note: "signing",
  attestor: "signing",
  attestation: "signing",
  hl7v2: "runtime",
  deployer: "runtime",
  fhir: "fhir",
};

/** The side that a layer is on. */
export function declaredDuty(layer: DeclaredLayer): Duty {
  return layer === "signing" ? "signing" : "running";
}

/** The roles that a stack has, each with its layer, side, project and identity. */
export function roleHolders(roles: Declaration["roles"]) {
  return DECLARED_ROLES.flatMap((role) => {
    const holder = roles[role];
    const layer = LAYER_OF[role];
    return holder === undefined ? [] : [{ role, layer, side: declaredDuty(layer), ...holder }];
  });
}

/** Some sections of the declaration, or why they cannot be had. */
export type Declared<S extends keyof Declaration> =
  { readonly sections: Pick<Declaration, S> } | { readonly fault: string; readonly root?: Resource };

/** Reads sections of the declaration from the stack's resources. */
export function readDeclaration<S extends keyof Declaration>(
  resources: readonly Resource[],
  ...sections: readonly S[]
): Declared<S> {
  const [root, second] = resources.filter(({ type }) => type === ROOT);
  if (root === undefined) {
    return {
      fault: `without its root component (${ROOT}) the stack does not declare ${sections.join(", ")}`,
    };
  }
  if (second !== undefined) return { fault: "the stack has two root components", root: second };
  const read = sections.map((name) => [name, sectionOf(root, name)] as const);
  const fault = read.map(([, section]) => section).find((section) => section instanceof Unreadable);
  if (fault !== undefined) return { fault: fault.message, root };
  return { sections: Object.fromEntries(read) as unknown as Pick<Declaration, S> };
}

/** Guardrails ask about the same declaration for one resource after another. */
const known = new WeakMap<Resource, Map<keyof Declaration, unknown>>();

function sectionOf(root: Resource, name: keyof Declaration): unknown {
  let sections = known.get(root);
  if (sections === undefined) known.set(root, (sections = new Map<keyof Declaration, unknown>()));
  if (!sections.has(name)) {
    try {
      sections.set(name, READERS[name](propertyAt(root.props, name), `the declared ${name}`));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      sections.set(name, error);
    }
  }
  return sections.get(name);
}

/** Whether the stack has a root component, so that it declares what it is. */
export function hasDeclaration(resources: readonly Resource[]): boolean {
  return resources.some(({ type }) => type === ROOT);
}

/** A URN whose type, or that of one of its parents, is the root component's. */
const BELOW_ROOT = new RegExp(`(?:::|\\$)${ROOT}(?:\\$|::)`);

/** Whether a resource belongs to the root component, as its URN says. */
export function isBelowRoot({ urn }: Pick<Resource, "urn">): boolean {
  return BELOW_ROOT.test(urn);
}

/**
 * Passes the sections of the declaration that a guardrail needs to `use`. Where they cannot be read, reports that
 * instead: what cannot be evaluated is a violation. A stack without a root component declares nothing, and the
 * guardrail does not apply to it.
 */
export function withDeclaration<S extends keyof Declaration>(
  resources: readonly Resource[],
  sections: readonly S[],
  report: (message: string, root?: Resource) => void,
  use: (declaration: Pick<Declaration, S>) => void,
): void {
  if (!hasDeclaration(resources)) return;
  const found = readDeclaration(resources, ...sections);
  if ("sections" in found) use(found.sections);
  else report(`cannot be evaluated: ${found.fault} (treated as a violation)`, found.root);
}

class Unreadable extends Error {
  constructor(path: string, found: PropertyValue, wanted: string) {
    super(`${path} is ${formatValue(found)}, not ${wanted}`);
  }
}

/** Reads a value, or throws Unreadable with the path. */
type Reader<T> = (value: PropertyValue, path: string) => T;

const text: Reader<string> = (value, path) => {
  if (typeof value !== "string") throw new Unreadable(path, value, "a text");
  return value;
};

const flag: Reader<boolean> = (value, path) => {
  if (typeof value !== "boolean") throw new Unreadable(path, value, "true or false");
  return value;
};

const number: Reader<number> = (value, path) => {
  if (typeof value !== "number") throw new Unreadable(path, value, "a number");
  return value;
};

const oneOf =
  <T extends string>(allowed: readonly T[]): Reader<T> =>
  (value, path) => {
    const found = allowed.find((one) => one === value);
    if (found === undefined) throw new Unreadable(path, value, `one of ${allowed.join(", ")}`);
    return found;
  };

const listOf =
  <T>(item: Reader<T>): Reader<readonly T[]> =>
  (value, path) => {
    if (!Array.isArray(value)) throw new Unreadable(path, value, "a list");
    return listItems(value).map((one, index) => item(one, `${path}[${index}]`));
  };

const roleHolder: Reader<RoleHolder> = (value, path) => {
  const project = text(propertyAt(value, "project"), `${path}.project`);
  const account = propertyAt(value, "serviceAccount");
  if (account === undefined || account === null) return { project };
  return { project, serviceAccount: text(account, `${path}.serviceAccount`) };
};

const roles: Reader<Declaration["roles"]> = (value, path) => {
  if (!isProperties(value)) throw new Unreadable(path, value, "an object");
  const holders = mapEntries(value).map(([role, holder]): [DeclaredRole, RoleHolder] => [
    oneOf(DECLARED_ROLES)(role, path),
    roleHolder(holder, `${path}.${role}`),
  ]);
  return Object.fromEntries(holders);
};

const publicKey: Reader<DeclaredKey> = (value, path) => {
  const pem = propertyAt(value, "pem");
  return {
    id: text(propertyAt(value, "id"), `${path}.id`),
    pem: pem === UNKNOWN ? pem : text(pem, `${path}.pem`),
  };
};

const attestor: Reader<PinnedAttestor> = (value, path) => ({
  name: text(propertyAt(value, "name"), `${path}.name`),
  publicKeys: listOf(publicKey)(propertyAt(value, "publicKeys"), `${path}.publicKeys`),
});

const attestation: Reader<Attestation> = (value, path) => ({
  image: text(propertyAt(value, "image"), `${path}.image`),
  keyId: text(propertyAt(value, "keyId"), `${path}.keyId`),
  payload: text(propertyAt(value, "payload"), `${path}.payload`),
  signature: text(propertyAt(value, "signature"), `${path}.signature`),
});

const unattestedImage: Reader<UnattestedImage> = (value, path) => ({
  image: text(propertyAt(value, "image"), `${path}.image`),
  reason: text(propertyAt(value, "reason"), `${path}.reason`),
});

const texts: Reader<Readonly<Record<string, string>>> = (value, path) => {
  if (!isProperties(value)) throw new Unreadable(path, value, "an object");
  return Object.fromEntries(mapEntries(value).map(([name, one]) => [name, text(one, `${path}.${name}`)]));
};

const server: Reader<DeclaredServer> = (value, path) => ({
  name: text(propertyAt(value, "name"), `${path}.name`),
  namespace: text(propertyAt(value, "namespace"), `${path}.namespace`),
  port: number(propertyAt(value, "port"), `${path}.port`),
  basePath: text(propertyAt(value, "basePath"), `${path}.basePath`),
  labels: texts(propertyAt(value, "labels"), `${path}.labels`),
});

const grant: Reader<DeclaredGrant> = (value, path) => ({
  org: text(propertyAt(value, "org"), `${path}.org`),
  resourceType: text(propertyAt(value, "resourceType"), `${path}.resourceType`),
  id: text(propertyAt(value, "id"), `${path}.id`),
  interactions: listOf(oneOf(INTERACTIONS))(propertyAt(value, "interactions"), `${path}.interactions`),
  server: text(propertyAt(value, "server"), `${path}.server`),
});

const breakGlass: Reader<Declaration["breakGlass"]> = (value, path) => {
  const said = (key: string) => text(propertyAt(value, key) ?? "", `${path}.${key}`);
  return { owner: said("owner"), reason: said("reason"), expiry: said("expiry") };
};

const READERS: { readonly [S in keyof Declaration]: Reader<Declaration[S]> } = {
  layers: listOf(oneOf(LAYERS)),
  separateDuties: flag,
  roles,
  signer: text,
  mergedRoles: listOf(listOf(oneOf(DECLARED_ROLES))),
  allowedLocations: listOf(text),
  attestors: listOf(attestor),
  attestations: listOf(attestation),
  senders: listOf(text),
  unattestedImages: listOf(unattestedImage),
  fhirServers: listOf(server),
  grants: listOf(grant),
  systemNamespaces: listOf(text),
  ciliumVersion: text,
  re2ProgramLimit: number,
  accessMode: oneOf(["smart", "breakGlass"]),
  breakGlass,
};
