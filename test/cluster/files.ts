import { execFile } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Access } from "./client.ts";

const execute = promisify(execFile);

/** The files by which the components know each other; absolute paths. */
export interface Files {
  /** The API server's certificate, its own authority, and its key. */
  readonly certificate: string;
  readonly certificateKey: string;
  /** Signs the service accounts' tokens and verifies them. */
  readonly serviceAccountKey: string;
  /** The administrator's token. */
  readonly tokens: string;
  /** For the administrator; written by `writeKubeconfig`. */
  readonly kubeconfig: string;
}

/** Makes keys, a certificate and a token for a cluster that lives for hours at most. */
export async function makeFiles(directory: string): Promise<{ files: Files; ca: string; token: string }> {
  const files: Files = {
    certificate: join(directory, "api.crt"),
    certificateKey: join(directory, "api.key"),
    serviceAccountKey: join(directory, "service-accounts.key"),
    tokens: join(directory, "tokens.csv"),
    kubeconfig: join(directory, "kubeconfig"),
  };
  const token = randomBytes(24).toString("hex");
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  await Promise.all([
    makeCertificate(files),
    writeFile(files.serviceAccountKey, privateKey.export({ type: "sec1", format: "pem" })),
    writeFile(files.tokens, `${token},admin,admin,system:masters\n`),
  ]);
  return { files, ca: await readFile(files.certificate, "utf8"), token };
}

/** Writes the administrator's kubeconfig; it holds everything and names no other file. */
export async function writeKubeconfig(file: string, { server, ca, token }: Access): Promise<void> {
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      { name: "test", cluster: { server, "certificate-authority-data": Buffer.from(ca).toString("base64") } },
    ],
    users: [{ name: "admin", user: { token } }],
    contexts: [{ name: "test", context: { cluster: "test", user: "admin" } }],
    "current-context": "test",
  };
  // JSON is YAML, too.
  await writeFile(file, JSON.stringify(config, undefined, 2), { mode: 0o600 });
}

/** Node makes keys, but no certificates. */
async function makeCertificate({ certificate, certificateKey }: Files): Promise<void> {
  const names = "IP:127.0.0.1,DNS:localhost,DNS:kubernetes.default.svc";
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", certificateKey];
  const subject = ["-subj", "/CN=kube-apiserver", "-addext", `subjectAltName=${names}`, "-days", "2"];
  await execute("openssl", ["req", "-x509", ...key, ...subject, "-out", certificate]);
}
