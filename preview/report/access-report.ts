import {
  explainDirection,
  decidingDirection,
  type GrantedRecord,
  normalizedOrOriginalPath,
  buildMatrix,
  formatMatrix,
  uniqueProbes,
  passes,
  passesAt,
  type Probe,
  type ServerAccess,
  type Verdict,
} from "@attested-fhir/cilium-access";
import {
  CILIUM_POLICY,
  readDeclaration,
  type PlannedCluster,
  clusterModels,
  grantedRecord,
  type Resource,
} from "@attested-fhir/stack-model";
import type { ObservedResource } from "./observation.ts";
import { plannedResources } from "./planned-resources.ts";

/** Which client may send which request to which server, by the policies of a stack. */
export interface AccessReport {
  /** Each port of each FHIR server that the stack declares; of every server, where it declares none. */
  readonly servers: readonly ServerReport[];
  /** What is unknown before the update and may change the result. */
  readonly blockers: readonly string[];
  /** The same as a table. */
  readonly table: string;
}

/** The access to one port of a server. */
export interface ServerReport {
  readonly server: string;
  readonly namespace: string | null;
  readonly port: number;
  readonly clients: readonly ClientReport[];
}

/** The access of one client. */
export interface ClientReport {
  readonly client: string;
  readonly namespace: string | null;
  /**
   * The probed requests that pass, each in one of the forms that it may be sent in; `everything` if the verdict does not
   * depend on the request.
   */
  readonly passes: "everything" | readonly { readonly method: string; readonly path: string }[];
  /** The verdict on the first request that does not pass, and its reason; null if all pass. */
  readonly otherwise: { readonly outcome: string; readonly because: string } | null;
}

/** Evaluates the access in a stack; undefined if it has no Cilium policies. */
export function accessReport(seen: readonly ObservedResource[]): AccessReport | undefined {
  if (!seen.some(({ type, operation }) => CILIUM_POLICY.test(type) && operation !== "delete"))
    return undefined;
  const resources = plannedResources(seen);
  const clusters = clusterModels(resources).filter(({ objects }) =>
    objects.some(({ resource }) => CILIUM_POLICY.test(resource.type)),
  );
  const grants = grantsByServer(resources);
  const matrices = clusters.map(({ model }) => {
    const { servers } = buildMatrix(model, { grants });
    return {
      model,
      matrix: { servers: servers.filter(({ server }) => grants.size === 0 || grants.has(server.name)) },
    };
  });
  return {
    servers: matrices.flatMap(({ matrix }) => matrix.servers.map(serverReport)),
    blockers: evaluationBlockers(clusters),
    table: matrices
      .filter(({ matrix }) => matrix.servers.length > 0)
      .map(({ matrix, model }) => formatMatrix(matrix, model))
      .join("\n\n"),
  };
}

/** What prevents the evaluation of clusters, one line each. */
export function evaluationBlockers(clusters: readonly PlannedCluster[]): readonly string[] {
  return clusters.flatMap(({ blockers }) => blockers.map(({ resource, why }) => `${resource.name}: ${why}`));
}

/** The declared grants of each server. */
export function grantsByServer(
  resources: readonly Resource[],
): ReadonlyMap<string, readonly GrantedRecord[]> {
  const found = readDeclaration(resources, "fhirServers", "grants");
  if (!("sections" in found)) return new Map();
  const { fhirServers, grants } = found.sections;
  return new Map(
    fhirServers.map((server) => [
      server.name,
      grants.filter((grant) => grant.server === server.name).map((grant) => grantedRecord(grant, server)),
    ]),
  );
}

function serverReport({ server, port, probes, clients }: ServerAccess): ServerReport {
  return {
    server: server.name,
    namespace: server.namespace ?? null,
    port,
    clients: clients.map((access) => {
      const { client, always, verdictOn } = access;
      const failing = probes.findIndex((_, index) => !passesAt(access, index));
      const verdict = always ?? (failing < 0 ? undefined : verdictOn(failing));
      return {
        client: client.name,
        namespace: client.namespace ?? null,
        passes:
          always !== undefined && passes(always.outcome)
            ? "everything"
            : requestsIn(probes.filter((_, index) => passesAt(access, index))),
        otherwise: verdict === undefined || passes(verdict.outcome) ? null : denialReason(verdict),
      };
    }),
  };
}

/** Requests by their normalized path, each once. */
function requestsIn(probes: readonly Probe[]) {
  const normal = uniqueProbes(
    probes.map((probe) => ({ ...probe, path: normalizedOrOriginalPath(probe.path) })),
  );
  return normal.map(({ method, path }) => ({ method, path }));
}

function denialReason(verdict: Verdict): ClientReport["otherwise"] {
  const direction = decidingDirection(verdict) ?? "ingress";
  return { outcome: verdict.outcome, because: explainDirection(direction, verdict[direction]) };
}
