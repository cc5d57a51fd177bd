import {
  propertyAt,
  listItems,
  type Resource,
  ROOT,
  formatValue,
  type PropertyValue,
  WORKLOAD_TYPES,
} from "@attested-fhir/stack-model";
import type { Trust } from "@attested-fhir/policy-config";
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
import { withPinnedDeclaration } from "../trust/declared-pins.ts";
import { unspecific, within } from "./ip-ranges.ts";

/** The guardrail on MLLP, which knows neither authentication nor encryption: the network is its only lock. */

const MLLP: ServedPort = { number: 2575, distinct: false };

export const mllpInternalOnly: StackGuardrail = {
  kind: "stack",
  name: "mllp-internal-only",
  description: "MLLP (port 2575) is reached on an internal address only, and by the declared senders only.",
  severity: "critical",
  enforcement: "mandatory",
  framework: kubernetesDocs("Service", "type, loadBalancerSourceRanges, externalIPs"),
  remediation: [
    `Make the Service a ClusterIP, or a LoadBalancer with the annotation ${INTERNAL}: Internal.`,
    "Name the senders' ranges in loadBalancerSourceRanges, each within the senders that the stack declares.",
    "Let senders outside the network come in by VPN or Interconnect.",
  ],
  cannotPrevent: "a Service that a pod which exists already, or a patch, leads to MLLP",
  before: {
    types: [SERVICE, WORKLOAD_TYPES],
    related: (resource, registered) => [
      ...registered.ofTypes(ROOT),
      ...sharingPorts(MLLP, resource, registered),
    ],
  },
  check(resources, report, { trust }) {
    for (const service of servicesTo(MLLP, resources)) {
      for (const opening of openings(service)) report(opening, service);
      if (propertyAt(service.props, "spec", "type") === "LoadBalancer")
        checkRanges(service, resources, trust, (message) => {
          report(message, service);
        });
    }
  },
};

function checkRanges(
  { props }: Resource,
  resources: readonly Resource[],
  trust: Trust,
  report: (message: string) => void,
): void {
  const ranges = listItems(propertyAt(props, "spec", "loadBalancerSourceRanges"));
  if (ranges.length === 0)
    report("loadBalancerSourceRanges is empty, so any address in the network may send");
  else {
    withPinnedDeclaration(resources, trust, ["senders"], report, ({ senders }) => {
      for (const range of ranges) {
        const fault = rangeFault(range, senders);
        if (fault !== undefined) report(`loadBalancerSourceRanges: ${fault}`);
      }
    });
  }
}

function rangeFault(range: PropertyValue, senders: readonly string[]): string | undefined {
  if (typeof range !== "string") return `a range is ${formatValue(range)}: name it`;
  const fault = unspecific(range);
  if (fault !== undefined) return `${range} ${fault}`;
  if (senders.some((sender) => within(range, sender))) return undefined;
  return `${range} is within none of the declared senders (${senders.join(", ")})`;
}
