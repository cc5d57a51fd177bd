import { withDeclaration } from "./declaration.ts";
import { kubernetes } from "./framework.ts";
import type { Resource, StackGuardrail } from "./guardrail.ts";
import { containersOf, podsOf } from "./pods.ts";
import { unspecific, within } from "./range.ts";
import { at, items, said, UNKNOWN, type Value } from "./value.ts";

/** The guardrail on MLLP, which knows neither authentication nor encryption: the network is its only lock. */

const SERVICE = /^kubernetes:core\/v1:Service(?:Patch)?$/;
const MLLP: Value = 2575;
const INTERNAL = "networking.gke.io/load-balancer-type";

export const mllpInternalOnly: StackGuardrail = {
  kind: "stack",
  name: "mllp-internal-only",
  description: "MLLP (port 2575) is reached on an internal address only, and by the declared senders only.",
  severity: "critical",
  enforcement: "mandatory",
  framework: kubernetes("Service", "type, loadBalancerSourceRanges, externalIPs"),
  remediation: [
    `Make the Service a ClusterIP, or a LoadBalancer with the annotation ${INTERNAL}: Internal.`,
    "Name the senders' ranges in loadBalancerSourceRanges, each within the senders that the stack declares.",
    "Let senders outside the network come in by VPN or Interconnect.",
  ],
  check(resources, report) {
    const named = portNames(resources);
    for (const service of resources.filter(
      (resource) => SERVICE.test(resource.type) && exposes(resource, named),
    )) {
      const type = at(service.props, "spec", "type");
      const external = items(at(service.props, "spec", "externalIPs"));
      if (external.length > 0)
        report("externalIPs names addresses, on which everybody may reach it: leave it out", service);
      if (type === undefined || type === "ClusterIP") continue;
      if (type === "LoadBalancer")
        checkLoadBalancer(service, resources, (message) => {
          report(message, service);
        });
      else report(`type is ${said(type)}, not ClusterIP or LoadBalancer`, service);
    }
  },
};

/** The names of container ports that are MLLP's, which a Service may point to instead of the number. */
function portNames(resources: readonly Resource[]): readonly Value[] {
  return resources
    .flatMap(podsOf)
    .flatMap(containersOf)
    .flatMap(({ props }) => items(at(props, "ports")))
    .filter((port) => at(port, "containerPort") === MLLP)
    .flatMap((port) => at(port, "name") ?? []);
}

function exposes({ props }: Resource, named: readonly Value[]): boolean {
  return items(at(props, "spec", "ports")).some((port) => {
    const ends: readonly Value[] = [at(port, "port"), at(port, "targetPort")];
    return ends.some((end) => end === UNKNOWN || end === MLLP || named.includes(end));
  });
}

function checkLoadBalancer(
  { props }: Resource,
  resources: readonly Resource[],
  report: (message: string) => void,
): void {
  const internal = at(props, "metadata", "annotations", INTERNAL);
  if (internal !== "Internal") report(`the annotation ${INTERNAL} is ${said(internal)}, not Internal`);
  const ranges = items(at(props, "spec", "loadBalancerSourceRanges"));
  if (ranges.length === 0)
    report("loadBalancerSourceRanges names no sender, so everybody in the network may send");
  else {
    withDeclaration(resources, ["senders"], report, ({ senders }) => {
      for (const range of ranges) {
        const fault = rangeFault(range, senders);
        if (fault !== undefined) report(`loadBalancerSourceRanges: ${fault}`);
      }
    });
  }
}

function rangeFault(range: Value, senders: readonly string[]): string | undefined {
  if (typeof range !== "string") return `a range is ${said(range)}: name it`;
  const fault = unspecific(range);
  if (fault !== undefined) return `${range} ${fault}`;
  if (senders.some((sender) => within(range, sender))) return undefined;
  return `${range} is within none of the declared senders (${senders.join(", ")})`;
}
