import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** Keys and tokens for tests: made anew for each run, so that no private key is ever in the repository. */

/** A key of an issuer. */
export interface TokenKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  /** The public key as an element of a JWKS. */
  readonly jwk: Readonly<Record<string, unknown>>;
}

export type KeyKind = "ec" | "ec384" | "ec521" | "rsa" | "ed";

/**
 * A new key.
 *
 * @param kid its id in the JWKS; the kind by default
 */
export function tokenKey(kind: KeyKind, kid: string = kind): TokenKey {
  const { privateKey, publicKey } = keyPair(kind);
  return { kid, privateKey, jwk: { ...publicKey.export({ format: "jwk" }), kid } };
}

function keyPair(kind: KeyKind) {
  if (kind === "rsa") return generateKeyPairSync("rsa", { modulusLength: 2048 });
  if (kind === "ed") return generateKeyPairSync("ed25519");
  const namedCurve = { ec: "P-256", ec384: "P-384", ec521: "P-521" }[kind];
  return generateKeyPairSync("ec", { namedCurve });
}

/** The public keys as an issuer publishes them. */
export function jwks(keys: readonly TokenKey[]) {
  return { keys: keys.map(({ jwk }) => jwk) };
}

/**
 * A signed token: ES256 by a P-256 key, RS256 by an RSA key.
 *
 * @param header replaces fields of the header, or with undefined removes them
 */
export function signToken(
  key: TokenKey,
  claims: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, unknown>> = {},
): string {
  const alg = key.privateKey.asymmetricKeyType === "rsa" ? "RS256" : "ES256";
  const parts = [{ alg, kid: key.kid, typ: "JWT", ...header }, claims];
  const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  const signature = sign("sha256", Buffer.from(signed), {
    key: key.privateKey,
    dsaEncoding: "ieee-p1363",
  });
  return `${signed}.${signature.toString("base64url")}`;
}

/** What the Rego tests read as data.test_keys. */
export function regoTestKeys() {
  const keys = (["ec", "ec384", "ec521", "rsa", "ed"] as const).map((kind) => tokenKey(kind));
  const secret = { kty: "oct", k: randomBytes(32).toString("base64url"), kid: "secret" };
  return {
    test_keys: {
      public: jwks(keys),
      private: { ...Object.fromEntries(keys.map((key) => [key.kid, privateJwk(key)])), secret },
      foreign: privateJwk(tokenKey("ec")),
    },
  };
}

function privateJwk({ kid, privateKey }: TokenKey) {
  return { ...privateKey.export({ format: "jwk" }), kid };
}
