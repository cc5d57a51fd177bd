import {
  CILIUM_POLICY,
  formatValue,
  listItems,
  mapEntries,
  propertyAt,
  type PropertyValue,
  type Resource,
  UNKNOWN,
} from "@attested-fhir/stack-model";
import { ciliumDocs } from "../../frameworks.ts";
import type { StackGuardrail } from "../../guardrail.ts";

/** The guardrail that nothing reaches a DICOM store except through the gateway. */

/** The component that declares the gateway's network. */
const NETWORK = "attested-fhir:dicom:DicomNetwork";

const NAMESPACE_LABEL = /^(?:k8s:)?io\.kubernetes\.pod\.namespace$/;

export const dicomBehindGateway: StackGuardrail = {
  kind: "stack",
  name: "dicom-behind-gateway",
  description: "No policy but the gateway's own lets traffic into the DICOM store behind a DICOMweb gateway.",
  severity: "critical",
  enforcement: "mandatory",
  framework: ciliumDocs("Policy Enforcement Modes", "allowing rules add up; NIST SP 800-53 AC-4"),
  remediation: [
    "Remove the policy, or let its endpointSelector not select the store's pods.",
    "Declare the client in dicom.clients, so that it comes in through the gateway.",
  ],
  cannotPrevent: "the gateway that it is about: its resources are compared when all are there",
  check(resources, report) {
    for (const network of resources.filter(({ type }) => type === NETWORK)) {
      const upstream = propertyAt(network.props, "upstream");
      if (propertyAt(upstream, "kind") !== "service") continue;
      for (const policy of resources.filter(({ type }) => isPolicy(type))) {
        if (policy.urn.includes(`${NETWORK}$`)) continue;
        for (const fault of openings(policy, upstream)) report(fault, policy);
      }
    }
  },
};

/** Kubernetes' own policies add up with Cilium's. */
const NETWORK_POLICY = /^kubernetes:networking\.k8s\.io\/v1:NetworkPolicy$/;

function isPolicy(type: string): boolean {
  return CILIUM_POLICY.test(type) || NETWORK_POLICY.test(type);
}

function openings(policy: Resource, upstream: PropertyValue): string[] {
  const { props, type } = policy;
  const namespace = propertyAt(props, "metadata", "namespace");
  const own = propertyAt(upstream, "namespace");
  if (!type.includes("Clusterwide") && typeof namespace === "string" && namespace !== own) return [];
  // Where a namespace waits for a resource of the stack, it is one that the stack makes: never the given store's.
  if (!type.includes("Clusterwide") && namespace === UNKNOWN) return [];
  const specs: readonly PropertyValue[] = [
    propertyAt(props, "spec"),
    ...listItems(propertyAt(props, "specs")),
  ];
  return specs.flatMap((spec) => {
    const kubernetes = NETWORK_POLICY.test(type);
    if (!maySelect(propertyAt(spec, kubernetes ? "podSelector" : "endpointSelector"), upstream)) return [];
    // A rule without peers and ports allows everything to Kubernetes, and nothing to Cilium.
    const rules = listItems(propertyAt(spec, "ingress")).filter(
      (rule) => kubernetes || mapEntries(rule).length > 0,
    );
    if (rules.length === 0) return [];
    return [`lets other traffic than the gateway's into the DICOM store's pods in ${formatValue(own)}`];
  });
}

/** Whether a selector may select the store's pods: only a label or an expression that they cannot match says no. */
function maySelect(selector: PropertyValue, upstream: PropertyValue): boolean {
  const namespace = propertyAt(upstream, "namespace");
  const labels = propertyAt(upstream, "labels");
  const fits = mapEntries(propertyAt(selector, "matchLabels")).every(([key, value]) => {
    if (NAMESPACE_LABEL.test(key)) return value === namespace || value === UNKNOWN;
    const own = propertyAt(labels, key.replace(/^(?:k8s|any):/, ""));
    return own === undefined || own === UNKNOWN || value === UNKNOWN || own === value;
  });
  return (
    fits &&
    listItems(propertyAt(selector, "matchExpressions")).every((one) => !excludes(one, labels, namespace))
  );
}

function excludes(expression: PropertyValue, labels: PropertyValue, namespace: PropertyValue): boolean {
  const key = propertyAt(expression, "key");
  if (typeof key !== "string") return false;
  const own = NAMESPACE_LABEL.test(key) ? namespace : propertyAt(labels, key.replace(/^(?:k8s|any):/, ""));
  if (typeof own !== "string") return false;
  const values = listItems(propertyAt(expression, "values"));
  if (values.includes(UNKNOWN)) return false;
  const operator = propertyAt(expression, "operator");
  if (operator === "In") return !values.includes(own);
  return (operator === "NotIn" && values.includes(own)) || operator === "DoesNotExist";
}
