import fc from "fast-check";
import type { FhirEndpoint } from "../../../components/cilium/fhir-endpoint.ts";
import type { Grant } from "../../../components/cilium/grant.ts";

/** The story's server and grants, and any others. */

export const BASE = "/intersystems/fhir/r5";

export const SERVER: FhirEndpoint = {
  name: "coruscanthealth",
  port: 52_773,
  basePath: BASE,
  labels: { org: "empire", class: "coruscanthealth" },
};

export const EMPIRE: Grant = {
  org: "empire",
  resourceType: "Patient",
  id: "DarthVader",
  interactions: ["read"],
  server: "coruscanthealth",
  policy: "l7-visibility",
};

export const PAYER: Grant = { ...EMPIRE, org: "payer", policy: "l7-visibility-payer" };

export const REGISTRATION: Grant = {
  ...EMPIRE,
  org: "registration",
  interactions: ["update"],
  policy: undefined,
};

/** Ids that a record can have. */
export const anyId = fc.stringMatching(/^[A-Za-z0-9.-]{1,64}$/).filter((id) => id !== "." && id !== "..");

/** Types that a record can have. */
export const anyType = fc.stringMatching(/^[A-Z][A-Za-z]{0,20}$/);

/** Paths that a server's records can begin with. */
export const anyBasePath = fc.stringMatching(/^(?:\/[A-Za-z0-9_-]{1,9}){1,4}$/);
