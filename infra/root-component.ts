import * as pulumi from "@pulumi/pulumi";
import type { Attestation, PinnedKey } from "@attested-fhir/attestation";
import { type Role, ROLES } from "./config/schema/projects.ts";
import { externalAttestation, keysById } from "./config/checks/external-attestations.ts";
import type { FhirEndpoint } from "../components/cilium/fhir-endpoint.ts";
import { NEWEST_CILIUM_VERSION } from "../components/cilium/version.ts";
import type { Grant } from "../components/cilium/grant.ts";
import { serverEndpoint } from "../components/fhir/fhir-server-spec.ts";
import type { AccessMode, BreakGlassRequest } from "../components/fhir/access-mode.ts";
import type { StackConfig } from "./config/stack-config.ts";
import { effectiveGrants } from "./config/effective-grants.ts";

/** The declaration of a stack as a whole, for the policy pack, whose configuration may pin it. */
export interface StackDeclaration {
  /** The layers that the stack builds. */
  readonly layers: readonly string[];
  /** Whether signing and runtime must be stacks of their own. */
  readonly separateDuties: boolean;
  /** The project of each role, and the service account that acts there. */
  readonly roles: Partial<
    Record<Role, { readonly project: string; readonly serviceAccount?: string | undefined }>
  >;
  /** The principal that signs, as an IAM member. */
  readonly signer?: string | undefined;
  /** Groups of roles that share a project by name. */
  readonly mergedRoles: readonly (readonly string[])[];
  /** Locations where health data may rest. */
  readonly allowedLocations: readonly string[];
  /** Attestors whose public keys the stack pins. */
  readonly attestors: readonly { readonly name: string; readonly publicKeys: readonly PinnedKey[] }[];
  /** Attestations that were handed to the stack. */
  readonly attestations: readonly Attestation[];
  /** Images that the stack signs. */
  readonly imagesToSign: readonly {
    readonly image: string;
    readonly owner: string;
    readonly reason: string;
  }[];
  /** Ranges that may reach the MLLP adapter. */
  readonly senders: readonly string[];
  /** Images, or patterns of them, that run without an attestation in a cluster that exists. */
  readonly unattestedImages: readonly { readonly image: string; readonly reason: string }[];
  /** The FHIR servers, as policies see them. */
  readonly fhirServers: readonly (FhirEndpoint & { readonly namespace: string })[];
  /** Who may do what with which record, registration included. */
  readonly grants: readonly Grant[];
  /** System namespaces of the FHIR servers' cluster, which deny-all does not apply to. */
  readonly systemNamespaces: readonly string[];
  /** The version of Cilium in that cluster; absent where it is installed already and the stack does not name it. */
  readonly ciliumVersion?: string | undefined;
  /** The largest RE2 program that Envoy takes, in instructions. */
  readonly re2ProgramLimit: number;
  /** What protects the routes of the FHIR servers: SMART, or policies alone. */
  readonly accessMode: AccessMode;
  /** Who opens the routes, why and until when; absent where the stack does not set it. */
  readonly breakGlass?: BreakGlassRequest | undefined;
}

/** The declaration of a stack. */
export function stackDeclaration(config: StackConfig): StackDeclaration {
  const pinned = config.attestors.map(({ name, publicKeys }) => ({ name, publicKeys: keysById(publicKeys) }));
  const own = ownAttestor(config);
  const external = own.flatMap(({ publicKeys }) =>
    config.images.flatMap((item) => externalAttestation(item, publicKeys) ?? []),
  );
  return {
    layers: config.layers,
    separateDuties: config.separateDuties,
    roles: Object.fromEntries(
      ROLES.flatMap((role) => {
        const project = config.projects[role];
        return project ? [[role, { project: project.id, serviceAccount: project.serviceAccount }]] : [];
      }),
    ),
    signer: config.signer,
    mergedRoles: config.mergedRoles,
    allowedLocations: config.allowedLocations,
    attestors: [...pinned, ...own],
    attestations: [...config.attestations, ...external],
    imagesToSign: config.images.map(({ image, owner, reason }) => ({ image, owner, reason })),
    senders: config.mllpAdapter?.senders ?? [],
    unattestedImages: config.unattestedImages,
    fhirServers: fhirServers(config),
    grants: effectiveGrants(config),
    systemNamespaces: [...new Set(["kube-system", ...config.cilium.systemNamespaces])].sort(),
    ciliumVersion: ciliumVersionOf(config),
    re2ProgramLimit: config.cilium.re2ProgramLimit,
    accessMode: config.accessMode,
    breakGlass: config.breakGlass,
  };
}

function ciliumVersionOf({ fhirServer, cilium: { install, version } }: StackConfig): string | undefined {
  if (fhirServer === undefined) return undefined;
  return version ?? (install ? NEWEST_CILIUM_VERSION : undefined);
}

function fhirServers({ fhirServer }: StackConfig): StackDeclaration["fhirServers"] {
  if (fhirServer === undefined) return [];
  const { name, org, basePath, namespace } = fhirServer;
  return [{ ...serverEndpoint({ server: name, org, basePath }), namespace }];
}

/** The stack's own attestor, where its keys are managed elsewhere and so known before the update. */
function ownAttestor({ attestor, projects }: StackConfig) {
  if (attestor === undefined || attestor.publicKeys.length === 0 || projects.attestor === undefined)
    return [];
  return [
    {
      name: `projects/${projects.attestor.id}/attestors/${attestor.id}`,
      publicKeys: keysById(attestor.publicKeys),
    },
  ];
}

/**
 * The root of all resources of a stack. It declares none itself; its inputs and outputs state what the
 * stack is meant to be, for guardrails and previews.
 */
export class AttestedFhir extends pulumi.ComponentResource {
  constructor(name: string, declaration: StackDeclaration, opts?: pulumi.ComponentResourceOptions) {
    super("attested-fhir:index:AttestedFhir", name, { ...declaration }, opts);
    this.registerOutputs({ ...declaration });
  }
}
