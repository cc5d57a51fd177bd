import { explainDirection, decidingDirection, evidence, type Evidence } from "../verdict/explain-verdict.ts";
import { type ClientAccess, type Matrix, passesAt, type ServerAccess } from "./access-matrix.ts";
import type { ClusterModel } from "../k8s/cluster-model.ts";
import { normalizedOrOriginalPath } from "../l7/normalize-path.ts";
import { describePolicy } from "../api/rules.ts";
import type { Outcome, Verdict } from "../verdict/verdict.ts";

/** The matrix as people read it, and as programs do. */

/** Clients of which one is like the other. */
interface Row {
  readonly clients: readonly ClientAccess[];
  readonly passes: readonly string[];
  readonly otherwise: string;
  readonly why: string;
}

const MANY = 12;

const EVERYTHING: Readonly<Record<Outcome, readonly [string, string]>> = {
  allowed: ["everything", ""],
  notEnforced: ["everything", ""],
  denied: ["nothing", "403"],
  dropped: ["nothing", "dropped"],
  undecided: ["undecided", ""],
};

/** The matrix as a table for each port of each server. */
export function formatMatrix(matrix: Matrix, model: ClusterModel): string {
  const tables = matrix.servers.map(
    (server) => `${titleOf(server)}\n\n${inColumns(rowsOf(server).map(cellsOf))}`,
  );
  const below = matrixNotes(model);
  return [...tables, ...(below.length === 0 ? [] : [below.join("\n")])].join("\n\n");
}

function titleOf({ server, port }: ServerAccess): string {
  return `${server.name}${server.namespace === undefined ? "" : ` in ${server.namespace}`}, port ${port}`;
}

/** Clients with the same answers stand in one row, in the order of their first. */
function rowsOf(access: ServerAccess): Row[] {
  const groups = Map.groupBy(access.clients, (client) => keyOf(client, access));
  return [...groups.values()].map((clients) => rowOf(clients, access));
}

function keyOf({ always, outcomes, verdictOn }: ClientAccess, { probes }: ServerAccess): string {
  if (always !== undefined) return `${always.outcome} ${whyOf(always)}`;
  const reasons = probes.length === 0 ? "" : whyOf(verdictOn(0));
  return `${outcomes.join(" ")} ${reasons}`;
}

function rowOf(clients: readonly ClientAccess[], { probes }: ServerAccess): Row {
  const [first] = clients;
  if (first === undefined) throw new Error("a row has no clients");
  if (first.always !== undefined) {
    const [passes, otherwise] = EVERYTHING[first.always.outcome];
    return { clients, passes: [passes], otherwise, why: whyOf(first.always) };
  }
  const passing = probes.flatMap((probe, index) => (passesAt(first, index) ? [{ probe, index }] : []));
  const failing = first.outcomes.findIndex((_, index) => !passesAt(first, index));
  const example = passing[0]?.index ?? failing;
  return {
    clients,
    passes: requestsInLines(passing.map(({ probe }) => probe)),
    otherwise: failing < 0 ? "" : EVERYTHING[first.outcomes[failing] ?? "denied"][1] || "undecided",
    why: example < 0 ? "" : whyOf(first.verdictOn(example)),
  };
}

/** Requests by their path, in normal form: in how many other forms it may be sent goes without saying. */
function requestsInLines(probes: readonly { method: string; path: string }[]): string[] {
  const methods = new Map<string, Set<string>>();
  for (const { method, path } of probes) {
    const key = normalizedOrOriginalPath(path);
    methods.set(key, (methods.get(key) ?? new Set()).add(method));
  }
  const lines = [...methods].map(([path, names]) => `${[...names].join(", ")} ${path}`);
  if (lines.length === 0) return ["nothing"];
  return lines.length <= MANY ? lines : [...lines.slice(0, MANY), `and ${lines.length - MANY} more`];
}

/** The side that decides; both, where both let it pass. */
function whyOf(verdict: Verdict): string {
  const deciding = decidingDirection(verdict);
  if (deciding !== undefined) return `${deciding}: ${explainDirection(deciding, verdict[deciding])}`;
  return `egress: ${explainDirection("egress", verdict.egress)}; ingress: ${explainDirection("ingress", verdict.ingress)}`;
}

function cellsOf({ clients, passes, otherwise, why }: Row): readonly (readonly string[])[] {
  const names = clients.map(({ client: { name, namespace } }) =>
    namespace ? `${name} (${namespace})` : name,
  );
  return [names, passes, [otherwise], [why]];
}

const HEAD: readonly (readonly string[])[] = [["client"], ["passes"], ["otherwise"], ["why"]];

/** Cells of several lines, side by side. The last column is as long as it is. */
function inColumns(rows: readonly (readonly (readonly string[])[])[]): string {
  const all = [HEAD, ...rows];
  const widths = HEAD.map((_, column) =>
    Math.max(...all.map((row) => Math.max(0, ...(row[column] ?? []).map(({ length }) => length)))),
  );
  return all
    .flatMap((row) => {
      const height = Math.max(...row.map(({ length }) => length));
      return Array.from({ length: height }, (_, line) =>
        row
          .map((cell, column) => (cell[line] ?? "").padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd(),
      ).map((text) => `  ${text}`);
    })
    .join("\n");
}

/** Notes below the matrix, line by line: ignored policies, and unknown fields. */
export function matrixNotes({ policies }: ClusterModel): string[] {
  const refused = policies.flatMap(({ policy, refused: why }) =>
    why === undefined ? [] : [`${describePolicy(policy)} is ignored because Cilium rejects it: ${why}`],
  );
  const unknown = policies.flatMap(({ policy, unknownKeys }) =>
    unknownKeys.length === 0
      ? []
      : [`${describePolicy(policy)} has unknown fields, which have no effect: ${unknownKeys.join(", ")}`],
  );
  return [...refused, ...unknown];
}

/** A verdict as data. */
export interface VerdictJson {
  readonly outcome: Outcome;
  readonly egress: SideData;
  readonly ingress: SideData;
}

interface SideData {
  readonly outcome: Outcome;
  readonly because: string;
  readonly evidence: readonly Evidence[];
}

/** A verdict as JSON has it. */
export function verdictJson(verdict: Verdict): VerdictJson {
  const side = (direction: "egress" | "ingress"): SideData => ({
    outcome: verdict[direction].outcome,
    because: explainDirection(direction, verdict[direction]),
    evidence: evidence(verdict[direction]),
  });
  return { outcome: verdict.outcome, egress: side("egress"), ingress: side("ingress") };
}

/** The matrix as JSON has it: each client's verdict on all requests, or on each. */
export function matrixJson(matrix: Matrix, { policies, options }: ClusterModel) {
  return {
    cilium: options.version,
    refused: policies.flatMap(({ policy, refused }) =>
      refused === undefined ? [] : [{ policy: describePolicy(policy), error: refused }],
    ),
    unknownKeys: policies.flatMap(({ policy, unknownKeys }) =>
      unknownKeys.map((key) => ({ policy: describePolicy(policy), key })),
    ),
    servers: matrix.servers.map(({ server, port, probes, clients }) => ({
      server: server.name,
      namespace: server.namespace,
      port,
      clients: clients.map(({ client, always, verdictOn }) => ({
        client: client.name,
        namespace: client.namespace,
        ...(always === undefined
          ? {
              requests: probes.map(({ method, path, probes: about }, index) => ({
                method,
                path,
                probes: about,
                ...verdictJson(verdictOn(index)),
              })),
            }
          : { always: verdictJson(always) }),
      })),
    })),
  };
}
