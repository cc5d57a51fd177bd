import type { HttpRules } from "../l7/http-rules.ts";
import { shortestMatch } from "../re2/shortest-match.ts";

/** Requests to evaluate: those that are granted, and those that come close. */

/** A request, and what asking about it is good for. */
export interface Probe {
  readonly method: string;
  readonly path: string;
  /** In words: `another id`, `trailing slash`. */
  readonly probes: string;
}

/** FHIR's interactions with one record. */
export const INTERACTIONS = ["read", "vread", "history", "search", "update"] as const;

export type Interaction = (typeof INTERACTIONS)[number];

/** One record of a FHIR server, and what is granted on it. */
export interface GrantedRecord {
  /** What stands before `/Patient`, without a slash at the end, perhaps nothing: `/intersystems/fhir/r5`. */
  readonly basePath: string;
  /** `Patient` */
  readonly resourceType: string;
  readonly id: string;
  readonly interactions: readonly Interaction[];
}

const READING = ["GET", "HEAD"];

/** The requests that interactions with a record are made of. FHIR R5, RESTful API. */
export function grantedRequests(record: GrantedRecord): Probe[] {
  return record.interactions.flatMap((interaction) =>
    (interaction === "update" ? ["PUT"] : READING).map((method) => ({
      method,
      path: interactionPath(record, interaction),
      probes: interaction,
    })),
  );
}

function interactionPath({ basePath, resourceType, id }: GrantedRecord, interaction: Interaction): string {
  const type = `${basePath}/${resourceType}`;
  switch (interaction) {
    case "read":
    case "update":
      return `${type}/${id}`;
    case "vread":
      return `${type}/${id}/_history/1`;
    case "history":
      return `${type}/${id}/_history`;
    case "search":
      return `${type}?_id=${id}`;
  }
}

/**
 * Requests around one record that a rule written too widely lets pass. Some are what is granted in another form: `%44`
 * is `D`, and `/./` is nothing.
 */
export function nearMisses({ basePath, resourceType, id }: GrantedRecord): Probe[] {
  const type = `${basePath}/${resourceType}`;
  const record = `${type}/${id}`;
  const system = basePath === "" ? "/" : basePath;
  const get = (path: string, probes: string): Probe => ({ method: "GET", path, probes });
  const [first = ""] = id;
  const encoded = `%${first.charCodeAt(0).toString(16)}${id.slice(1)}`;
  return [
    get(`${type}/0${id}`, "another id, with more before it"),
    get(`${type}/${id}0`, "another id, with more behind it"),
    get(`${type}/${id.slice(0, -1)}`, "a prefix of the id"),
    get(`${type}/${id.slice(1)}`, "a suffix of the id"),
    get(`${type}/${flipCase(id)}`, "the id in other letters"),
    get(`${type}/${id.replaceAll(/[-.]/g, "x")}`, "the id with any character for a dot"),
    get(`${type}/${encoded}`, "the id percent-encoded"),
    get(`${basePath}/Observation/${id}`, "another type"),
    get(`${record}/`, "trailing slash"),
    get(`${record}?`, "empty query"),
    get(`${record}?_format=json`, "query string"),
    get(`${record}/_history`, "history"),
    get(`${record}/_history/1`, "one version"),
    get(`${record}/_history?_count=1`, "history with a query"),
    get(`${record}/$everything`, "$everything"),
    get(`${record}/%24everything`, "$everything percent-encoded"),
    get(`${record}/Observation`, "compartment"),
    get(`${record}%2F_history`, "slash percent-encoded"),
    get(`${type}/./${id}`, "dot segment"),
    get(`${type}/x/../${id}`, "double dot segment"),
    get(`${type}//${id}`, "double slash"),
    get(`${record}/../${id}0`, "another id behind dots"),
    get(type, "all of the type"),
    get(`${type}?_id=${id}`, "search by id"),
    get(`${type}?_id=${id},${id}0`, "search by two ids"),
    get(`${type}?_id=${id}&_revinclude=*`, "search with others"),
    get(`${type}?name=${id}`, "search by name"),
    { method: "POST", path: `${type}/_search`, probes: "search by POST" },
    get(`${basePath}/metadata`, "capabilities"),
    get(`${system}?_type=${resourceType}`, "search of the whole system"),
    { method: "POST", path: system, probes: "transaction" },
    { method: "POST", path: type, probes: "create" },
    ...["PUT", "PATCH", "DELETE", "POST", "OPTIONS"].map((method) => ({
      method,
      path: record,
      probes: "another method",
    })),
    { method: "get", path: record, probes: "the method in lower case" },
  ];
}

function flipCase(text: string): string {
  return text.replaceAll(/[a-z]/gi, (it) => (it === it.toLowerCase() ? it.toUpperCase() : it.toLowerCase()));
}

/** Everything to ask about a record, each request once. */
export function recordProbes(record: GrantedRecord): Probe[] {
  return uniqueProbes([...grantedRequests(record), ...nearMisses(record)]);
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** What to ask about a port behind the proxy where no rule suggests a request. */
export const GENERAL_PROBES: readonly Probe[] = [
  ...["/", "/any"].flatMap((path) =>
    METHODS.map((method) => ({ method, path, probes: "what no rule names" })),
  ),
  { method: "GET", path: "/any%2Fpath", probes: "slash percent-encoded" },
];

/** Requests that HTTP rules suggest, where no grants are known: one that each rule allows, and those around it. */
export function suggestedProbes({ rules }: HttpRules): Probe[] {
  return uniqueProbes(
    rules.flatMap(({ path, method }) => {
      const sample = path === undefined ? "/" : shortestMatch(path);
      if (!sample?.startsWith("/")) return [];
      const allowed = METHODS.filter((name) => method?.matches(name) ?? true);
      const [name = "GET"] = allowed;
      const other = METHODS.find((one) => !allowed.includes(one));
      const around = (at: string, probes: string): Probe => ({ method: name, path: at, probes });
      return [
        ...allowed.map((one) => ({ method: one, path: sample, probes: "what a rule allows" })),
        around(`${sample.replace(/\/$/, "")}/`, "trailing slash"),
        around(`${sample}${sample.includes("?") ? "&" : "?"}x=1`, "query string"),
        around(`${sample}x`, "more behind it"),
        around(`${sample.replace(/\/?$/, "/")}x`, "below it"),
        around(sample.replace(/[^/]*\/?$/, "") || "/", "above it"),
        ...(other === undefined ? [] : [{ method: other, path: sample, probes: "another method" }]),
      ];
    }),
  );
}

/** Leaves out requests that were named before. */
export function uniqueProbes(probes: readonly Probe[]): Probe[] {
  const seen = new Map<string, Probe>();
  for (const probe of probes) {
    const key = `${probe.method} ${probe.path}`;
    if (!seen.has(key)) seen.set(key, probe);
  }
  return [...seen.values()];
}
