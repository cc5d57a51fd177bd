import { join } from "node:path";
import { ConfigError } from "../../../infra/config/errors.ts";
import { CONFIG_NAMESPACE, parseStack } from "../../../infra/config/parse-stack.ts";
import { warningsOn } from "../../../infra/config/warnings.ts";
import { matchSnapshot, normalized } from "../../snapshot.ts";
import { STACK_DIR_FILES, changed, type Data, stack } from "../stacks.ts";

const SNAPSHOTS = join(import.meta.dirname, "snapshots/messages");

/** The errors of a stack in one text, or else its warnings. */
function messages(name: string, changes: Data): string {
  const file = `stacks/Pulumi.${name}.yaml`;
  const data = changed(stack(name), changes);
  try {
    const config = parseStack({
      file,
      data,
      readStackDirFile: (one) => STACK_DIR_FILES[one],
      now: new Date(),
    });
    const warnings = warningsOn(config, { file, prefix: `${CONFIG_NAMESPACE}:` });
    return ["valid", ...warnings].join("\n");
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

/** Changes of a stack of the repository, by the name of the snapshot of the resulting messages. */
const CASES: Readonly<Record<string, readonly [stack: string, changes: Data]>> = {
  "resource-type-misspelt": ["kind", { "grants[0].resourceType": "Obsevation" }],
  "resource-type-of-another-fhir-version": [
    "kind",
    { "grants[0].resourceType": "Transport", "fhirServer.fhirVersion": "R4" },
  ],
  "fhir-version-unknown-by-path": ["kind", { "fhirServer.basePath": "/fhir" }],
  "grant-without-clients": ["kind", { "grants[0].org": "rebellion" }],
  "client-without-grant": ["kind", { "fhirClients.fx-6.org": "guild" }],
  "granted-record-not-registered": ["kind", { "grants[1].id": "LukeSkywalker" }],
  "cilium-version-without-digests": ["kind", { "cilium.version": "1.17.0" }],
  "cilium-1.16-on-google-cloud": ["prod", { "cilium.version": "1.16.0" }],
  "hl7v2-parser-version": ["prod", { "hl7v2Store.parserConfig.version": "V9" }],
  "project-without-parent-as-user": ["tutorial", { "projects.kms.create.organization": undefined }],
  "project-without-parent-as-service-account": [
    "tutorial",
    {
      "projects.kms.create.organization": undefined,
      "projects.kms.serviceAccount": "kms-admin@home-proj-id.iam.gserviceaccount.com",
    },
  ],
};

describe("Errors and warnings on a stack file", () => {
  for (const [name, [base, changes]] of Object.entries(CASES)) {
    it(`is the snapshot ${name}`, () => {
      matchSnapshot(join(SNAPSHOTS, `${name}.txt`), normalized(messages(base, changes)));
    });
  }
});
