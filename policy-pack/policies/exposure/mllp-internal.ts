import {
  propertyAt,
  listItems,
  type Resource,
  ROOT,
  formatValue,
  type PropertyValue,
  withDeclaration,
  WORKLOAD_TYPES,
} from "@attested-fhir/stack-model";
import type { Trust } from "@attested-fhir/policy-config";
import { INTERNAL, openings, SERVICE, servicesTo, sharingPortNames } from "./service-exposure.ts";
import { kubernetesDocs } from "../../frameworks.ts";
import type { StackGuardrail } from "../../guardrail.ts";
import { amongRelated } from "../before-creation.ts";
import { pinnedPart } from "../trust/declared-pins.ts";
import { unspecific, within } from "./ip-ranges.ts";

/** The guardrail on MLLP, which knows neither authentication nor encryption: the network is its only lock. */

const MLLP = 2575;

const check: StackGuardrail["check"] = (resources, report, { trust }) => {
  for (const service of servicesTo(MLLP, resources)) {
    for (const opening of openings(service)) report(opening, service);
    if (propertyAt(service.props, "spec", "type") === "LoadBalancer")
      checkRanges(service, resources, trust, (message) => {
        report(message, service);
      });
  }
};

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
  cannotPrevent: "a Service that exposes MLLP by what the program reads and does not create",
  before: amongRelated(
    [SERVICE, WORKLOAD_TYPES],
    (resource, registered) => [...registered.ofTypes(ROOT), ...sharingPortNames(resource, registered)],
    check,
  ),
  check,
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
    withDeclaration(resources, ["senders"], report, (declared) => {
      const { senders } = pinnedPart(declared, trust);
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
