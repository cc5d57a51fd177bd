import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const PROGRAM = join(import.meta.dirname, "../../tools/access/index.ts");

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

describe("npm run access", function () {
  this.timeout(30_000);
  let directory: string;

  before(() => {
    directory = mkdtempSync(join(tmpdir(), "attested-fhir-access-"));
    mkdirSync(join(directory, "policies"));
    writeFileSync(join(directory, "workloads.yaml"), MANIFESTS);
    writeFileSync(join(directory, "policies", "let-in.json"), JSON.stringify(POLICY));
    writeFileSync(join(directory, "broken.yaml"), "a: [");
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
      /^client's DELETE \/Patient\/1 to server:8080 does not pass on its way in: the proxy answers 403/,
    );
    const { output: json } = await run([...ask, "--json", "--cilium", "1.20.2"]);
    const [answer] = JSON.parse(json) as { outcome: string }[];
    assert.equal(answer?.outcome, "denied");
  });

  it("answers a file of questions", async () => {
    const batch = {
      policies: [{ ...POLICY, metadata: { name: "let-in", namespace: "default" } }],
      endpoints: [
        { name: "client", namespace: "default", labels: { app: "client" }, ports: {} },
        { name: "server", namespace: "default", labels: { app: "server" }, ports: {} },
      ],
      queries: [{ src: "client", dst: "server", port: 8080, method: "PUT", path: "/Patient/1" }],
    };
    writeFileSync(join(directory, "batch.json"), JSON.stringify(batch));
    const { output } = await run(["--batch", "batch.json"]);
    assert.deepEqual(JSON.parse(output), { refused: [], verdicts: ["l7-deny"] });
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
    ["a question that is none", ["workloads.yaml", "--ask", "who?"], /is no question/],
    [
      "a question about nobody",
      ["workloads.yaml", "--ask", "nobody GET / on server"],
      /there is no workload "nobody"/,
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
