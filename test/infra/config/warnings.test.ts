import assert from "node:assert/strict";
import { type WarningCheck, warningsOn } from "../../../infra/config/warnings.ts";
import { parsed, stack } from "../stacks.ts";

const where = { file: "stacks/Pulumi.kind.yaml", prefix: "attested-fhir:" };

/** Warns of each client of an organization. */
const clientsOf =
  (org: string): WarningCheck =>
  ({ fhirClients }) =>
    Object.entries(fhirClients)
      .filter(([, client]) => client.org === org)
      .map(([name]) => ({ path: ["fhirClients", name, "org"], message: "is watched" }));

describe("Warnings on a stack", () => {
  it("name file, key and value, one text for each", () => {
    assert.deepEqual(warningsOn(parsed(stack("kind")), where, [clientsOf("payer"), clientsOf("nowhere")]), [
      'stacks/Pulumi.kind.yaml: attested-fhir:fhirClients.payer.org = "payer": is watched',
    ]);
  });
});
