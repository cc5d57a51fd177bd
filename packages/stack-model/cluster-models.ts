import {
  type Peer,
  unsupportedInObject,
  clusterInput,
  manifestError,
  type ClusterModel,
  buildClusterModel,
  workloadsBehind,
} from "@attested-fhir/cilium-access";
import {
  type PlannedCiliumConfig,
  plannedCiliumConfig,
  type EvaluationBlocker,
} from "./planned-cilium-config.ts";
import { type Declaration, readDeclaration, type DeclaredServer, withDeclaration } from "./declaration.ts";
import type { Resource, StackReport } from "./resource.ts";
import { objectsByCluster, type PlannedObject } from "./kubernetes-objects.ts";
import { WORKLOAD_TYPES } from "./pod-specs.ts";
import { formatValue, UNKNOWN } from "./property-value.ts";

/** The stack's clusters with pods and policies, ready to be asked who may send which request to whom. */

export interface PlannedCluster {
  readonly model: ClusterModel;
  readonly objects: readonly PlannedObject[];
  /** Why what the model says may not hold, each about one resource; none where all that decides is known. */
  readonly blockers: readonly EvaluationBlocker[];
}

/** A FHIR server of the stack, and where it runs. */
export interface PlannedServer {
  readonly server: DeclaredServer;
  /** Its pods. */
  readonly actor: Peer;
  readonly cluster: PlannedCluster;
  /** What makes its pods. */
  readonly resource: Resource | undefined;
}

/** Guardrails ask about the same resources one after another. */
const known = new WeakMap<readonly Resource[], readonly PlannedCluster[]>();

/** All clusters that have pods or policies in the stack. */
export function clusterModels(resources: readonly Resource[]): readonly PlannedCluster[] {
  let clusters = known.get(resources);
  if (clusters === undefined) {
    const byProvider = objectsByCluster(resources, namespaceOfServers(resources));
    clusters = [...byProvider].map(([provider, objects]) =>
      clusterOf(objects, plannedCiliumConfig(provider, objects, resources)),
    );
    known.set(resources, clusters);
  }
  return clusters;
}

/** The namespace that the stack declares for its FHIR servers; undefined where there is none, or more than one. */
export function namespaceOfServers(resources: readonly Resource[]): string | undefined {
  const found = readDeclaration(resources, "fhirServers");
  if (!("sections" in found)) return undefined;
  const namespaces = new Set(found.sections.fhirServers.map(({ namespace }) => namespace));
  return namespaces.size === 1 ? [...namespaces][0] : undefined;
}

function clusterOf(
  objects: readonly PlannedObject[],
  { options, blockers }: PlannedCiliumConfig,
): PlannedCluster {
  const faults = new Map(objects.map((seen) => [seen, manifestError(seen.object)]));
  const readable = objects.filter((seen) => faults.get(seen) === undefined);
  const model = buildClusterModel(clusterInput(readable.map(({ object }) => object)), options);
  const ofObjects = objects.flatMap((seen): EvaluationBlocker[] => {
    const { resource, unknown, patch } = seen;
    const fault = faults.get(seen);
    return [
      ...(fault === undefined ? [] : [{ resource, why: fault }]),
      ...unsupportedInObject(seen.object).map((why) => ({ resource, why })),
      ...unknown.map((path) => ({
        resource,
        why: `${path} is ${formatValue(UNKNOWN)}`,
        unknown: true,
      })),
      ...(patch ? [{ resource, why: "it changes parts of an object that the stack does not show" }] : []),
    ];
  });
  const refused = model.policies.flatMap(({ policy, refused: why }) => {
    const seen = objects.find(
      ({ object: { kind = "", metadata } }) =>
        kind.endsWith("Policy") &&
        metadata?.name === policy.name &&
        (policy.namespace === "" || metadata.namespace === policy.namespace),
    );
    // What is missing in it may only be not known.
    return why === undefined || seen === undefined || seen.unknown.length > 0
      ? []
      : [{ resource: seen.resource, why: `Cilium refuses it, so it is ignored: ${why}` }];
  });
  return { model, objects, blockers: [...blockers, ...ofObjects, ...refused] };
}

/** The pods of a declared server, in each cluster that has any. */
export function serversIn(
  clusters: readonly PlannedCluster[],
  server: DeclaredServer,
): readonly PlannedServer[] {
  const { name, namespace, labels } = server;
  const service = { name, namespace, labels: {}, selector: labels, ports: [] };
  return clusters.flatMap((cluster) =>
    workloadsBehind(service, cluster.model).map((actor) => ({
      server,
      actor,
      cluster,
      resource: workloadResource(actor, cluster),
    })),
  );
}

/** What makes the pods of a workload. */
export function workloadResource(
  { name, namespace }: Peer,
  { objects }: PlannedCluster,
): Resource | undefined {
  return objects.find(
    ({ resource, object: { metadata } }) =>
      WORKLOAD_TYPES.test(resource.type) &&
      metadata?.name === name &&
      (metadata.namespace ?? "default") === namespace,
  )?.resource;
}

/** What a guardrail on the FHIR servers looks at. */
export interface ServersAndDeclaration<S extends keyof Declaration> {
  readonly servers: readonly PlannedServer[];
  readonly declaration: Pick<Declaration, S> & Pick<Declaration, "fhirServers">;
}

/** Sections of the declaration that decide about access to the FHIR servers. */
const ACCESS_SECTIONS = ["grants", "systemNamespaces", "accessMode", "breakGlass"] as const;

/**
 * Passes the FHIR servers that the stack declares to `use`, once it is known what decides about them. Where it is not,
 * `reportUnknownAccess` reports it.
 */
export function withServers<S extends (typeof ACCESS_SECTIONS)[number]>(
  resources: readonly Resource[],
  sections: readonly S[],
  use: (found: ServersAndDeclaration<S>) => void,
): void {
  const declared = readDeclaration(resources, "fhirServers");
  const found = readDeclaration(resources, ...sections);
  if (!("sections" in declared) || !("sections" in found)) return;
  const { fhirServers } = declared.sections;
  if (fhirServers.length === 0) return;
  const { servers, blockers } = plannedServers(resources, fhirServers);
  if (blockers.size === 0) use({ servers, declaration: { ...found.sections, fhirServers } });
}

/** Reports what keeps access to the FHIR servers from being evaluated, once for all guardrails that evaluate it. */
export function reportUnknownAccess(resources: readonly Resource[], report: StackReport): void {
  withDeclaration(resources, ["fhirServers"], report, ({ fhirServers }) => {
    if (fhirServers.length === 0) return;
    for (const section of ACCESS_SECTIONS) withDeclaration(resources, [section], report, () => undefined);
    for (const { resource, why } of plannedServers(resources, fhirServers).blockers)
      report(`cannot be evaluated: ${why} (treated as a violation)`, resource);
  });
}

/** The clusters that have FHIR servers, or may; none where the stack declares no server. */
export function serverClusters(resources: readonly Resource[]): readonly PlannedCluster[] {
  const declared = readDeclaration(resources, "fhirServers");
  if (!("sections" in declared) || declared.sections.fhirServers.length === 0) return [];
  return plannedServers(resources, declared.sections.fhirServers).concerned;
}

/** The servers, and what decides about them without being known. */
export function plannedServers(resources: readonly Resource[], fhirServers: readonly DeclaredServer[]) {
  const clusters = clusterModels(resources);
  const servers = fhirServers.flatMap((server) => serversIn(clusters, server));
  // Pods that cannot be read may be a server's, whatever cluster they are in.
  const concerned = servers.length < fhirServers.length ? clusters : servers.map(({ cluster }) => cluster);
  const strays = servers.length === 0 ? [] : policiesOfOtherProviders(servers, clusters);
  return {
    servers,
    concerned,
    blockers: new Set([...concerned.flatMap((cluster) => cluster.blockers), ...strays]),
  };
}

/**
 * Policies that may hold for the servers although another provider makes them: two providers may have one cluster.
 */
function policiesOfOtherProviders(
  servers: readonly PlannedServer[],
  clusters: readonly PlannedCluster[],
): readonly EvaluationBlocker[] {
  const own = new Set(servers.map(({ cluster }) => cluster));
  const namespaces = new Set(servers.map(({ server }) => server.namespace));
  return clusters
    .filter((cluster) => !own.has(cluster))
    .flatMap(({ objects }) => objects)
    .filter(({ object: { kind = "", metadata } }) => {
      const isAnywhere = kind === "CiliumClusterwideNetworkPolicy" || metadata?.namespace === undefined;
      return kind.endsWith("NetworkPolicy") && (isAnywhere || namespaces.has(metadata.namespace ?? ""));
    })
    .map(({ resource }) => ({
      resource,
      why: "another provider makes it than the FHIR servers, whose cluster it may yet be in",
    }));
}
