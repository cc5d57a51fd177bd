import { z } from "zod";
import { blocksOf } from "../policy/external-cidrs.ts";
import { PolicyRepository, trafficParties, type TrafficParty } from "../verdict/policy-repository.ts";
import { RESERVED_IDENTITIES } from "../identity/identity.ts";
import { externalPeer, parseAnyPolicy } from "../k8s/cluster-model.ts";
import { DEFAULT_OPTIONS, type Options } from "../options.ts";
import { prepareRequest } from "../l7/http-request.ts";
import { evaluateAccess, type Outcome } from "../verdict/verdict.ts";
import { QueryError } from "../query-error.ts";
import { mapOf, stringMap } from "../string-map.ts";

/** Many questions at once, in the format that the oracle speaks, too. Its requests have no headers of their own. */

const batch = z.object({
  policies: z.array(z.unknown()),
  endpoints: z.array(
    z.object({
      name: z.string(),
      namespace: z.string(),
      labels: stringMap.default({}),
      ports: mapOf(z.int().min(1).max(65_535)).default({}),
      serviceAccount: z.string().default("default"),
    }),
  ),
  queries: z.array(
    z.object({
      src: z.string(),
      dst: z.string(),
      port: z.int().min(1).max(65_535),
      method: z.string(),
      path: z.string(),
    }),
  ),
});

/** `allow` also where nothing is enforced; `l7-deny` whenever the proxy answers instead of the server. */
export type BatchVerdict = "allow" | "l7-deny" | "drop" | "undecided";

export interface BatchAnswer {
  /** Policies that are ignored, and why. */
  readonly refused: readonly { readonly policy: string; readonly error: string }[];
  /** One for each query. */
  readonly verdicts: readonly BatchVerdict[];
}

const VERDICTS: Readonly<Record<Outcome, BatchVerdict>> = {
  allowed: "allow",
  notEnforced: "allow",
  denied: "l7-deny",
  dropped: "drop",
  undecided: "undecided",
};

function checkNames(names: readonly string[]): void {
  const firsts = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    const first = firsts.get(name);
    if (first === undefined) firsts.set(name, index);
    else {
      throw new QueryError(
        `endpoints[${index}] is named "${name}" as endpoints[${first}] is: names must be unique`,
      );
    }
    if (RESERVED_IDENTITIES.some((reserved) => reserved === name)) {
      throw new QueryError(
        `endpoints[${index}] is named "${name}", which is a reserved identity: choose another name`,
      );
    }
  }
}

/**
 * Answers a batch.
 *
 * @throws QueryError when the batch is malformed, or a query names an unknown endpoint
 */
export function answerBatch(data: unknown, options: Partial<Options> = {}): BatchAnswer {
  const parsed = batch.safeParse(data);
  if (!parsed.success) throw new QueryError(`the batch is malformed: ${z.prettifyError(parsed.error)}`);
  const { policies, endpoints, queries } = parsed.data;
  // Where they are not switched on, policies with rules for nodes would only be refused.
  // The oracle is Cilium's engine, to which Envoy's limit is unknown.
  const unlimited = { re2ProgramLimit: Number.POSITIVE_INFINITY };
  const all: Options = { ...DEFAULT_OPTIONS, nodeSelectorLabels: true, ...unlimited, ...options };
  const context = { options: all, services: [], cidrGroups: new Map() };
  const read = policies.map((policy) => parseAnyPolicy(policy, context));
  const blocks = blocksOf(read, all.version);
  checkNames(endpoints.map(({ name }) => name));
  const parties = new Map<string, TrafficParty>();
  const pods = endpoints.flatMap((endpoint) => {
    const ports = Object.entries(endpoint.ports).map(([name, port]) => ({
      name,
      port,
      protocol: "TCP" as const,
    }));
    const [party] = trafficParties({ ...endpoint, ports }, [], all);
    if (party === undefined) return [];
    parties.set(endpoint.name, party);
    return [party];
  });
  const cluster = new PolicyRepository(read, pods, all);
  const partyOf = (name: string, index: number): TrafficParty => {
    const party = parties.get(name) ?? externalPeer(name, blocks)?.parties[0];
    if (party === undefined)
      throw new QueryError(
        `queries[${index}] names "${name}", which is neither an endpoint, an address nor one of ${RESERVED_IDENTITIES.join(", ")}`,
      );
    return party;
  };
  return {
    refused: read.flatMap(({ policy, refused }) =>
      refused === undefined ? [] : [{ policy: policy.name, error: refused }],
    ),
    verdicts: queries.map(({ src, dst, port, method, path }, index) => {
      const access = evaluateAccess(cluster, partyOf(src, index), partyOf(dst, index), port);
      return VERDICTS[access.outcomeOf(prepareRequest({ method, path, headers: {} }))];
    }),
  };
}
