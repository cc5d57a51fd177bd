import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { bundleFiles, signBundle } from "../../components/dicom/bundle.ts";
import type { PolicySettings } from "../../components/dicom/policy-settings.ts";

/** A `dicom` key as a stack file has it, its bundle signed by a key that is made anew for each run. */

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const publicKey = createPublicKey(privateKey).export({ type: "spki", format: "pem" }).toString();
const DIGEST = `sha256:${"0".repeat(64)}`;

export const DICOM_IMAGES = {
  envoyImage: `docker.io/envoyproxy/envoy@${DIGEST}`,
  opaImage: `docker.io/openpolicyagent/opa@${DIGEST}`,
};

export const SERVICE = { name: "orthanc", namespace: "pacs", port: 8042, labels: { app: "orthanc" } };

export const ISSUER = {
  name: "https://login.test/",
  audience: "viewer",
  jwksUri: "https://login.test/jwks",
  algorithms: ["RS256"],
  jwksCacheSeconds: 300,
  requireNotBefore: true,
};

/** The key with other clinics, or another upstream. */
export function dicomKey(
  clinics: PolicySettings["clinics"] = { MetaCell: {} },
  upstream: object = { service: SERVICE },
) {
  const signature = signBundle(bundleFiles({ issuer: ISSUER, clinics }), privateKey);
  return {
    ...DICOM_IMAGES,
    issuer: ISSUER,
    clinics,
    clients: [{ namespace: "viewer", labels: { app: "ohif" } }],
    upstream,
    bundle: { publicKey, signature },
  };
}
