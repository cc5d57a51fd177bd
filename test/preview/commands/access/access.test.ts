import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const PROGRAM = join(import.meta.dirname, "../../../../preview/commands/access/index.ts");

const MANIFESTS = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: server }
spec:
  template:
    metadata: { labels: { app: server } }
    spec: { containers: [{ name: main, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: client, labels: { app: client } }
spec: { containers: [{ name: main }] }
`;
const OPEN = { endpointSelector: {}, ingress: [{ fromEntities: ["all"] }] };
const POLICY = {
  apiVersion: "cilium.io/v2",
  kind: "CiliumNetworkPolicy",
  metadata: { name: "let-in" },
  spec: {
    endpointSelector: { matchLabels: { app: "server" } },
    ingress: [
      {
        fromEndpoints: [{ matchLabels: { app: "client" } }],
        toPorts: [
          {
            ports: [{ port: "8080", protocol: "TCP" }],
            rules: { http: [{ method: "GET", path: "/Patient/1" }] },
          },
        ],
      },
    ],
  },
};

const ENDPOINTS = [
  { name: "client", namespace: "default", labels: { app: "client" }, ports: {} },
  { name: "server", namespace: "default", labels: { app: "server" }, ports: {} },
];

/** Manifests and batches, most of them invalid. */
const FILES: Readonly<Record<string, string>> = {
  "kindless.yaml": "apiVersion: v1\nmetadata: { name: a }\n",
  "template.yaml": "kind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n",
  "number.yaml": "# Of a chart\n---\nkind: Pod\nmetadata: { name: a, labels: { version: 1.2 } }\n",
  "text.yaml": 'kind: Service\nmetadata: { name: a }\nspec: { ports: [{ port: "80" }] }\n',
  "alias.yaml": "kind: Pod\nmetadata: *nothing\n",
  "items.json": '{ "kind": "List", "items": {} }',
  "config.yaml": "kind: ConfigMap\nmetadata: { name: cilium-config }\ndata: { enable-policy: sometimes }\n",
  "odd.yaml":
    "\uFEFF# a comment\r\n---\r\n---\r\nkind: Pod\r\nmetadata:\r\n  name: odd\r\n  labels: &l { app: odd }\r\n" +
    "  annotations: { <<: *l, other: null }\r\n  ownerReferences:\r\nspec: { containers: [{ ports: [{ containerPort: 80 }] }] }\r\n---\r\n",
  "refused.yaml": "kind: CiliumNetworkPolicy\nmetadata: { name: wrong }\nspec: { ingress: [{}] }\n",
  "batch-cut.json": '{"policies": [',
  "batch-wrong.json": JSON.stringify({ policies: {}, endpoints: [], queries: [] }),
  "batch-unknown.json": JSON.stringify({
    policies: [],
    endpoints: ENDPOINTS,
    queries: [{ src: "client", dst: "unknown", port: 80, method: "GET", path: "/" }],
  }),
};

describe("npm run access", function () {
  this.timeout(30_000);
  let directory: string;

  before(() => {
    directory = mkdtempSync(join(tmpdir(), "attested-fhir-access-"));
    mkdirSync(join(directory, "policies"));
    writeFileSync(join(directory, "workloads.yaml"), MANIFESTS);
    writeFileSync(join(directory, "policies", "let-in.json"), JSON.stringify(POLICY));
    writeFileSync(join(directory, "broken.yaml"), "a: [");
    mkdirSync(join(directory, "nothing", "policies"), { recursive: true });
    writeFileSync(join(directory, "nothing", "README.md"), "- no manifest");
    for (const [name, content] of Object.entries(FILES)) writeFileSync(join(directory, name), content);
  });

  after(() => {
    rmSync(directory, { recursive: true });
  });

  async function run(args: readonly string[], input = "") {
    const child = execFile(process.execPath, [PROGRAM, ...args], { cwd: directory });
    const { stdin, stdout, stderr } = child;
    assert.ok(stdin && stdout && stderr);
    stdin.end(input);
    const [output, complaints] = await Promise.all([text(stdout), text(stderr), once(child, "close")]);
    return { output, complaints, code: child.exitCode };
  }

  it("reads YAML, JSON and directories, and answers with a table", async () => {
    const { output, code } = await run(["workloads.yaml", "policies", "--namespace", "fhir"]);
    assert.equal(code, 0);
    assert.match(output, /^server in fhir, port 8080\n\n {2}client .*passes/);
    assert.match(output, /^ {2}client \(fhir\) +GET \/Patient\/1 +403 /m);
    assert.match(output, /^ {2}server \(fhir\) +nothing +dropped .*\n[^]*^ {2}world$/m);
  });

  it("reads what kubectl prints from its standard input", async () => {
    const list = { apiVersion: "v1", kind: "List", items: [POLICY] };
    const { output, code } = await run(["workloads.yaml", "-", "--json"], JSON.stringify(list));
    assert.equal(code, 0);
    const { cilium, servers } = JSON.parse(output) as { cilium: string; servers: { server: string }[] };
    assert.deepEqual([cilium, servers.map(({ server }) => server)], ["1.16", ["server"]]);
  });

  it("explains one request", async () => {
    const ask = ["workloads.yaml", "policies", "--ask", "client DELETE /Patient/1 on server"];
    const { output } = await run(ask);
    assert.match(
      output,
      /^client's DELETE \/Patient\/1 to server:8080 is denied on its way in: the proxy responds with 403/,
    );
    const { output: json } = await run([...ask, "--json", "--cilium", "1.20.2"]);
    const [answer] = JSON.parse(json) as { outcome: string }[];
    assert.equal(answer?.outcome, "denied");
  });

  it("answers a batch of queries", async () => {
    const batch = {
      policies: [{ ...POLICY, metadata: { name: "let-in", namespace: "default" } }],
      endpoints: ENDPOINTS,
      queries: [{ src: "client", dst: "server", port: 8080, method: "PUT", path: "/Patient/1" }],
    };
    writeFileSync(join(directory, "batch.json"), JSON.stringify(batch));
    for (const { output } of [
      await run(["--batch", "batch.json"]),
      await run(["--batch", "-"], JSON.stringify(batch)),
    ]) {
      assert.deepEqual(JSON.parse(output), { refused: [], verdicts: ["l7-deny"] });
    }
  });

  it("reads YAML with a byte order mark, CRLF, anchors and merge keys", async () => {
    const { output, complaints } = await run(["odd.yaml", "--ask", "world GET / on odd"]);
    assert.match(output, /^world's GET \/ to odd:80 is allowed/);
    assert.equal(complaints, "");
  });

  it("uses the last of several objects with the same name", async () => {
    const open = { ...POLICY, metadata: { ...POLICY.metadata, namespace: "default" }, spec: OPEN };
    const files = ["workloads.yaml", "policies", "workloads.yaml", "-"];
    const ask = ["--ask", "world DELETE / on server"];
    const { output } = await run([...files, ...ask], JSON.stringify(open));
    assert.match(output, /^world's DELETE \/ to server:8080 is allowed/);
    const { output: before } = await run(["-", "workloads.yaml", "policies", ...ask], JSON.stringify(open));
    assert.match(before, /^world's DELETE \/ to server:8080 is dropped/);
  });

  it("reports policies that the API server rejects with every answer", async () => {
    const message = /CiliumNetworkPolicy default\/wrong is not enforced: the API server rejects it/;
    const { output, complaints } = await run([
      "workloads.yaml",
      "refused.yaml",
      "--ask",
      "world GET / on server",
    ]);
    assert.match(output, /is allowed, because no policy applies/);
    assert.match(complaints, message);
    assert.match((await run(["workloads.yaml", "refused.yaml"])).output, message);
    assert.match((await run(["refused.yaml"])).complaints, message);
  });

  it("exits with 0 when its reader closes the pipe", async () => {
    const pods = Array.from({ length: 60 }, (_, index) => ({
      kind: "Pod",
      metadata: { name: `pod-${index}`, labels: { app: `${index}` } },
      spec: { containers: [{ ports: [{ containerPort: 80 }] }] },
    }));
    const child = execFile(process.execPath, [PROGRAM, "-", "--json"], { cwd: directory });
    const { stdin, stdout, stderr } = child;
    assert.ok(stdin && stdout && stderr);
    stdin.end(JSON.stringify({ kind: "List", items: pods }));
    stdout.once("data", () => stdout.destroy());
    const [complaints] = await Promise.all([text(stderr), once(child, "close")]);
    assert.deepEqual([complaints, child.exitCode], ["", 0]);
  });

  for (const [what, args, complaint] of [
    ["no files", [], /^No input: pass manifests/],
    ["a missing file", ["nothing.yaml"], /nothing\.yaml/],
    ["invalid YAML", ["broken.yaml"], /broken\.yaml/],
    [
      "an unsupported release of Cilium",
      ["workloads.yaml", "--cilium", "1.2"],
      /--cilium 1\.2: supported releases are 1\.16 and 1\.20/,
    ],
    ["an unknown option", ["--everything"], /--everything/],
    ["an invalid query", ["workloads.yaml", "--ask", "who?"], /is not a query/],
    [
      "a query with an unknown client",
      ["workloads.yaml", "--ask", "unknown GET / on server"],
      /workload not found: "unknown"/,
    ],
    ["a directory without manifests", ["nothing"], /^nothing: has no manifests/],
    [
      "an object without a kind",
      ["kindless.yaml"],
      /^kindless\.yaml: a document is not a Kubernetes object: it has no kind/,
    ],
    ["a Helm template", ["template.yaml"], /^template\.yaml: Pod .*: metadata\.name: .*expected string/],
    [
      "a number instead of a string",
      ["number.yaml"],
      /^number\.yaml: Pod a: metadata\.labels\.version: .*expected string/,
    ],
    [
      "a string instead of a number",
      ["text.yaml"],
      /^text\.yaml: Service a: spec\.ports\[0\]\.port: .*expected number/,
    ],
    ["an unresolved alias", ["alias.yaml"], /^alias\.yaml: Unresolved alias .*: nothing/],
    ["a list without a list of items", ["items.json"], /^items\.json: items of a List must be a list/],
    [
      "an invalid Cilium setting",
      ["config.yaml"],
      /ConfigMap cilium-config: data\.enable-policy is "sometimes"/,
    ],
    ["policies without pods", ["refused.yaml"], /^No workload found: pass the manifests/m],
    ["an invalid namespace", ["workloads.yaml", "-n", "A b"], /^--namespace "A b": /],
    [
      "a query in addition to a batch",
      ["--batch", "b.json", "--ask", "a"],
      /--batch b\.json contains all input: leave out --ask/,
    ],
    [
      "files in addition to a batch",
      ["--batch", "b.json", "policies"],
      /--batch b\.json contains all input: leave out policies/,
    ],
    ["a truncated batch", ["--batch", "batch-cut.json"], /^batch-cut\.json: /],
    ["a batch with invalid fields", ["--batch", "batch-wrong.json"], /^batch-wrong\.json: .*policies/s],
    [
      "a batch query with an unknown server",
      ["--batch", "batch-unknown.json"],
      /^batch-unknown\.json: queries\[0\] names "unknown"/,
    ],
  ] as const) {
    it(`reports ${what} in one message and exits with 2`, async () => {
      const { output, complaints, code } = await run(args);
      assert.deepEqual([output, code], ["", 2]);
      assert.match(complaints, complaint);
      assert.doesNotMatch(complaints, /^ {4}at /m);
    });
  }

  it("prints its usage for --help", async () => {
    const { output, code } = await run(["--help"]);
    assert.equal(code, 0);
    assert.match(output, /^npm run access -- \[options\] FILES/);
  });
});
