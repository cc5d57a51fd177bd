import { ROOT, WORKLOAD_TYPES } from "@attested-fhir/stack-model";
import {
  INTERNAL,
  openings,
  type ServedPort,
  SERVICE,
  servicesTo,
  sharingPorts,
} from "./service-exposure.ts";
import { kubernetesDocs } from "../../frameworks.ts";
import type { StackGuardrail } from "../../guardrail.ts";
import { alongRoutes, ROUTES, routesTo } from "./ingress-routes.ts";

/** The guardrail on who reaches FHIR at all; which of their requests pass, network policies say. */

/** The port of IRIS's web server, which serves FHIR without encryption. */
const FHIR: ServedPort = { number: 52_773, distinct: true };

export const fhirInternalOnly: StackGuardrail = {
  kind: "stack",
  name: "fhir-internal-only",
  description: "FHIR (port 52773) is reached within its cluster or on an internal address only.",
  severity: "critical",
  enforcement: "mandatory",
  framework: kubernetesDocs("Service", "type, externalIPs; Ingress"),
  remediation: [
    `Make the Service a ClusterIP, or a LoadBalancer with the annotation ${INTERNAL}: Internal.`,
    "Leave out every Ingress and route that leads to it, or keep the Ingress within the network by the class gce-internal.",
    "Let clients outside the network come in by VPN or Interconnect, or by a gateway that authenticates them.",
  ],
  cannotPrevent: "a Service that a pod which exists already, or a patch, leads to FHIR",
  before: {
    types: [SERVICE, WORKLOAD_TYPES, ...ROUTES],
    related(resource, registered) {
      const along = alongRoutes(resource, registered);
      // Whether a route leads to FHIR may follow from the pods behind its Service.
      const sharing = [resource, ...along].flatMap((one) => sharingPorts(FHIR, one, registered));
      return [...new Set([...registered.ofTypes(ROOT), ...along, ...sharing])];
    },
  },
  check(resources, report) {
    for (const service of servicesTo(FHIR, resources)) {
      for (const opening of openings(service)) report(opening, service);
      for (const route of routesTo(service, resources)) {
        report(`leads to ${service.name} from wherever its gateway is reached: leave it out`, route);
      }
    }
  },
};
