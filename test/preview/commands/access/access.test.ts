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

/** What people have in their files. */
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
  "batch-nobody.json": JSON.stringify({
    policies: [],
    endpoints: ENDPOINTS,
    queries: [{ src: "client", dst: "nobody", port: 80, method: "GET", path: "/" }],
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

  it("answers a file of questions", async () => {
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

  it("reads what editors and charts make of YAML", async () => {
    const { output, complaints } = await run(["odd.yaml", "--ask", "world GET / on odd"]);
    assert.match(output, /^world's GET \/ to odd:80 is allowed/);
    assert.equal(complaints, "");
  });

  it("takes the last of an object that is there more than once", async () => {
    const open = { ...POLICY, metadata: { ...POLICY.metadata, namespace: "default" }, spec: OPEN };
    const files = ["workloads.yaml", "policies", "workloads.yaml", "-"];
    const ask = ["--ask", "world DELETE / on server"];
    const { output } = await run([...files, ...ask], JSON.stringify(open));
    assert.match(output, /^world's DELETE \/ to server:8080 is allowed/);
    const { output: before } = await run(["-", "workloads.yaml", "policies", ...ask], JSON.stringify(open));
    assert.match(before, /^world's DELETE \/ to server:8080 is dropped/);
  });

  it("says beside every answer which policies Cilium refuses", async () => {
    const message = /CiliumNetworkPolicy default\/wrong is not enforced, for the API server refuses it/;
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

  it("ends quietly where nobody reads on", async () => {
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
    ["no files", [], /Which files\?/],
    ["a file that is not there", ["nothing.yaml"], /nothing\.yaml/],
    ["a file that is no YAML", ["broken.yaml"], /broken\.yaml/],
    [
      "a version that is not known",
      ["workloads.yaml", "--cilium", "1.2"],
      /--cilium 1\.2: only 1\.16 and 1\.20 are known/,
    ],
    ["an option that there is not", ["--everything"], /--everything/],
    ["a question that is none", ["workloads.yaml", "--ask", "who?"], /is not a query/],
    [
      "a question about nobody",
      ["workloads.yaml", "--ask", "nobody GET / on server"],
      /workload not found: "nobody"/,
    ],
    ["a directory without manifests", ["nothing"], /^nothing: has no manifests/],
    ["an object without a kind", ["kindless.yaml"], /^kindless\.yaml: a document is no object/],
    ["a template", ["template.yaml"], /^template\.yaml: Pod .*: metadata\.name: .*expected string/],
    [
      "a number for a text",
      ["number.yaml"],
      /^number\.yaml: Pod a: metadata\.labels\.version: .*expected string/,
    ],
    [
      "a text for a number",
      ["text.yaml"],
      /^text\.yaml: Service a: spec\.ports\[0\]\.port: .*expected number/,
    ],
    ["an alias of nothing", ["alias.yaml"], /^alias\.yaml: Unresolved alias .*: nothing/],
    ["a list that is none", ["items.json"], /^items\.json: the items of a List are no list/],
    [
      "a setting that is none",
      ["config.yaml"],
      /ConfigMap cilium-config: data\.enable-policy is "sometimes"/,
    ],
    [
      "policies without pods",
      ["refused.yaml"],
      /^There is no workload that could be asked: give the manifests/m,
    ],
    ["a namespace that is none", ["workloads.yaml", "-n", "A b"], /^--namespace "A b": /],
    ["questions beside a batch", ["--batch", "b.json", "--ask", "a"], /--batch b\.json: .* leave out --ask/],
    ["files beside a batch", ["--batch", "b.json", "policies"], /--batch b\.json: .* leave out policies/],
    ["half a batch", ["--batch", "batch-cut.json"], /^batch-cut\.json: /],
    ["a batch of another form", ["--batch", "batch-wrong.json"], /^batch-wrong\.json: .*policies/s],
    [
      "a batch about nobody",
      ["--batch", "batch-nobody.json"],
      /^batch-nobody\.json: queries\[0\] names "nobody"/,
    ],
  ] as const) {
    it(`complains in one message of ${what}, and exits with 2`, async () => {
      const { output, complaints, code } = await run(args);
      assert.deepEqual([output, code], ["", 2]);
      assert.match(complaints, complaint);
      assert.doesNotMatch(complaints, /^ {4}at /m);
    });
  }

  it("shows how it is used", async () => {
    const { output, code } = await run(["--help"]);
    assert.equal(code, 0);
    assert.match(output, /^npm run access -- \[options\] FILES/);
  });
});
