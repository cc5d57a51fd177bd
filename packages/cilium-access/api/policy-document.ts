import { z } from "zod";
import type { Version } from "../options.ts";
import { stringMap } from "../string-map.ts";

/**
 * The form of Cilium's policies, as plain data.
 *
 * Source: the Go types in pkg/policy/api and pkg/k8s/apis/cilium.io/v2.
 */

type ObjectOf = typeof z.object;

/** Optional keys that not every version has; to the types they are always there. */
function keysIf<Shape extends object>(known: boolean, shape: Shape): Shape {
  return known ? shape : ({} as Shape);
}

function selectors(objectOf: ObjectOf) {
  return objectOf({
    matchLabels: stringMap.optional(),
    matchExpressions: z
      .array(
        objectOf({
          key: z.string().default(""),
          operator: z.string().default(""),
          values: z.array(z.string()).optional(),
        }),
      )
      .optional(),
  });
}

const int32 = z.int32();

function layer7(objectOf: ObjectOf, version: Version) {
  const http = z.array(
    objectOf({
      path: z.string().optional(),
      method: z.string().optional(),
      host: z.string().optional(),
      headers: z.array(z.string()).optional(),
      headerMatches: z
        .array(
          objectOf({
            mismatch: z.string().optional(),
            name: z.string().default(""),
            secret: objectOf({ namespace: z.string().optional(), name: z.string().default("") }).optional(),
            value: z.string().optional(),
          }),
        )
        .optional(),
    }),
  );
  const dns = z.array(objectOf({ matchName: z.string().optional(), matchPattern: z.string().optional() }));
  return objectOf({
    http: http.optional(),
    dns: dns.optional(),
    // Gone in 1.20: Cilium reads such a policy as if they were not there.
    ...keysIf(version === "1.16", {
      kafka: z.array(z.looseObject({})).optional(),
      l7proto: z.string().optional(),
      l7: z.array(stringMap).optional(),
    }),
  });
}

function ports(objectOf: ObjectOf) {
  return z
    .array(
      objectOf({
        port: z.string().optional(),
        endPort: int32.optional(),
        protocol: z.string().optional(),
      }),
    )
    .optional();
}

function portRules(objectOf: ObjectOf, version: Version) {
  const tls = z.looseObject({}).optional();
  return z.array(
    objectOf({
      ports: ports(objectOf),
      terminatingTLS: tls,
      originatingTLS: tls,
      serverNames: z.array(z.string()).optional(),
      listener: objectOf({
        envoyConfig: objectOf({ kind: z.string().optional(), name: z.string().optional() }).optional(),
        name: z.string().default(""),
        priority: z.int().min(0).optional(),
      }).optional(),
      rules: layer7(objectOf, version).optional(),
    }),
  );
}

function peers(objectOf: ObjectOf, version: Version) {
  const selector = selectors(objectOf);
  const list = z.array(selector).optional();
  return {
    endpoints: list,
    nodes: list,
    requires: version === "1.16" ? list : z.array(z.string()).optional(),
    cidrs: z.array(z.string()).optional(),
    cidrSet: z
      .array(
        objectOf({
          cidr: z.string().optional(),
          cidrGroupRef: z.string().optional(),
          ...keysIf(version === "1.20", { cidrGroupSelector: selector.optional() }),
          except: z.array(z.string()).optional(),
        }),
      )
      .optional(),
    entities: z.array(z.string()).optional(),
    groups: z.array(z.looseObject({})).optional(),
    services: z
      .array(
        objectOf({
          k8sServiceSelector: objectOf({ selector, namespace: z.string().optional() }).optional(),
          k8sService: objectOf({
            serviceName: z.string().optional(),
            namespace: z.string().optional(),
          }).optional(),
        }),
      )
      .optional(),
  };
}

function ruleOf(objectOf: ObjectOf, version: Version) {
  const selector = selectors(objectOf);
  const peer = peers(objectOf, version);
  const from = {
    fromEndpoints: peer.endpoints,
    fromNodes: peer.nodes,
    fromRequires: peer.requires,
    fromCIDR: peer.cidrs,
    fromCIDRSet: peer.cidrSet,
    fromEntities: peer.entities,
    fromGroups: peer.groups,
  };
  const to = {
    toEndpoints: peer.endpoints,
    toNodes: peer.nodes,
    toRequires: peer.requires,
    toCIDR: peer.cidrs,
    toCIDRSet: peer.cidrSet,
    toEntities: peer.entities,
    toGroups: peer.groups,
    toServices: peer.services,
  };
  const icmps = z
    .array(
      objectOf({
        fields: z
          .array(objectOf({ family: z.string().optional(), type: z.union([z.int(), z.string()]) }))
          .optional(),
      }),
    )
    .optional();
  const toPorts = portRules(objectOf, version).optional();
  const denyPorts = z.array(objectOf({ ports: ports(objectOf) })).optional();
  const authentication = objectOf({ mode: z.string().optional() }).optional();
  const fqdns = z
    .array(objectOf({ matchName: z.string().optional(), matchPattern: z.string().optional() }))
    .optional();
  return objectOf({
    endpointSelector: selector.optional(),
    nodeSelector: selector.optional(),
    ingress: z.array(objectOf({ ...from, toPorts, icmps, authentication })).optional(),
    ingressDeny: z.array(objectOf({ ...from, toPorts: denyPorts, icmps })).optional(),
    egress: z.array(objectOf({ ...to, toPorts, toFQDNs: fqdns, icmps, authentication })).optional(),
    egressDeny: z.array(objectOf({ ...to, toPorts: denyPorts, icmps })).optional(),
    enableDefaultDeny: objectOf({
      ingress: z.boolean().optional(),
      egress: z.boolean().optional(),
    }).optional(),
    description: z.string().optional(),
    labels: z.array(z.union([z.string().min(1), z.looseObject({ key: z.string().min(1) })])).optional(),
    ...keysIf(version === "1.20", { log: z.looseObject({}).optional() }),
  });
}

function documentOf(objectOf: ObjectOf, version: Version) {
  const rule = ruleOf(objectOf, version);
  return objectOf({
    apiVersion: z.string().optional(),
    kind: z.string().optional(),
    metadata: z.looseObject({ name: z.string().default(""), namespace: z.string().default("") }),
    spec: rule.optional(),
    specs: z.array(rule).optional(),
    status: z.unknown().optional(),
  });
}

type Schema = ReturnType<typeof documentOf>;

const schemas = new Map<Version, { strict: Schema; loose: Schema }>();

function schemasOf(version: Version): { strict: Schema; loose: Schema } {
  let found = schemas.get(version);
  if (found === undefined) {
    // A strict object differs in nothing but in what it does with keys that it does not know.
    found = { strict: documentOf(z.strictObject as ObjectOf, version), loose: documentOf(z.object, version) };
    schemas.set(version, found);
  }
  return found;
}

/** A policy whose form has been checked. */
export type PolicyDocument = z.infer<Schema>;
/** One `spec` of it. */
export type RuleDocument = NonNullable<PolicyDocument["spec"]>;
export type IngressDocument = NonNullable<RuleDocument["ingress"]>[number];
export type EgressDocument = NonNullable<RuleDocument["egress"]>[number];
export type PortRuleDocument = NonNullable<IngressDocument["toPorts"]>[number];

/** A policy as it was read. */
export type ParsedDocument =
  | {
      readonly document: PolicyDocument;
      /** Unknown fields: the API server drops them, and they have no effect. */
      readonly unknownKeys: readonly string[];
    }
  | { readonly error: string };

/** Reads the form of a policy. `null` stands for a key that is not there, as it does for the API server. */
export function parsePolicyDocument(data: unknown, version: Version): ParsedDocument {
  const { strict, loose } = schemasOf(version);
  const cleaned = withoutNulls(data);
  const result = strict.safeParse(cleaned);
  if (result.success) return { document: result.data, unknownKeys: [] };
  const { issues } = result.error;
  const other = issues.find(({ code }) => code !== "unrecognized_keys");
  if (other !== undefined) {
    return { error: other.path.length === 0 ? other.message : `${dottedPath(other.path)}: ${other.message}` };
  }
  const unknownKeys = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? issue.keys.map((key) => dottedPath([...issue.path, key])) : [],
  );
  return { document: loose.parse(cleaned), unknownKeys };
}

/** A copy without the keys that have no value. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== null && part !== undefined)
      .map(([key, part]) => [key, withoutNulls(part)]),
  );
}

/** A path as messages have it: `spec.egress[0].toPorts`. */
export function dottedPath(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === "number" ? `[${key}]` : `${index === 0 ? "" : "."}${String(key)}`))
    .join("");
}
