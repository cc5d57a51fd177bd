import type { Grant, Interaction } from "./grant.ts";
import { type PathPattern, toRe2 } from "./path-pattern.ts";

/** What Cilium's HTTP rule matches: both are regular expressions, and both match as a whole. */
export interface GrantHttpRule {
  readonly method: string;
  readonly path: string;
}

/** A request that an interaction makes: its method, and the paths that it may have. */
interface Shape {
  readonly methods: readonly string[];
  readonly pathOf: (record: string, type: string, id: string) => PathPattern;
}

const text = (literal: string): PathPattern => ({ literal, versionId: false });

/** HEAD is a method of its own to Cilium (cilium#13280). */
const READING = ["GET", "HEAD"];

/**
 * FHIR R5, RESTful API. A path is exactly the record's: a slash at its end, `?_format=json`, `/_history` where
 * only reading is granted, `/$everything`, another record: all are refused. A search finds the one record by its
 * id, with no further parameter, for `_include`, `_revinclude` and a second id would bring others along.
 */
const SHAPES: Readonly<Record<Interaction, Shape>> = {
  read: { methods: READING, pathOf: (record) => text(record) },
  vread: {
    methods: READING,
    pathOf: (record) => ({ literal: `${record}/_history/`, versionId: true }),
  },
  history: { methods: READING, pathOf: (record) => text(`${record}/_history`) },
  search: { methods: READING, pathOf: (_record, type, id) => text(`${type}?_id=${id}`) },
  update: { methods: ["PUT"], pathOf: (record) => text(record) },
};

/** The path that an interaction of a grant has. */
export function interactionPath(grant: Grant, interaction: Interaction, basePath: string): PathPattern {
  const type = `${basePath}/${grant.resourceType}`;
  return SHAPES[interaction].pathOf(`${type}/${grant.id}`, type, grant.id);
}

/** The rules that let exactly the requests of the grants pass, each once, in an order that never changes. */
export function grantHttpRules(grants: readonly Grant[], basePath: string): GrantHttpRule[] {
  const rules = grants.flatMap((grant) =>
    grant.interactions.flatMap((interaction) => {
      const path = toRe2(interactionPath(grant, interaction, basePath));
      return SHAPES[interaction].methods.map((method) => ({ method, path }));
    }),
  );
  const byRequest = new Map(rules.map((rule) => [`${rule.path} ${rule.method}`, rule]));
  return [...byRequest].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, rule]) => rule);
}
