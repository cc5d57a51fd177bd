import { spawnSync, spawn } from "node:child_process";
import { createServer } from "node:http";
import net from "node:net";
import { mkdtempSync, mkdirSync, writeFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toolchainDir } from "./toolchain.ts";
// a plain preview with the CLI of a tiny program: one key ring, explicit provider
const dir = mkdtempSync(join(tmpdir(), "google-"));
for (const d of ["home", "backend", "work"]) mkdirSync(join(dir, d));
writeFileSync(join(dir, "work/Pulumi.yaml"), "name: t\nruntime:\n  name: nodejs\n  options: {typescript: false}\nmain: index.mjs\n");
writeFileSync(join(dir, "work/package.json"), '{"type":"module"}');
symlinkSync("/work/main/node_modules", join(dir, "work/node_modules"));
writeFileSync(join(dir, "work/index.mjs"), `
import { Provider } from "@pulumi/gcp/provider.js";
import { KeyRing } from "@pulumi/gcp/kms/keyRing.js";
const n = Number(process.env.PROVIDERS ?? 1);
for (let i = 0; i < n; i++) { const p = new Provider("p"+i, {project: "demo-kms"+i}); new KeyRing("r"+i, {location: "us-central1"}, {provider: p}); }
`);
const seen: string[] = [];
const proxy = createServer((q, r) => { seen.push(q.method + " " + q.url); r.writeHead(403).end(); });
let connectReply = "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n";
proxy.on("connect", (q, s) => { seen.push("CONNECT " + q.url); s.end(connectReply); });
await new Promise<void>((r) => proxy.listen(0, "127.0.0.1", () => r()));
const port = (proxy.address() as net.AddressInfo).port;
const base: Record<string, string> = {
  PATH: `${toolchainDir()}:${process.env["PATH"]}`, HOME: process.env["HOME"]!,
  PULUMI_BACKEND_URL: `file://${dir}/backend`, PULUMI_HOME: `${dir}/home`, PULUMI_CONFIG_PASSPHRASE: "", PULUMI_SKIP_UPDATE_CHECK: "1",
  GOOGLE_OAUTH_ACCESS_TOKEN: "dummy",
};
const run = (args: string[], env: Record<string, string>) => new Promise<[number, number, string]>((res) => {
  const t = performance.now(); const c = spawn("pulumi", args, { cwd: join(dir, "work"), env: { ...base, ...env } }); let out = "";
  c.stdout.on("data", (d) => (out += d)); c.stderr.on("data", (d) => (out += d));
  c.on("close", (code) => { res([code!, (performance.now() - t) / 1000, out]); });
});
await run(["stack", "init", "t"], {});
const P = `http://127.0.0.1:${port}`, D = "http://127.0.0.1:9", M = `127.0.0.1:${port}`, MD = "127.0.0.1:9";
const modes: Record<string, Record<string, string>> = {
  dead: { HTTPS_PROXY: D, HTTP_PROXY: D, GCE_METADATA_HOST: MD, NO_PROXY: "127.0.0.1" },
  proxy403: { HTTPS_PROXY: P, HTTP_PROXY: P, GCE_METADATA_HOST: MD, NO_PROXY: "127.0.0.1" },
  proxy403meta: { HTTPS_PROXY: P, HTTP_PROXY: P, GCE_METADATA_HOST: M, NO_PROXY: "127.0.0.1" },
  ...JSON.parse(process.argv[2] ?? "{}"),
};
const times: Record<string, number[]> = {};
for (let i = 0; i < Number(process.argv[3] ?? 5); i++) for (const [m, env] of Object.entries(modes)) {
  seen.length = 0;
  const [code, t, out] = await run(["preview", "-s", "t", "--non-interactive"], env);
  (times[m] ??= []).push(t);
  if (i === 0) { console.log(m, code, t.toFixed(2), JSON.stringify(seen)); if (code) console.log(out.slice(-1500)); }
}
for (const [m, ts] of Object.entries(times)) console.log(m, "median", ts.sort((a, b) => a - b)[Math.floor(ts.length / 2)]!.toFixed(2), ts.map((t) => t.toFixed(2)).join(" "));
proxy.close();
