import { BASE_PATH, BASE_PATH_FORM } from "./base-path.ts";
import { type GrantIssue, LABEL_VALUE } from "./grant.ts";

/** A FHIR server as policies see it: its pods, its port and where its records begin. */
export interface FhirEndpoint {
  /** Name of the server, which grants name it by. */
  readonly name: string;
  /** The port that its pods listen on. */
  readonly port: number;
  /** The path before `/Patient`, without a slash at the end: `/intersystems/fhir/r5`. */
  readonly basePath: string;
  /** Labels of the server's pods. `class` is among them: it distinguishes servers from clients. */
  readonly labels: Readonly<Record<string, string>> & { readonly class: string };
}

const NAME = /^[a-z0-9](?:[a-z0-9-]{0,52}[a-z0-9])?$/;

/** The issues of an endpoint's form, each with the key of the endpoint that it is about. */
export function endpointIssues(endpoint: FhirEndpoint): GrantIssue[] {
  const { name, port, basePath, labels } = endpoint;
  const fault = (key: keyof FhirEndpoint, message: string): GrantIssue => ({ path: [key], message });
  const isPort = Number.isInteger(port) && port >= 1 && port <= 65_535;
  return [
    ...(NAME.test(name)
      ? []
      : [fault("name", 'is not a Kubernetes name: at most 54 lower-case letters, digits and "-"')]),
    ...(isPort ? [] : [fault("port", "is not a port: 1 to 65535")]),
    ...(BASE_PATH.test(basePath) ? [] : [fault("basePath", `is not ${BASE_PATH_FORM}`)]),
    ...Object.entries(labels)
      .filter(([, value]) => !LABEL_VALUE.test(value))
      .map(([label, value]) =>
        fault("labels", `set ${label} to "${value}", which is not a valid Kubernetes label value`),
      ),
  ];
}
