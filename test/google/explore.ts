import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import * as gcp from "@pulumi/gcp";
import { mkdtempSync, mkdirSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startGoogle } from "./index.ts";
import { toolchainDir } from "./toolchain.ts";

const google = await startGoogle({
  discoveryDir: process.argv[2]!,
  projects: ["demo-kms", "demo-note", "demo-attestor", "demo-attestation"].map((projectId) => ({ projectId })),
  accounts: ["signer@demo-attestor.iam.gserviceaccount.com"],
});
const dir = mkdtempSync(join(tmpdir(), "google-"));
for (const d of ["home", "backend", "work"]) mkdirSync(join(dir, d));
const mode = process.argv[3] ?? "dead";
const proxy = mode === "server" ? google.url : "http://127.0.0.1:9";
const meta = mode === "server" ? google.url.slice(7) : "127.0.0.1:9";
const env: Record<string, string> = {
  PATH: `${toolchainDir()}:${process.env["PATH"]}`,
  PULUMI_BACKEND_URL: `file://${dir}/backend`,
  PULUMI_HOME: `${dir}/home`,
  PULUMI_CONFIG_PASSPHRASE: "",
  PULUMI_SKIP_UPDATE_CHECK: "1",
  GOOGLE_OAUTH_ACCESS_TOKEN: "dummy",
  HTTPS_PROXY: proxy, HTTP_PROXY: proxy, GCE_METADATA_HOST: meta, NO_PROXY: "127.0.0.1",
};
const program = async () => {
  const p = new gcp.Provider("p", {
    kmsCustomEndpoint: google.endpoints.kms,
    containerAnalysisCustomEndpoint: google.endpoints.containerAnalysis,
    binaryAuthorizationCustomEndpoint: google.endpoints.binaryAuthorization,
    serviceUsageCustomEndpoint: google.endpoints.serviceUsage,
    resourceManagerCustomEndpoint: google.endpoints.resourceManager,
  });
  const o = { provider: p };
  const api = (project: string, service: string) => new gcp.projects.Service(`${project}-${service}`, { project, service: `${service}.googleapis.com`, disableOnDestroy: true }, o);
  const kmsApi = api("demo-kms", "cloudkms");
  const ring = new gcp.kms.KeyRing("ring", { project: "demo-kms", location: "us-central1", name: "ring" }, { ...o, dependsOn: kmsApi });
  const key = new gcp.kms.CryptoKey("key", { keyRing: ring.id, name: "key", purpose: "ASYMMETRIC_SIGN", versionTemplate: { algorithm: "EC_SIGN_P256_SHA256" } }, o);
  new gcp.kms.CryptoKeyIAMBinding("b", { cryptoKeyId: key.id, role: "roles/cloudkms.signer", members: ["serviceAccount:signer@demo-attestor.iam.gserviceaccount.com"] }, o);
  const version = gcp.kms.getKMSCryptoKeyVersionOutput({ cryptoKey: key.id }, o);
  const noteApi = api("demo-note", "containeranalysis");
  const note = new gcp.containeranalysis.Note("note", { project: "demo-note", name: "note", attestationAuthority: { hint: { humanReadableName: "Attestor note" } } }, { ...o, dependsOn: noteApi });
  const attApi = api("demo-attestor", "binaryauthorization");
  const id = new gcp.projects.ServiceIdentity("agent", { project: "demo-attestor", service: "binaryauthorization.googleapis.com" }, { ...o, dependsOn: attApi });
  new gcp.containeranalysis.NoteIamMember("nm", { project: "demo-note", note: note.name, role: "roles/containeranalysis.notes.occurrences.viewer", member: id.member }, o);
  const attestor = new gcp.binaryauthorization.Attestor("att", { project: "demo-attestor", name: "att", attestationAuthorityNote: { noteReference: note.id, publicKeys: [{ id: pulumi.interpolate`//cloudkms.googleapis.com/v1/${version.id}`, pkixPublicKey: { publicKeyPem: version.publicKeys[0]!.pem, signatureAlgorithm: version.publicKeys[0]!.algorithm } }] } }, { ...o, dependsOn: attApi });
  new gcp.binaryauthorization.AttestorIamMember("am", { project: "demo-attestor", attestor: attestor.name, role: "roles/binaryauthorization.attestorsVerifier", member: id.member }, o);
  const occApi = api("demo-attestation", "containeranalysis");
  new gcp.containeranalysis.Occurence("occ", { project: "demo-attestation", noteName: note.id, resourceUri: "https://gcr.io/x/y@sha256:00", attestation: { serializedPayload: Buffer.from("hi").toString("base64"), signatures: [{ publicKeyId: "x", signature: Buffer.from("sig").toString("base64") }] } }, { ...o, dependsOn: occApi });
  new gcp.projects.IAMMember("pm", { project: "demo-attestation", role: "roles/containeranalysis.occurrences.editor", member: "serviceAccount:signer@demo-attestor.iam.gserviceaccount.com" }, o);
  new gcp.projects.IAMAuditConfig("pa", { project: "demo-kms", service: "cloudkms.googleapis.com", auditLogConfigs: [{ logType: "DATA_READ" }] }, o);
};
symlinkSync(toolchainDir()!, join(dir, "bin"));
const pulumiCommand = await PulumiCommand.get({ root: dir });
const stack = await LocalWorkspace.createOrSelectStack({ stackName: "t", projectName: "t", program }, { pulumiCommand, workDir: `${dir}/work`, pulumiHome: `${dir}/home`, envVars: env });
const timed = async <T>(name: string, f: () => Promise<T>) => { const t = performance.now(); const from = google.requests.length; try { const r = await f(); console.log(name, ((performance.now() - t) / 1000).toFixed(1), JSON.stringify((r as any).changeSummary ?? (r as any).summary?.resourceChanges)); return r; } catch (e) { console.log(name, "FAILED", ((performance.now() - t) / 1000).toFixed(1), String(e).slice(0, 6000)); } finally { if (process.argv[4]) for (const r of google.requests.slice(from)) console.log("  ", r.httpMethod, r.service, r.method, r.path, r.code, JSON.stringify(r.body)?.slice(0, 300)); } };
await timed("preview", () => stack.preview());
await timed("up", () => stack.up());
await timed("preview2", () => stack.preview({ expectNoChanges: true }));
await timed("refresh", () => stack.refresh({ expectNoChanges: true }));
await timed("destroy", () => stack.destroy());
await google.stop();
