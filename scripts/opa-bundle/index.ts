import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { bundleFiles, signBundle, signedContent } from "../../components/dicom/bundle.ts";
import { dicomSchema } from "../../infra/config/schema/dicom.ts";
import { CONFIG_NAMESPACE } from "../../infra/config/parse-stack.ts";
import { thrownMessage } from "../../preview/user-error.ts";

/**
 * `npm run -s opa-bundle -- --stack NAME --key FILE`: writes to its output the signature of the DICOMweb policy's bundle,
 * for `dicom.bundle.signature`, and to its errors what was signed, for review. FILE has the private key, PEM on P-256;
 * its public half is `dicom.bundle.publicKey`. Exit code 2 where the stack or the key cannot be used.
 */

const STACKS = join(import.meta.dirname, "..", "..", "stacks");

/** The policy's settings, the only part of the stack that is read: its signature is yet to come. */
const settingsSchema = dicomSchema.pick({ issuer: true, clinics: true });

function settingsIn(stack: string) {
  const file = join(STACKS, `Pulumi.${stack}.yaml`);
  const { config = {} } = parse(readFileSync(file, "utf8")) as { config?: Record<string, unknown> };
  const { issuer, clinics } = (config[`${CONFIG_NAMESPACE}:dicom`] ?? config.dicom ?? {}) as Record<
    string,
    unknown
  >;
  const { success, data, error } = settingsSchema.safeParse({ issuer, clinics });
  if (success) return data;
  const faults = error.issues.map(({ path, message }) => `dicom.${path.join(".")} ${message}`);
  throw new Error(`stacks/Pulumi.${stack}.yaml:\n${faults.join("\n")}`);
}

try {
  const { values } = parseArgs({
    options: { stack: { type: "string", short: "s" }, key: { type: "string" } },
  });
  if (values.stack === undefined) throw new Error("Which stack? Name it by --stack NAME.");
  if (values.key === undefined) throw new Error("Which key? Name the file of the private key by --key FILE.");
  const files = bundleFiles(settingsIn(values.stack));
  const key = createPrivateKey(readFileSync(values.key, "utf8"));
  if (key.asymmetricKeyDetails?.namedCurve !== "prime256v1")
    throw new Error(
      `${values.key} has no key on P-256: make one by openssl ecparam -name prime256v1 -genkey.`,
    );
  for (const { name, hash } of signedContent(files).files) process.stderr.write(`${hash}  ${name}\n`);
  process.stdout.write(`${signBundle(files, key)}\n`);
} catch (error) {
  process.stderr.write(`${thrownMessage(error)}\n`);
  process.exitCode = 2;
}
