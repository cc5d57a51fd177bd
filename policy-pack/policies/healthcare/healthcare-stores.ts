import { propertyAt, formatValue } from "@attested-fhir/stack-model";
import { googleApiDocs } from "../../frameworks.ts";
import { type ResourceGuardrail, type StackGuardrail, theRoot } from "../../guardrail.ts";
import { withPinnedDeclaration } from "../trust/declared-pins.ts";

/** Guardrails on datasets and stores of the Cloud Healthcare API. */

const DATASET = "gcp:healthcare/dataset:Dataset";

export const datasetLocationAllowed: StackGuardrail = {
  kind: "stack",
  name: "dataset-location-allowed",
  description: "Every dataset rests in a location that the stack allows.",
  severity: "high",
  enforcement: "mandatory",
  needs: ["allowedLocations"],
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
  cannotPrevent: "a resource that is registered before the root component, which then is refused",
  before: { types: [DATASET], related: theRoot },
  check(resources, report, { trust }) {
    const datasets = resources.filter(({ type }) => type === DATASET);
    if (datasets.length === 0) return;
    withPinnedDeclaration(resources, trust, ["allowedLocations"], report, ({ allowedLocations }) => {
      for (const dataset of datasets) {
        const location = propertyAt(dataset.props, "location");
        if (typeof location === "string" && allowedLocations.includes(location)) continue;
        report(
          `location is ${formatValue(location)}, not one of the allowed: ${allowedLocations.join(", ")}`,
          dataset,
        );
      }
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
