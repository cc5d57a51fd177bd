import { createHash } from "node:crypto";
import type { AuthClient } from "google-auth-library";
import { verifySignature } from "@attested-fhir/attestation";

/**
 * The stack's own calls of Cloud KMS: a key version's public key, and a signature. Both run inside
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
const PUBLIC_ENDPOINT = "https://cloudkms.googleapis.com/v1/";

/**
 * A newly granted permission takes time to propagate in Google Cloud, so "permission denied"
 * is retried for three minutes, as is an API that was enabled just now.
 */
const RETRY = {
  retry: 10,
  retryDelay: 500,
  maxRetryDelay: 30_000,
  totalTimeout: 180_000,
  httpMethodsToRetry: ["GET", "POST"],
  statusCodesToRetry: [
    [403, 403],
    [429, 429],
    [500, 599],
  ],
};

/** Fetches the public key of a key version: `{ pem }`. */
export async function fetchPublicKey(access: KeyAccess) {
  const { pem } = await callKms<{ pem?: string }>(access, "GET", "/publicKey");
  if (pem === undefined || pem === "")
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
  const payload = Buffer.from(request.payload, "base64");
  const digest = { sha256: createHash("sha256").update(payload).digest("base64") };
  const { signature } = await callKms<{ signature?: string }>(request, "POST", ":asymmetricSign", { digest });
  const der = Buffer.from(signature ?? "", "base64");
  // Verification covers what CRC32C would: a bit flipped in transit fails here as well.
  if (!verifySignature(payload, der, request.publicKey)) {
    throw new Error(
      `${request.keyVersion}: the signature that Cloud KMS returned does not verify, so it was not stored`,
    );
  }
  const id = createHash("sha256").update(payload).update(request.keyVersion).digest("hex");
  return { id, outs: { ...request, signature: der.toString("base64") } };
}

async function callKms<T>(
  access: KeyAccess,
  method: "GET" | "POST",
  suffix: string,
  data?: object,
): Promise<T> {
  const caller = await credentials(access.serviceAccount);
  const url = `${access.endpoint ?? PUBLIC_ENDPOINT}${access.keyVersion}${suffix}`;
  const response = await caller.request<T>({
    url,
    method,
    ...(data && { data }),
    retry: true,
    retryConfig: RETRY,
  });
  return response.data;
}

/** The caller's credentials, found as the Google Cloud provider finds them, acting for a service account. */
async function credentials(serviceAccount: string | undefined): Promise<AuthClient> {
  const { GoogleAuth, Impersonated, OAuth2Client } = await import("google-auth-library");
  const token = process.env.GOOGLE_OAUTH_ACCESS_TOKEN;
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
