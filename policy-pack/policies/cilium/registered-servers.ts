import type { Configuration } from "@attested-fhir/policy-config";
import {
  type Declaration,
  type DeclaredServer,
  type EvaluationBlocker,
  HELM_RELEASE,
  mapEntries,
  plannedServers,
  podSpecs,
  propertyAt,
  readDeclaration,
  type RegisteredResources,
  type Resource,
  ROOT,
  type ServersAndDeclaration,
  WORKLOAD_TYPES,
} from "@attested-fhir/stack-model";
import type { OrderedGuardrail } from "../../guardrail.ts";

/** The FHIR servers that a resource decides about, when it is registered and not created yet. */

const NETWORK_POLICY = /^kubernetes:[^:]+:\w*NetworkPolicy(?:Patch|List)?$/;

/** What is evaluated: the pods of a server, and each policy that is registered after them. */
const SERVER_TYPES = [WORKLOAD_TYPES, NETWORK_POLICY, HELM_RELEASE];

type Before = Pick<OrderedGuardrail, "types" | "check">;
type Report = (message: string) => void;

/**
 * Evaluates the FHIR servers that a resource decides about, with the cluster as it is registered so far: for the pods
 * of a server that server, for a policy all servers that were registered before it.
 *
 * What is not known before the update is left to the stack guardrail, which a preview evaluates too; in an update
 * nothing is unknown. Nothing is reported twice.
 *
 * @param sections of the declaration that the guardrail needs
 */
export function forRegisteredServers<S extends keyof Declaration>(
  sections: readonly S[],
  check: (found: ServersAndDeclaration<S>, report: Report, configuration: Configuration) => void,
): Before {
  const reported = new WeakMap<RegisteredResources, Set<string>>();
  return {
    types: SERVER_TYPES,
    check(resource, registered, report, configuration) {
      const known = reported.get(registered) ?? new Set();
      reported.set(registered, known);
      const reportOnce = (message: string) => {
        if (!known.has(message)) report(message);
        known.add(message);
      };
      const found = registeredServers(resource, registered, sections);
      if (found?.blockers.length === 0) check(found, reportOnce, configuration);
    },
  };
}

function registeredServers<S extends keyof Declaration>(
  resource: Resource,
  registered: RegisteredResources,
  sections: readonly S[],
): (ServersAndDeclaration<S> & { readonly blockers: readonly EvaluationBlocker[] }) | undefined {
  const roots = registered.ofTypes(ROOT);
  const declared = readDeclaration(roots, "fhirServers");
  const needed = readDeclaration(roots, ...sections);
  if (!("sections" in declared) || !("sections" in needed)) return undefined;
  const { fhirServers } = declared.sections;
  if (!decidesAboutServer(resource, registered, fhirServers)) return undefined;
  const { servers, blockers } = plannedServers(registered.upTo(resource), fhirServers);
  const isWorkload = WORKLOAD_TYPES.test(resource.type);
  const decided = isWorkload ? servers.filter((one) => one.resource === resource) : servers;
  return { servers: decided, declaration: { ...needed.sections, fhirServers }, blockers: [...blockers] };
}

/** The same for what keeps the servers from being evaluated, once for all guardrails on access. */
export const unknownAccess: Before = {
  types: SERVER_TYPES,
  check(resource, registered, report) {
    const blockers = registeredServers(resource, registered, [])?.blockers ?? [];
    if (blockers.some(({ unknown }) => unknown)) return;
    for (const blocker of blockers) report(blockerMessage(blocker, resource));
  },
};

/** Why something cannot be evaluated, in a message about a resource that was registered after it or is it. */
export function blockerMessage(
  { resource, why }: { readonly resource: Resource; readonly why: string },
  about: Resource,
): string {
  const where = resource.urn === about.urn ? "" : `${resource.name}: `;
  return `cannot be evaluated: ${where}${why} (treated as a violation)`;
}

/** Whether a workload makes the pods of a server, or there are such pods by the time that a policy is registered. */
function decidesAboutServer(
  resource: Resource,
  registered: RegisteredResources,
  servers: readonly DeclaredServer[],
): boolean {
  const own = WORKLOAD_TYPES.test(resource.type) ? new Set(podLabels(resource)) : undefined;
  return servers.some(({ labels }) => {
    const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
    return own === undefined
      ? pairs.some((pair) => registered.withKey(podLabels, pair).length > 0)
      : pairs.every((pair) => own.has(pair));
  });
}

/** The labels of a resource's pods, `KEY=VALUE`. */
function podLabels(resource: Resource): readonly string[] {
  return podSpecs(resource).flatMap(({ metadata }) =>
    mapEntries(propertyAt(metadata, "labels")).flatMap(([key, value]) =>
      typeof value === "string" ? [`${key}=${value}`] : [],
    ),
  );
}
