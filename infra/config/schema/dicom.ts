import { z } from "zod";
import {
  dataLocationSchema,
  healthcareIdSchema,
  imageSchema,
  kubernetesNameSchema,
  labelValueSchema,
  serviceNameSchema,
  text,
} from "./names.ts";

/** The DICOMweb gateway's part of the fhir layer: who issues tokens, the clinics' rules, and what is behind the gateway. */

/** Algorithms with a public key; the policy itself allows no others. */
const ALGORITHMS = "RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA".split(" ");

const time = text(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "a time, HH:MM from 00:00 to 23:59, in quotes");

const timeZone = z
  .string()
  .refine(isTimeZone, "is not a time zone of the IANA database, such as Europe/Lisbon");

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    // Offsets are zones to JavaScript, and none to OPA.
    return /^(?:UTC|[A-Z][\w-]*\/[\w+/-]+)$/.test(name);
  } catch {
    return false;
  }
}

const group = z.string().min(1);

const clinic = z.strictObject({
  transactions: z
    .array(z.enum(["search", "retrieve", "store"]))
    .min(1, "is empty: name at least one, or leave it out for all three")
    .optional()
    .describe("The DICOMweb transactions that are allowed: QIDO-RS, WADO-RS, STOW-RS. Left out: all three."),
  hours: z
    .strictObject({
      timeZone: timeZone.meta({
        shape: "time zone of the IANA database",
        description: "Where the clinic is.",
      }),
      from: time.describe("When working hours begin."),
      to: time.describe("When they end; before `from`, the shift goes across midnight."),
    })
    .refine(({ from, to }) => from !== to, "begins when it ends: every request would be denied")
    .optional()
    .describe("The working hours, outside of which requests are denied. Left out: always."),
  studies: z
    .record(
      text(/^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))*$/, "a study's UID, in quotes"),
      z.strictObject({ groups: z.array(group).min(1).describe("The groups that may see the study.") }),
    )
    .optional()
    .describe(
      "Studies that only some groups may see, by UID. A request that names no study needs a group of each of them.",
    ),
});

const clinicName = text(
  /^[A-Za-z0-9][\w.-]*$/,
  "the name of a clinic: letters, digits, . _ and -, a letter or digit first",
);

const httpsUrl = text(
  /^https:\/\/[a-z0-9.-]+(?:\/[^\s?#]*)?$/,
  "an HTTPS URL without port, query and fragment",
);

const issuer = z.strictObject({
  name: z.string().min(1).describe("The `iss` of its tokens, letter for letter."),
  audience: z.string().min(1).describe("The `aud` that tokens must name."),
  jwksUri: httpsUrl.describe("Where it publishes its keys."),
  algorithms: z
    .array(z.enum(ALGORITHMS))
    .min(1)
    .default(["RS256"])
    .describe("Signature algorithms that are allowed."),
  jwksCacheSeconds: z.int().min(1).max(3600).default(300).meta({
    shape: "whole number, 1 to 3600",
    description: "How long its keys are cached. A key that the issuer withdraws is trusted that long.",
  }),
  requireNotBefore: z
    .boolean()
    .default(true)
    .describe(
      "Whether a token without `nbf` is denied. Auth0, Keycloak and Google set none: with `false`, `iat` must have passed instead.",
    ),
});

const pods = {
  namespace: kubernetesNameSchema.describe("Their namespace."),
  labels: z
    .record(z.string(), labelValueSchema)
    .refine(
      (labels) => Object.keys(labels).length > 0,
      "is empty, which would be every pod: name at least one",
    )
    .describe("Labels that each of them has."),
};

const upstream = z
  .strictObject({
    service: z
      .strictObject({
        name: serviceNameSchema.describe("Name of the Service."),
        port: z.int().min(1).max(65_535).describe("Port of the Service and of its pods."),
        ...pods,
      })
      .optional()
      .describe("A Service of the cluster that serves DICOMweb by HTTP, with the pods behind it."),
    google: z
      .strictObject({
        location: dataLocationSchema.describe("Location of the dataset."),
        dataset: healthcareIdSchema.describe("Id of the dataset, which the stack creates."),
        store: healthcareIdSchema.describe("Id of the DICOM store, which the stack creates."),
        protect: z.boolean().default(true).describe("Whether Pulumi refuses to delete or replace them."),
      })
      .optional()
      .describe(
        "A DICOM store of the Cloud Healthcare API in the project of the role `fhir`, which the gateway reaches by its own Workload Identity.",
      ),
  })
  .refine(
    ({ service, google }) => (service === undefined) !== (google === undefined),
    "must name exactly one: service or google",
  );

export const dicomSchema = z.strictObject({
  namespace: kubernetesNameSchema
    .default("dicom")
    .describe("The namespace of gateway and OPA, created by the stack."),
  envoyImage: imageSchema.describe("Image of Envoy."),
  opaImage: imageSchema.describe(
    "Image of OPA with its Envoy plugin, `openpolicyagent/opa:VERSION-envoy-static`.",
  ),
  replicas: z.int().min(1).max(10).default(2).describe("How many pods of each run."),
  issuer: issuer.describe("The issuer of the users' tokens."),
  clinics: z
    .record(clinicName, clinic)
    .describe("The clinics, by the name that paths and the tokens' `groups` have, with their rules."),
  clients: z
    .array(z.strictObject(pods))
    .min(1, "is empty: name who may use the gateway")
    .describe("Pods that may send requests to the gateway. The token decides what they get."),
  upstream: upstream.describe("The DICOM store behind the gateway."),
  bundle: z
    .strictObject({
      publicKey: text(
        /^-----BEGIN PUBLIC KEY-----\n[A-Za-z0-9+/=\n]+-----END PUBLIC KEY-----\n?$/,
        "a public key in PEM: -----BEGIN PUBLIC KEY-----",
      ).describe("The P-256 key that OPA verifies the policy's bundle with."),
      signature: text(/^[\w-]+\.[\w-]+\.[\w-]+$/, "a JWT, as npm run opa-bundle prints it").describe(
        "The signature of the policy and of `issuer` and `clinics`, by `npm run opa-bundle`. Any change of them needs a new one.",
      ),
    })
    .describe("The signature of the policy's bundle."),
});
export type DicomConfig = z.infer<typeof dicomSchema>;
