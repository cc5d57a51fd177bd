import { googleApiDocs, kubernetesDocs } from "../../frameworks.ts";
import type { ResourceGuardrail } from "../../guardrail.ts";
import {
  propertyAt,
  CUSTOM_RESOURCE,
  podContainers,
  mapEntries,
  HELM_RELEASE,
  isProperties,
  listItems,
  type Pod,
  WORKLOAD_TYPES,
  podSpecs,
  formatValue,
  UNKNOWN,
  type PropertyValue,
} from "@attested-fhir/stack-model";

/** Guardrails on what pods may do to the node that they run on, and to their own admission. */

export const podHardened: ResourceGuardrail = {
  kind: "resource",
  name: "pod-hardened",
  description:
    'Every pod keeps to the Pod Security Standard "restricted", with a read-only root file system.',
  severity: "high",
  enforcement: "mandatory",
  framework: kubernetesDocs(
    "Pod Security Standards: Restricted",
    "CIS GKE Benchmark 1.6.0 4.6.2, 4.6.3; CKV_K8S_16, 17, 18, 19, 20, 22, 26, 31, 37",
  ),
  remediation: [
    "In the pod: securityContext with runAsNonRoot: true and seccompProfile.type: RuntimeDefault; no host namespaces.",
    "In each container: allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities.drop: [ALL]; no host port.",
    "Mount an emptyDir where the program has to write.",
  ],
  types: [WORKLOAD_TYPES, CUSTOM_RESOURCE],
  check(resource, report) {
    for (const pod of podSpecs(resource)) {
      const faults = podFaults(pod);
      if (faults.length > 0) report(`the pod: ${faults.join("; ")}`);
      for (const { called, props } of podContainers(pod)) {
        const wanting = containerFaults(props, pod);
        if (wanting.length > 0) report(`${called}: ${wanting.join("; ")}`);
      }
    }
  },
};

function podFaults({ spec }: Pod): readonly string[] {
  const host = ["hostNetwork", "hostPID", "hostIPC"].flatMap((field) => {
    const value = propertyAt(spec, field);
    return value === undefined || value === false ? [] : [`${field} is ${formatValue(value)}, not false`];
  });
  const paths = listItems(propertyAt(spec, "volumes")).filter(
    (volume) => propertyAt(volume, "hostPath") !== undefined,
  );
  return paths.length > 0 ? [...host, "a volume is a hostPath of the node"] : host;
}

/** Of a patch, what it sets; what it leaves out stays as it is. */
function containerFaults(container: PropertyValue, { spec, patch }: Pod): readonly string[] {
  const podContext = propertyAt(spec, "securityContext");
  const context = propertyAt(container, "securityContext");
  /** A container's own setting wins over its pod's. */
  const either = (...path: readonly string[]) =>
    propertyAt(context, ...path) ?? propertyAt(podContext, ...path);
  // The last of the allowed values is the one that a message asks for.
  const wanted: readonly (readonly [string, PropertyValue, readonly PropertyValue[]])[] = [
    ["runAsNonRoot", either("runAsNonRoot"), [true]],
    ["seccompProfile.type", either("seccompProfile", "type"), ["Localhost", "RuntimeDefault"]],
    ["allowPrivilegeEscalation", propertyAt(context, "allowPrivilegeEscalation"), [false]],
    ["readOnlyRootFilesystem", propertyAt(context, "readOnlyRootFilesystem"), [true]],
    ["privileged", propertyAt(context, "privileged"), [undefined, false]],
  ];
  return [
    ...wanted
      .filter(([, value, allowed]) => !allowed.includes(value) && !(patch && value === undefined))
      .map(
        ([field, value, allowed]) => `${field} is ${formatValue(value)}, not ${formatValue(allowed.at(-1))}`,
      ),
    ...capabilityFaults(propertyAt(context, "capabilities"), patch),
    ...portFaults(propertyAt(container, "ports")),
  ];
}

function capabilityFaults(capabilities: PropertyValue, patch: boolean): readonly string[] {
  const drop = propertyAt(capabilities, "drop");
  const dropped =
    listItems(drop).includes("ALL") || (patch && drop === undefined)
      ? []
      : ["capabilities.drop does not name ALL"];
  const added = listItems(propertyAt(capabilities, "add")).filter(
    (capability) => capability !== "NET_BIND_SERVICE",
  );
  return added.length === 0 ? dropped : [...dropped, `capabilities.add names ${added.map(text).join(", ")}`];
}

function portFaults(ports: PropertyValue): readonly string[] {
  const host = listItems(ports).map((port) => propertyAt(port, "hostPort"));
  return host
    .filter((port) => port !== undefined && port !== 0)
    .map((port) => `hostPort is ${formatValue(port)}, not left out`);
}

function text(value: PropertyValue): string {
  return typeof value === "string" ? value : formatValue(value);
}

const BREAK_GLASS = "image-policy.k8s.io/break-glass";
/** What GKE read before the label; older manifests still carry it. */
const BREAK_GLASS_ANNOTATION = `alpha.${BREAK_GLASS}`;

export const breakGlassLabelRefused: ResourceGuardrail = {
  kind: "resource",
  name: "break-glass-label-refused",
  description: "No pod has the label that makes Binary Authorization admit it without evaluating its policy.",
  severity: "critical",
  enforcement: "mandatory",
  framework: googleApiDocs("Binary Authorization API", "v1", "Use breakglass", `Pod label ${BREAK_GLASS}`),
  remediation: [
    `Take the label ${BREAK_GLASS} out of the pod's template, and have its images attested.`,
    "In an emergency, set it by kubectl on the one pod, where the audit log shows who did it.",
  ],
  types: [WORKLOAD_TYPES, CUSTOM_RESOURCE, HELM_RELEASE],
  check(resource, report) {
    if (resource.type === HELM_RELEASE) {
      for (const key of [BREAK_GLASS, BREAK_GLASS_ANNOTATION].filter((one) => holds(resource.props, one)))
        report(`the values hold ${key}: take it out of them`);
    }
    for (const { metadata } of podSpecs(resource)) {
      for (const [field, key] of [
        ["labels", BREAK_GLASS],
        ["annotations", BREAK_GLASS_ANNOTATION],
      ] as const) {
        const value = propertyAt(metadata, field, key);
        if (value === UNKNOWN)
          report(`the pod's ${field} are ${formatValue(value)}: name them, since ${key} may be among them`);
        else if (value !== undefined) report(`the pod carries ${key}: take it out of its ${field}`);
      }
    }
  },
};

/** Whether a key stands anywhere in a value. */
function holds(value: PropertyValue, key: string): boolean {
  if (Array.isArray(value)) return (value as readonly PropertyValue[]).some((item) => holds(item, key));
  return isProperties(value) && mapEntries(value).some(([name, below]) => name === key || holds(below, key));
}
