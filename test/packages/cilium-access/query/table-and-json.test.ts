import assert from "node:assert/strict";
import fc from "fast-check";
import { normalizedOrOriginalPath } from "../../../../packages/cilium-access/l7/normalize-path.ts";
import { buildMatrix } from "../../../../packages/cilium-access/query/access-matrix.ts";
import { formatMatrix, matrixJson } from "../../../../packages/cilium-access/query/format-matrix.ts";
import { answerJson } from "../../../../packages/cilium-access/query/query.ts";
import { answerTo, app, CLIENT, cnp, onPort, pod, SERVER, sketch } from "../support.ts";

/** What the table states of a client: the lines of its row's cells. */
interface TableRow {
  readonly passes: readonly string[];
  readonly otherwise: string;
}

/** Reads a table as people do: a row begins where a reason stands, and a client belongs to the row that it stands in. */
function rowsByClient(table: string): Map<string, TableRow> {
  const [head = "", ...lines] = table.split("\n");
  const [passes, otherwise, why] = ["passes", "otherwise", "why"].map((title) => head.indexOf(title));
  const rows: { clients: string[]; passes: string[]; otherwise: string }[] = [];
  for (const line of lines) {
    if (line.slice(why) !== "")
      rows.push({ clients: [], passes: [], otherwise: line.slice(otherwise, why).trim() });
    const row = rows.at(-1) ?? assert.fail(`no reason stands in the first line: ${line}`);
    row.clients.push(
      line
        .slice(0, passes)
        .replace(/\(.*\)/, "")
        .trim(),
    );
    row.passes.push(line.slice(passes, otherwise).trim());
  }
  return new Map(
    rows.flatMap(({ clients, passes: cells, otherwise: rest }) =>
      clients.filter(Boolean).map((name) => [name, { passes: cells.filter(Boolean), otherwise: rest }]),
    ),
  );
}

type JsonClient = ReturnType<typeof matrixJson>["servers"][number]["clients"][number];

const passes = (outcome: string) => outcome === "allowed" || outcome === "notEnforced";

/** What the table has to state of a client, by the JSON alone. */
function rowOfJson(client: JsonClient): TableRow {
  if ("always" in client) {
    const { outcome } = client.always;
    if (passes(outcome)) return { passes: ["everything"], otherwise: "" };
    if (outcome === "undecided") return { passes: ["undecided"], otherwise: "" };
    return { passes: ["nothing"], otherwise: outcome === "denied" ? "403" : "dropped" };
  }
  const methods = new Map<string, Set<string>>();
  for (const { method, path } of client.requests.filter(({ outcome }) => passes(outcome))) {
    const normal = normalizedOrOriginalPath(path);
    methods.set(normal, (methods.get(normal) ?? new Set()).add(method));
  }
  const failing = client.requests.find(({ outcome }) => !passes(outcome))?.outcome;
  const names = { denied: "403", dropped: "dropped", undecided: "undecided" } as const;
  return {
    passes:
      methods.size === 0 ? ["nothing"] : [...methods].map(([path, all]) => `${[...all].join(", ")} ${path}`),
    otherwise: failing === undefined ? "" : names[failing as keyof typeof names],
  };
}

const AGENT = pod("agent", { hostNetwork: true });
const http = fc.array(
  fc.record({ method: fc.constantFrom("GET", "PUT"), path: fc.constantFrom("/a", "/b", "/a/.*") }),
  { minLength: 1, maxLength: 2 },
);
const ports = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom(8080, 9000).map((port) => onPort(port)),
  http.map((rules) => onPort(8080, rules)),
);
const peers = fc.oneof(
  fc
    .subarray(["world", "host", "remote-node", "ingress", "cluster", "all"], { minLength: 1 })
    .map((fromEntities) => ({ fromEntities })),
  fc.constantFrom("client", "server", "agent").map((name) => ({ fromEndpoints: [app(name)] })),
  fc.constant({}),
);
const rule = fc.tuple(peers, ports).map(([from, toPorts]) => ({ ...from, ...(toPorts && { toPorts }) }));
const policies = fc
  .array(fc.array(rule, { minLength: 1, maxLength: 3 }), { maxLength: 2 })
  .map((all) =>
    all.map((ingress, index) =>
      cnp({ endpointSelector: app("server"), ingress }, { name: `policy-${index}` }),
    ),
  );

describe("The table and the JSON of npm run access, on small clusters", () => {
  it("state the same of every client, port and server, HTTP rules included", () => {
    fc.assert(
      fc.property(policies, fc.constantFrom("1.16", "1.20"), (all, version) => {
        const model = sketch({ pods: [CLIENT, AGENT, SERVER], policies: all, options: { version } });
        const matrix = buildMatrix(model);
        const { servers } = matrixJson(matrix, model);
        for (const [index, server] of matrix.servers.entries()) {
          const [, table = ""] = formatMatrix({ servers: [server] }, model).split("\n\n");
          const rows = rowsByClient(table);
          const clients = servers[index]?.clients ?? [];
          assert.equal(rows.size, clients.length);
          for (const client of clients)
            assert.deepEqual(rows.get(client.client), rowOfJson(client), client.client);
        }
      }),
    );
  });

  it("state of each request what npm run access -- --ask answers, in its JSON too", () => {
    fc.assert(
      fc.property(policies, (all) => {
        const model = sketch({ pods: [CLIENT, AGENT, SERVER], policies: all });
        for (const { server, port, clients } of matrixJson(buildMatrix(model), model).servers) {
          for (const client of clients.filter(({ client: name }) => !name.startsWith("a pod"))) {
            const requests =
              "requests" in client ? client.requests : [{ method: "GET", path: "/", ...client.always }];
            for (const { method, path, outcome } of requests) {
              const asked = answerTo(model, `${client.client} ${method} ${path} on ${server}:${port}`);
              assert.equal(answerJson(asked).outcome, outcome, `${client.client} ${method} ${path}`);
            }
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});
