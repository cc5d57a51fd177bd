import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);
const KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

/** A certificate authority that lives for hours at most, and the certificates that it issues. */
export class CertificateAuthority {
  /** Path of its certificate, PEM. */
  readonly certificate: string;
  readonly #key: string;
  readonly #directory: string;

  private constructor(directory: string) {
    this.#directory = directory;
    this.certificate = join(directory, "ca.crt");
    this.#key = join(directory, "ca.key");
  }

  static async create(directory: string): Promise<CertificateAuthority> {
    await mkdir(directory, { recursive: true });
    const ca = new CertificateAuthority(directory);
    const out = ["-keyout", ca.#key, "-out", ca.certificate];
    await execute("openssl", ["req", "-x509", ...KEY, ...out, "-subj", "/CN=Test CA", "-days", "2"]);
    return ca;
  }

  /** Writes `tls.crt` and `tls.key` for the names into a directory. */
  async issue(directory: string, ...names: readonly string[]): Promise<void> {
    await mkdir(directory, { recursive: true });
    const [key, certificate] = [join(directory, "tls.key"), join(directory, "tls.crt")];
    const extensions = join(this.#directory, "names.cnf");
    const all = names.map((name) => (/^[\d.]+$/.test(name) ? `IP:${name}` : `DNS:${name}`));
    await writeFile(extensions, `subjectAltName=${all.join(",")}\n`);
    const request = join(this.#directory, "request.csr");
    await execute("openssl", [
      "req",
      ...KEY,
      "-keyout",
      key,
      "-out",
      request,
      "-subj",
      `/CN=${names[0] ?? ""}`,
    ]);
    const by = ["-CA", this.certificate, "-CAkey", this.#key, "-CAcreateserial"];
    await execute("openssl", [
      ...["x509", "-req", "-in", request, ...by, "-out", certificate, "-days", "2", "-extfile", extensions],
    ]);
  }
}
