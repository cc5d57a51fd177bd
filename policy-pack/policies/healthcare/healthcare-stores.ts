import { propertyAt, formatValue, ROOT, withDeclaration } from "@attested-fhir/stack-model";
import { googleApiDocs } from "../../frameworks.ts";
import type { OrderedGuardrail, ResourceGuardrail } from "../../guardrail.ts";
import { pinnedPart } from "../trust/declared-pins.ts";

/** Guardrails on datasets and stores of the Cloud Healthcare API. */

const DATASET = "gcp:healthcare/dataset:Dataset";

export const datasetLocationAllowed: OrderedGuardrail = {
  kind: "ordered",
  name: "dataset-location-allowed",
  description: "Every dataset rests in a location that the stack allows.",
  severity: "high",
  enforcement: "mandatory",
  framework: googleApiDocs(
    "Cloud Healthcare API",
    "v1",
    "projects.locations.datasets",
    "the location of the data at rest",
  ),
  remediation: [
    "Move the dataset to an allowed location; that makes a new dataset, so export its data first.",
    "Or have the owner of data residency add the location to allowedLocations.",
  ],
  types: [DATASET],
  check(dataset, registered, report, { trust }) {
    withDeclaration(registered.ofTypes(ROOT), ["allowedLocations"], report, (declared) => {
      const { allowedLocations } = pinnedPart(declared, trust);
      const location = propertyAt(dataset.props, "location");
      if (typeof location === "string" && allowedLocations.includes(location)) return;
      report(`location is ${formatValue(location)}, not one of the allowed: ${allowedLocations.join(", ")}`);
    });
  },
};

export const hl7v2StoreRejectsDuplicates: ResourceGuardrail = {
  kind: "resource",
  name: "hl7v2-store-rejects-duplicates",
  description: "Every HL7v2 store refuses a message that it has already.",
  severity: "medium",
  enforcement: "mandatory",
  framework: googleApiDocs("Cloud Healthcare API", "v1", "Hl7V2Store", "rejectDuplicateMessage"),
  remediation: ["Set rejectDuplicateMessage of the store to true."],
  types: ["gcp:healthcare/hl7Store:Hl7Store"],
  check({ props }, report) {
    const rejects = propertyAt(props, "rejectDuplicateMessage");
    if (rejects !== true) report(`rejectDuplicateMessage is ${formatValue(rejects)}, not true`);
  },
};
