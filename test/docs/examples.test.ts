import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { parse } from "yaml";
import { CONFIG_NAMESPACE, parseStack } from "../../infra/config/parse-stack.ts";
import { ConfigError } from "../../infra/config/errors.ts";
import { codeBlocks, DOCUMENTS, read, ROOT } from "./documents.ts";
import { skipWithout } from "../toolchain/skip.ts";

const TUTORIAL = "stacks/Pulumi.tutorial.yaml";

type Data = Record<string, unknown>;

/** The keys of the tutorial's stack, without the namespace, for a test to change. */
function tutorial(): Data {
  const { config } = parse(read(TUTORIAL)) as { config: Data };
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key.slice(`${CONFIG_NAMESPACE}:`.length), value]),
  );
}

/** The error of a stack; empty where the stack is valid. */
function complaint(data: Data): string {
  try {
    parseStack({ file: TUTORIAL, data, readStackDirFile: () => undefined, now: new Date() });
    return "";
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

/** Sets `key.name` to a value. */
function set(data: Data, path: string, value: string): void {
  const [key = "", name = ""] = path.split(".");
  (data[key] as Data)[name] = value;
}

function without(data: Data, key: string): Data {
  return Object.fromEntries(Object.entries(data).filter(([name]) => name !== key));
}

describe("the documents' examples of errors", () => {
  const examples = DOCUMENTS.flatMap((document) =>
    codeBlocks(read(document), "text").filter((block) => block.startsWith(`${TUTORIAL}:`)),
  );

  it("are what the check of a stack says", () => {
    assert.ok(examples.length > 0, "no example was found");
    for (const example of examples) {
      const data = tutorial();
      for (const [, path = "", value = ""] of example.matchAll(/^ {2}[\w-]+:([\w.]+) = "([^"]*)"/gm)) {
        set(data, path, value);
      }
      assert.equal(complaint(data), example.trimEnd());
    }
  });
});

describe("The example in docs/external-keys.md", () => {
  const [, script] =
    /<!-- test: openssl -->\s*```sh\n([\s\S]*?)```/.exec(read("docs/external-keys.md")) ?? [];
  let pem: string;
  let signature: string;

  before(function () {
    if (spawnSync("openssl", ["version"]).status !== 0) skipWithout(this, "openssl");
    assert.ok(script, "docs/external-keys.md has no example");
    const dir = mkdtempSync(join(tmpdir(), "attested-fhir-openssl-"));
    try {
      const PATH = [dirname(process.execPath), process.env.PATH ?? ""].join(delimiter);
      const options = { cwd: ROOT, env: { ...process.env, PATH, TMPDIR: dir }, encoding: "utf8" } as const;
      const { status, stdout, stderr } = spawnSync("bash", ["-euo", "pipefail", "-c", script], options);
      assert.equal(status, 0, stderr);
      const printed = /^(-----BEGIN[\s\S]*-----END PUBLIC KEY-----\n)(\S+)\s*$/.exec(stdout);
      [pem, signature] = [printed?.[1] ?? "", printed?.[2] ?? ""];
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  /** The tutorial's stack with the key and signature in place of the Cloud KMS key. */
  function withSignature(der: string): Data {
    const data = tutorial();
    const [image] = data.images as [Data];
    return {
      ...without(data, "signingKey"),
      projects: without(data.projects as Data, "kms"),
      attestor: { id: "attestor-id", publicKeys: [{ pem }] },
      images: [{ ...image, signature: { signature: der } }],
    };
  }

  it("makes a key and a signature that a stack takes", () => {
    assert.equal(complaint(withSignature(signature)), "");
  });

  it("is refused by name where the signature is another", () => {
    const der = Buffer.from(signature, "base64");
    const last = der.at(-1) ?? 0;
    der[der.length - 1] = last ^ 1;
    assert.match(
      complaint(withSignature(der.toString("base64"))),
      /images\[0\]\.signature .*does not verify/,
    );
  });
});
