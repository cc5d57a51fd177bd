import { closest } from "fastest-levenshtein";
import { z } from "zod";
import { parseImage, parsePinnedImage } from "@attested-fhir/attestation";
import { LABEL_VALUE } from "../../../components/cilium/grant.ts";

/**
 * The forms that Google Cloud gives its names, each with a message that says what is allowed. Sources: the
 * discovery documents of the APIs (Cloud KMS, Healthcare, GKE), Resource Manager's and IAM's naming rules.
 */

/** Regions to suggest from; a region that is well formed and not listed here is accepted. */
const REGIONS = (
  "africa-south1 asia-east1 asia-east2 asia-northeast1 asia-northeast2 asia-northeast3 asia-south1 asia-south2 " +
  "asia-southeast1 asia-southeast2 australia-southeast1 australia-southeast2 europe-central2 europe-north1 " +
  "europe-southwest1 europe-west1 europe-west2 europe-west3 europe-west4 europe-west6 europe-west8 europe-west9 " +
  "europe-west10 europe-west12 me-central1 me-central2 me-west1 northamerica-northeast1 northamerica-northeast2 " +
  "southamerica-east1 southamerica-west1 us-central1 us-east1 us-east4 us-east5 us-south1 us-west1 us-west2 " +
  "us-west3 us-west4"
).split(" ");

const REGION = /^[a-z]+-[a-z]+\d{1,2}$/;
const ZONE = /^[a-z]+-[a-z]+\d{1,2}-[a-z]$/;
const MULTI_REGIONS = ["us", "eu", "europe", "asia", "global"];

/** The words for a value that is missing or no string; `allowed` completes the sentence "is not …". */
function wanted(allowed: string) {
  return ({ input }: { readonly input?: unknown }) =>
    input === undefined ? `is missing: give ${allowed}` : `is not ${allowed}`;
}

/** The words for a text that is missing, or is none: YAML reads an id of digits alone as a number. */
export function givenAsText(wanted: string) {
  return ({ input }: { readonly input?: unknown }) =>
    input === undefined ? `is missing: ${wanted}` : "is not text: put it into quotes";
}

/** A string of one form; `allowed` completes the sentence "is not …", and is its shape in the documents. */
export function text(pattern: RegExp, allowed: string) {
  return z
    .string({ error: wanted(allowed) })
    .regex(pattern, `is not ${allowed}`)
    .meta({ shape: withoutArticle(allowed) });
}

function withoutArticle(noun: string): string {
  return noun.replace(/^(?:an?|the) /, "");
}

function location(accepts: (value: string) => boolean, allowed: string) {
  return z
    .string({ error: wanted(allowed) })
    .superRefine((value, context) => {
      if (accepts(value)) return;
      const zone = /-[a-z]$/.exec(value)?.[0] ?? "";
      const given = value.slice(0, value.length - zone.length).toLowerCase();
      const region = closest(given, REGIONS);
      const suggestion = allowed.includes("zone") ? region + zone : region;
      context.addIssue({ code: "custom", message: `is not ${allowed}: did you mean ${suggestion}?` });
    })
    .meta({ shape: withoutArticle(allowed) });
}

export const projectIdSchema = text(
  /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
  "a project id: 6 to 30 lowercase letters, digits and hyphens, a letter first and no hyphen last",
);

/** YAML reads an unquoted project number as a number, which is welcome. */
export const projectNumberSchema = z.preprocess(
  (value) => (typeof value === "number" ? String(value) : value),
  text(/^[1-9]\d{5,18}$/, "a project number: digits only, as the project's dashboard shows it"),
);

export const regionSchema = location((value) => REGION.test(value), "a region");
export const regionOrZoneSchema = location(
  (value) => REGION.test(value) || ZONE.test(value),
  "a region or zone",
);
export const dataLocationSchema = location(
  (value) => REGION.test(value) || MULTI_REGIONS.includes(value),
  `a region or one of ${MULTI_REGIONS.join(", ")}`,
);

export const keyNameSchema = text(
  /^[a-zA-Z0-9_-]{1,63}$/,
  "a Cloud KMS name: 1 to 63 letters, digits, _ and -",
);
export const noteIdSchema = text(
  /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,99}$/,
  "a note id: 1 to 100 letters, digits, _ . and -, a letter or digit first",
);
export const attestorIdSchema = text(
  /^[a-zA-Z][a-zA-Z0-9_-]{0,62}$/,
  "an attestor id: 1 to 63 letters, digits, _ and -, a letter first",
);
export const attestorNameSchema = text(
  /^projects\/[a-z][a-z0-9-]{4,28}[a-z0-9]\/attestors\/[a-zA-Z][a-zA-Z0-9_-]{0,62}$/,
  "an attestor: projects/PROJECT_ID/attestors/ATTESTOR_ID",
);
export const healthcareIdSchema = text(
  /^[\p{L}\p{N}_.-]{1,256}$/u,
  "a Healthcare API id: 1 to 256 letters, digits, _ - and .",
);
export const clusterNameSchema = text(
  /^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/,
  "a cluster name: 1 to 40 lowercase letters, digits and hyphens, a letter first and no hyphen last",
);
export const kubernetesNameSchema = text(
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  "a Kubernetes name: 1 to 63 lowercase letters, digits and hyphens",
);
/** A service's name is part of an address; what is named after the service adds up to 9 characters. */
export const serviceNameSchema = text(
  /^[a-z](?:[a-z0-9-]{0,52}[a-z0-9])?$/,
  "a name for a service: 1 to 54 lowercase letters, digits and hyphens, a letter first and no hyphen last",
);
export const topicNameSchema = text(
  /^(?!goog)[a-zA-Z][a-zA-Z0-9_.~+%-]{2,254}$/,
  "a Pub/Sub topic: 3 to 255 letters, digits and _ . ~ + % -, a letter first, not beginning with goog",
);
export const serviceAccountSchema = text(
  /^[a-z][a-z0-9-]{4,28}[a-z0-9]@[a-z][a-z0-9-]{4,28}[a-z0-9]\.iam\.gserviceaccount\.com$/,
  "a service account: ACCOUNT@PROJECT_ID.iam.gserviceaccount.com",
);
export const memberSchema = text(
  /^(?:(?:user|serviceAccount|group):[^\s@]+@[^\s@]+|principal:\/\/iam\.googleapis\.com\/\S+)$/,
  "a principal: user:…, group:…, serviceAccount:… or principal://…, and not allUsers or allAuthenticatedUsers",
);
export const base64Schema = text(
  /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  "base64 of the standard alphabet, on one line",
);
export const endpointSchema = text(/^https?:\/\/[^\s/]+\/(?:\S*\/)?$/, "a URL that ends in /");
export const hostAndPortSchema = text(/^[a-zA-Z0-9.-]+:\d{1,5}$/, "HOST:PORT");

/** An image that names one manifest for ever. */
export const imageSchema = z
  .string({ error: wanted("an image reference: HOST/NAME@sha256: and 64 hexadecimal digits") })
  .superRefine((value, context) => {
    try {
      parsePinnedImage(value);
    } catch (error) {
      context.addIssue({ code: "custom", message: (error as Error).message });
    }
  })
  .meta({ shape: "`HOST/NAME@sha256:…`, no tag" });

/** An image by any name; whether it has to name one manifest for ever depends on where it runs. */
export const imageReferenceSchema = z
  .string({ error: wanted("an image reference: HOST/NAME@sha256: and 64 hexadecimal digits") })
  .refine(
    (value) => parseImage(value)?.repository.includes("/") === true,
    "is not an image reference: HOST/NAME",
  );

export const labelValueSchema = text(LABEL_VALUE, "the value of a Kubernetes label");
