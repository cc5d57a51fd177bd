import type { KnownError } from "./known-errors.ts";

const TAGGED = "docker.io/sween/ciliumfhir:latest";
const WANTED = "write HOST/NAME@sha256: and 64 hexadecimal digits";
const UNNAMED = `has the tag "latest", and a tag can be moved to another image: ${WANTED}; or list it in unattestedImages by this very name`;

/** Independent errors of different keys in the stack `kind`. */
export const KNOWN_FHIR_ERRORS: readonly KnownError[] = [
  {
    what: "an unknown key of the server",
    changes: { "fhirServer.basPath": "/fhir" },
    line: 'fhirServer.basPath = "/fhir": is an unknown key: did you mean basePath?',
  },
  {
    what: "an unknown key of a client",
    changes: { "fhirClients.fx-6.pateint": "DarthVader" },
    line: 'fhirClients.fx-6.pateint = "DarthVader": is an unknown key: did you mean patient?',
  },
  {
    what: "a client whose name no Kubernetes object can have",
    changes: { "fhirClients.DD_13": { org: "empire", class: "medicaldroid", patient: "DarthVader" } },
    line: 'fhirClients.DD_13 = {"org":"empire","class":"medicaldroid","patient":"DarthVader"}: has a name that is not a Kubernetes name: 1 to 63 lowercase letters, digits and hyphens',
  },
  {
    what: "a client named like the server",
    changes: {
      "fhirClients.coruscanthealth": { org: "empire", class: "medicaldroid", patient: "DarthVader" },
    },
    line: 'fhirClients.coruscanthealth = {"org":"empire","class":"medicaldroid","patient":"DarthVader"}: is the name of the FHIR server: choose another name',
  },
  {
    what: "a client that policies would take for the server",
    changes: { "fhirClients.dd-13.class": "coruscanthealth" },
    line: 'fhirClients.dd-13.class = "coruscanthealth": is the FHIR server\'s class: policies would select the client as the server',
  },
  {
    what: "a client with registration's rights",
    changes: { "fhirClients.payer.org": "registration" },
    line: 'fhirClients.payer.org = "registration": is reserved for the jobs that register records, which may update them',
  },
  {
    what: "a client that requests an invalid FHIR id",
    changes: { "fhirClients.21-b.patient": "Darth Vader" },
    line: 'fhirClients.21-b.patient = "Darth Vader": is not a FHIR id: 1 to 64 letters, digits, - and .',
  },
  {
    what: "a grant on an unknown server",
    changes: { "grants[0].server": "coruscant" },
    line: 'grants[0].server = "coruscant": is not one of the servers: coruscanthealth',
  },
  {
    what: "a grant of an invalid FHIR id",
    changes: { "grants[1].id": "Darth/Vader" },
    line: 'grants[1].id = "Darth/Vader": is not a FHIR id: 1 to 64 letters, digits, "-" and "."',
  },
  {
    what: "a grant that Envoy would not take",
    changes: {
      "grants[2]": {
        org: "rebels",
        id: "L".repeat(64),
        interactions: ["vread"],
        server: "coruscanthealth",
      },
    },
    line: `grants[2].id = "${"L".repeat(64)}": is too long for vread after /intersystems/fhir/r5: its RE2 program would have 112 instructions, and Envoy rejects a policy with more than 100`,
  },
  {
    what: "a server image by a tag that is not listed",
    changes: { "unattestedImages[0].image": "docker.io/sween/ciliumfhir:older" },
    line: `fhirServer.image = "${TAGGED}": ${UNNAMED}`,
  },
  {
    what: "an IRIS namespace that is none",
    changes: { "fhirServer.irisNamespace": "FHIR SERVER" },
    line: 'fhirServer.irisNamespace = "FHIR SERVER": is not an IRIS namespace, such as USER',
  },
  {
    what: "a DebugMode that opens the endpoint",
    changes: { "fhirServer.debugMode": 7 },
    line: "fhirServer.debugMode = 7: is not from 0 to 6: 7 opens the endpoint, which only accessMode: breakGlass may do",
  },
  {
    what: "a volume without a size",
    changes: { "fhirServer.storage": { size: "10 GB" } },
    line: 'fhirServer.storage.size = "10 GB": is not a size, such as 10Gi',
  },
  {
    what: "a system namespace that is the server's",
    changes: { "cilium.systemNamespaces[1]": "galactic-fhir" },
    line: 'cilium.systemNamespaces[1] = "galactic-fhir": is the FHIR server\'s namespace, which no policy would protect',
  },
  {
    what: "no cluster",
    changes: { fhirCluster: undefined },
    line: "fhirCluster: is missing: the layer fhir needs it",
  },
  {
    what: "a record's file that does not exist",
    changes: { "fhirRecords[1]": { file: "maul.json" } },
    line: 'fhirRecords[1].file = "maul.json": names a file that does not exist: stacks/maul.json',
  },
  {
    what: "flow visibility together with deny-all",
    changes: { flowVisibility: true },
    line: "flowVisibility = true: must not be true together with denyAll: it allows all ingress to the FHIR server. Set only one of them",
  },
  {
    what: "an unknown access mode",
    changes: { accessMode: "open" },
    line: 'accessMode = "open": is not one of smart, breakGlass',
  },
];
