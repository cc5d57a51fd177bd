import { type JsonObject, textAt } from "../json.ts";
import type { GoogleApi } from "./google-api.ts";

type Invoke = (args: JsonObject, api: GoogleApi) => Promise<JsonObject>;

/**
 * The version of a key and its public key. Assumed, by
 * https://www.pulumi.com/registry/packages/gcp/api-docs/kms/getkmscryptokeyversion/ and
 * https://cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys.cryptoKeyVersions.
 */
const getKMSCryptoKeyVersion: Invoke = async (args, api) => {
  const version = Number(args.version ?? 1);
  const cryptoKey = textAt(args, "cryptoKey") ?? "";
  const name = `${cryptoKey}/cryptoKeyVersions/${version}`;
  const found = await api.send("kms", `GET ${name}`);
  const algorithm = textAt(found, "algorithm") ?? "";
  const publicKeys = /_(SIGN|DECRYPT)_/.test(algorithm)
    ? [await api.send("kms", `GET ${name}/publicKey`)]
    : [];
  return {
    id: `//cloudkms.googleapis.com/v1/${name}`,
    name,
    version,
    cryptoKey,
    algorithm,
    state: found.state ?? "",
    protectionLevel: found.protectionLevel ?? "",
    publicKeys: publicKeys.map(({ algorithm: of = "", pem = "" }) => ({ algorithm: of, pem })),
  };
};

/** The functions that this provider serves, by their tokens. */
export const INVOKES: Readonly<Record<string, Invoke>> = {
  "gcp:kms/getKMSCryptoKeyVersion:getKMSCryptoKeyVersion": getKMSCryptoKeyVersion,
};
