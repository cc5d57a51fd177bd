import type { AuthClient } from "google-auth-library";
import { verifies } from "../../attestation/attestation.ts";

/**
 * What the stack asks of Cloud KMS itself: a key version's public key, and a signature. Both run inside
 * Pulumi's dynamic provider, a process of its own, and only when a resource is created.
 */

/** How to reach the key. */
export interface KeyAccess {
  /** `projects/P/locations/L/keyRings/R/cryptoKeys/K/cryptoKeyVersions/N`. */
  readonly keyVersion: string;
  /** The service account to act for; the caller itself when absent. */
  readonly serviceAccount?: string;
  /** The address of the Cloud KMS API, ending in `/v1/`; Google's public one when absent. */
  readonly endpoint?: string;
}

const SCOPES = ["https://www.googleapis.com/auth/cloudkms"];

/**
 * A right that was granted a moment ago is not yet known everywhere in Google Cloud, so "permission denied"
 * is asked again, like an API that is enabled but not yet up.
 */
const RETRY = {
  retry: {
    retryCodes: [4, 7, 8, 14],
    backoffSettings: {
      initialRetryDelayMillis: 500,
      retryDelayMultiplier: 2,
      maxRetryDelayMillis: 15_000,
      totalTimeoutMillis: 180_000,
    },
  },
};

/** Fetches the public key of a key version: `{ pem }`. */
export async function fetchPublicKey(access: KeyAccess) {
  const client = await keyClient(access);
  const [{ pem }] = await client.getPublicKey({ name: access.keyVersion }, RETRY);
  if (typeof pem !== "string" || pem === "")
    throw new Error(`${access.keyVersion}: Cloud KMS returned no public key`);
  return { id: access.keyVersion, outs: { ...access, pem } };
}

export interface SigningRequest extends KeyAccess {
  /** The payload to sign, base64. */
  readonly payload: string;
  /** The public key that the signature must verify against, PEM. */
  readonly publicKey: string;
}

/**
 * Signs a payload with a key version: `{ signature }`, base64 of the DER form.
 *
 * @throws Error when the signature does not verify against the public key; nothing is stored then.
 */
export async function signPayload(request: SigningRequest) {
  const { createHash } = await import("node:crypto");
  const client = await keyClient(request);
  const payload = Buffer.from(request.payload, "base64");
  const digest = { sha256: createHash("sha256").update(payload).digest() };
  const [{ signature }] = await client.asymmetricSign({ name: request.keyVersion, digest }, RETRY);
  const der = Buffer.from((signature ?? "") as Uint8Array);
  // Verifying covers what CRC32C would: a bit lost on the way fails here as well.
  if (!verifies(payload, der, request.publicKey)) {
    throw new Error(
      `${request.keyVersion}: the signature that Cloud KMS returned does not verify, so it was not stored`,
    );
  }
  const id = createHash("sha256").update(payload).update(request.keyVersion).digest("hex");
  return { id, outs: { ...request, signature: der.toString("base64") } };
}

async function keyClient({ serviceAccount, endpoint }: KeyAccess) {
  const { KeyManagementServiceClient } = await import("@google-cloud/kms");
  const authClient = await credentials(serviceAccount);
  return new KeyManagementServiceClient({ authClient, fallback: true, ...address(endpoint) });
}

function address(endpoint: string | undefined) {
  if (endpoint === undefined) return {};
  const { protocol, hostname, port } = new URL(endpoint);
  return {
    protocol: protocol.replace(":", ""),
    apiEndpoint: hostname,
    ...(port !== "" && { port: Number(port) }),
  };
}

/** The caller's credentials, found as the Google Cloud provider finds them, acting for a service account. */
async function credentials(serviceAccount: string | undefined): Promise<AuthClient> {
  const { GoogleAuth, Impersonated, OAuth2Client } = await import("google-auth-library");
  const token = process.env["GOOGLE_OAUTH_ACCESS_TOKEN"];
  const caller =
    token === undefined
      ? await new GoogleAuth({ scopes: ["https://www.googleapis.com/auth/cloud-platform"] }).getClient()
      : new OAuth2Client({ credentials: { access_token: token } });
  if (serviceAccount === undefined) return caller;
  return new Impersonated({
    sourceClient: caller,
    targetPrincipal: serviceAccount,
    targetScopes: SCOPES,
    lifetime: 600,
  });
}
