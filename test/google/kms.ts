import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import type { Call, Cloud, Handler, Handlers } from "./cloud.ts";
import { badField, GoogleError, unimplemented } from "./errors.ts";
import { type JsonObject, objectAt, own, textAt, without } from "./json.ts";
import { getOperation, kindAt, standardMethods } from "./resources.ts";
import { type Algorithm, ALGORITHMS, checksum, newKey, signDigest } from "./signing.ts";

const LOCATIONS = "cloudkms.projects.locations";
const KEYS = `${LOCATIONS}.keyRings.cryptoKeys`;
const VERSIONS = `${KEYS}.cryptoKeyVersions`;
const THIRTY_DAYS = "2592000s";

/** How the next signature is spoiled: with its checksum to match, or as if a bit had flipped on the way. */
export type Spoiling = "signature" | "transport";

/** Cloud KMS: key rings and keys that can never be deleted, versions with a real key each, real signatures. */
export class Kms {
  readonly handlers: Handlers = {
    [`${LOCATIONS}.operations.get`]: getOperation,
    ...kindAt(`${LOCATIONS}.keyRings`, {}),
    ...kindAt(KEYS, { stored: keyDefaults }),
    [`${KEYS}.create`]: (call, cloud) => this.#createKey(call, cloud),
    [`${KEYS}.delete`]: neverDeleted,
    ...kindAt(VERSIONS, {}),
    [`${VERSIONS}.create`]: (call, cloud) => this.#createVersion(call.target, cloud),
    [`${VERSIONS}.delete`]: neverDeleted,
    [`${VERSIONS}.destroy`]: destroy,
    [`${VERSIONS}.restore`]: restore,
    [`${VERSIONS}.getPublicKey`]: (call, cloud) => this.#publicKey(call, cloud),
    [`${VERSIONS}.asymmetricSign`]: (call, cloud) => this.#sign(call, cloud),
  };
  readonly #keys = new Map<string, KeyObject>();
  #spoiling: Spoiling | undefined;

  /** Flips one bit of the next signature. */
  spoilNext(spoiling: Spoiling): void {
    this.#spoiling = spoiling;
  }

  #createKey(call: Call, cloud: Cloud): JsonObject {
    const key = standard.create(call, cloud);
    if (call.query.skipInitialVersionCreation === true) return key;
    const name = textAt(key, "name") ?? "";
    const version = this.#createVersion(`${name}/cryptoKeyVersions`, cloud);
    if (key.purpose !== "ENCRYPT_DECRYPT") return key;
    cloud.store.put("cloudkms", name, { ...key, primary: version });
    return cloud.store.get("cloudkms", name);
  }

  #createVersion(collection: string, cloud: Cloud): JsonObject {
    const key = cloud.store.get("cloudkms", collection.slice(0, collection.lastIndexOf("/")));
    const name = `${collection}/${cloud.store.list("cloudkms", collection).length + 1}`;
    const template = objectAt(key, "versionTemplate");
    const algorithm = own(ALGORITHMS, textAt(template, "algorithm") ?? "");
    if (algorithm !== undefined) this.#keys.set(name, newKey(algorithm));
    const createTime = cloud.now();
    cloud.store.create("cloudkms", name, {
      ...template,
      name,
      state: "ENABLED",
      createTime,
      generateTime: createTime,
    });
    return cloud.store.get("cloudkms", name);
  }

  #keyOf(version: JsonObject): { key: KeyObject; algorithm: Algorithm } {
    const name = textAt(version, "name") ?? "";
    const algorithm = own(ALGORITHMS, textAt(version, "algorithm") ?? "");
    const key = this.#keys.get(name);
    if (algorithm === undefined || key === undefined)
      throw unimplemented(`signatures of ${textAt(version, "algorithm") ?? name}`);
    if (version.state !== "ENABLED") {
      const state = textAt(version, "state") ?? "";
      throw new GoogleError("FAILED_PRECONDITION", `${name} is not enabled, current state is: ${state}.`);
    }
    return { key, algorithm };
  }

  #publicKey({ service, path, query }: Call, { store }: Cloud): JsonObject {
    const version = store.get(service, path.name ?? "");
    const { name, algorithm, protectionLevel } = version as {
      name: string;
      algorithm: string;
      protectionLevel: string;
    };
    if (!["PEM", undefined].includes(textAt(query, "publicKeyFormat")))
      throw unimplemented("public keys other than PEM");
    const pem = createPublicKey(this.#keyOf(version).key).export({ type: "spki", format: "pem" }).toString();
    return { name, algorithm, protectionLevel, pem, pemCrc32c: checksum(Buffer.from(pem)) };
  }

  #sign({ service, target, body }: Call, { store }: Cloud): JsonObject {
    const version = store.get(service, target);
    const { key, algorithm } = this.#keyOf(version);
    const digest = digestOf(body, algorithm);
    const signature = signDigest(algorithm, key, digest);
    const sent = this.#spoiling === undefined ? signature : flipped(signature);
    const summed = this.#spoiling === "transport" ? signature : sent;
    this.#spoiling = undefined;
    return {
      name: target,
      protectionLevel: textAt(version, "protectionLevel") ?? "SOFTWARE",
      signature: sent.toString("base64"),
      signatureCrc32c: checksum(summed),
      verifiedDigestCrc32c: body.digestCrc32c !== undefined,
      verifiedDataCrc32c: body.dataCrc32c !== undefined,
    };
  }
}

const standard = standardMethods({ stored: keyDefaults }) as { create: Handler };

const neverDeleted: Handler = ({ route }) => {
  throw unimplemented(route.method.id);
};

/** What a key must have, and what Cloud KMS decides where the caller says nothing. */
function keyDefaults(key: JsonObject): JsonObject {
  const purpose = textAt(key, "purpose");
  if (purpose === undefined) throw badField("crypto_key.purpose", "The CryptoKey's purpose is required.");
  const isSymmetric = purpose === "ENCRYPT_DECRYPT";
  const template = { protectionLevel: "SOFTWARE", ...objectAt(key, "versionTemplate") };
  const algorithm = textAt(template, "algorithm") ?? (isSymmetric ? "GOOGLE_SYMMETRIC_ENCRYPTION" : "");
  if ((purpose === "ASYMMETRIC_SIGN") !== /^(EC|RSA|PQ)_SIGN_/.test(algorithm)) {
    throw badField(
      "crypto_key.version_template.algorithm",
      `The algorithm "${algorithm}" does not fit the purpose ${purpose}.`,
    );
  }
  return { destroyScheduledDuration: THIRTY_DAYS, ...key, versionTemplate: { ...template, algorithm } };
}

/** The digest to sign, from the request's digest or data, whose checksums must hold where they are given. */
function digestOf(body: JsonObject, { hash, size }: Algorithm): Buffer {
  const data = textAt(body, "data");
  const given = textAt(objectAt(body, "digest"), hash);
  if ((data === undefined) === (given === undefined))
    throw badField("digest", `Give either a ${hash} digest or data.`);
  const bytes = Buffer.from(data ?? given ?? "", "base64");
  const field = data === undefined ? "digestCrc32c" : "dataCrc32c";
  const sum = textAt(body, field);
  if (sum !== undefined && sum !== checksum(bytes))
    throw badField(field, `The checksum in field ${field} did not match.`);
  if (data !== undefined) return createHash(hash).update(bytes).digest();
  if (bytes.length !== size)
    throw badField("digest", `Expected a digest of ${size} bytes, not of ${bytes.length}.`);
  return bytes;
}

/** The last bit belongs to a number within the DER form, so the form stays readable and the signature is wrong. */
function flipped(signature: Buffer): Buffer {
  const copy = Buffer.from(signature);
  copy.writeUInt8(copy.readUInt8(copy.length - 1) ^ 1, copy.length - 1);
  return copy;
}

function move(call: Call, cloud: Cloud, from: readonly string[], changes: JsonObject): JsonObject {
  const version = cloud.store.get(call.service, call.target);
  const state = textAt(version, "state") ?? "";
  if (!from.includes(state)) {
    throw new GoogleError(
      "FAILED_PRECONDITION",
      `${call.target} cannot be changed, current state is: ${state}.`,
    );
  }
  cloud.store.put(call.service, call.target, { ...version, ...changes });
  return cloud.store.get(call.service, call.target);
}

const destroy: Handler = (call, cloud) => {
  const key = cloud.store.get(call.service, call.target.replace(/\/cryptoKeyVersions\/[^/]+$/, ""));
  const seconds = Number.parseFloat(textAt(key, "destroyScheduledDuration") ?? THIRTY_DAYS);
  const destroyTime = new Date(Date.now() + seconds * 1000).toISOString();
  return move(call, cloud, ["ENABLED", "DISABLED"], { state: "DESTROY_SCHEDULED", destroyTime });
};

const restore: Handler = (call, cloud) => {
  const version = without(move(call, cloud, ["DESTROY_SCHEDULED"], { state: "DISABLED" }), "destroyTime");
  cloud.store.put(call.service, call.target, version);
  return version;
};
