import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { bundleFiles, signBundle } from "../../../components/dicom/bundle.ts";
import type { PolicySettings } from "../../../components/dicom/policy-settings.ts";

/** A policy's settings, and their bundle's signature by a key that is made anew for each run. */

export const SETTINGS: PolicySettings = {
  issuer: {
    name: "https://issuer.example/",
    audience: "viewer",
    algorithms: ["RS256"],
    jwksUri: "https://issuer.example/jwks",
    jwksCacheSeconds: 300,
    requireNotBefore: true,
  },
  clinics: { MetaCell: {} },
};

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });

export const PUBLIC_KEY = createPublicKey(privateKey).export({ type: "spki", format: "pem" }).toString();

export const SIGNATURE = signBundle(bundleFiles(SETTINGS), privateKey);
