import { googleApi, kubernetes } from "../../framework.ts";
import type { ResourceGuardrail } from "../../guardrail.ts";
import {
  at,
  containersOf,
  entries,
  HELM_RELEASE,
  isProperties,
  items,
  type Pod,
  POD_BEARERS,
  podsOf,
  said,
  UNKNOWN,
  type Value,
} from "@attested-fhir/stack-model";

/** Guardrails on what pods may do to the node that they run on, and to their own admission. */

export const podHardened: ResourceGuardrail = {
  kind: "resource",
  name: "pod-hardened",
  description:
    'Every pod keeps to the Pod Security Standard "restricted", with a read-only root file system.',
  severity: "high",
  enforcement: "mandatory",
  framework: kubernetes(
    "Pod Security Standards: Restricted",
    "CIS GKE Benchmark 1.6.0 4.6.2, 4.6.3; CKV_K8S_16, 17, 18, 19, 20, 22, 26, 31, 37",
  ),
  remediation: [
    "In the pod: securityContext with runAsNonRoot: true and seccompProfile.type: RuntimeDefault; no host namespaces.",
    "In each container: allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities.drop: [ALL]; no host port.",
    "Mount an emptyDir where the program has to write.",
  ],
  types: [POD_BEARERS],
  check(resource, report) {
    for (const pod of podsOf(resource).filter(({ patch }) => !patch)) {
      const faults = podFaults(pod);
      if (faults.length > 0) report(`the pod: ${faults.join("; ")}`);
      for (const { called, props } of containersOf(pod)) {
        const wanting = containerFaults(props, at(pod.spec, "securityContext"));
        if (wanting.length > 0) report(`${called}: ${wanting.join("; ")}`);
      }
    }
  },
};

function podFaults({ spec }: Pod): readonly string[] {
  const host = ["hostNetwork", "hostPID", "hostIPC"].flatMap((field) => {
    const value = at(spec, field);
    return value === undefined || value === false ? [] : [`${field} is ${said(value)}, not false`];
  });
  const paths = items(at(spec, "volumes")).filter((volume) => at(volume, "hostPath") !== undefined);
  return paths.length > 0 ? [...host, "a volume is a hostPath of the node"] : host;
}

function containerFaults(container: Value, podContext: Value): readonly string[] {
  const context = at(container, "securityContext");
  /** A container's own setting wins over its pod's. */
  const either = (...path: readonly string[]) => at(context, ...path) ?? at(podContext, ...path);
  // The last of the allowed values is the one that a message asks for.
  const wanted: readonly (readonly [string, Value, readonly Value[]])[] = [
    ["runAsNonRoot", either("runAsNonRoot"), [true]],
    ["seccompProfile.type", either("seccompProfile", "type"), ["Localhost", "RuntimeDefault"]],
    ["allowPrivilegeEscalation", at(context, "allowPrivilegeEscalation"), [false]],
    ["readOnlyRootFilesystem", at(context, "readOnlyRootFilesystem"), [true]],
    ["privileged", at(context, "privileged"), [undefined, false]],
  ];
  return [
    ...wanted
      .filter(([, value, allowed]) => !allowed.includes(value))
      .map(([field, value, allowed]) => `${field} is ${said(value)}, not ${said(allowed.at(-1))}`),
    ...capabilityFaults(at(context, "capabilities")),
    ...portFaults(at(container, "ports")),
  ];
}

function capabilityFaults(capabilities: Value): readonly string[] {
  const dropped = items(at(capabilities, "drop")).includes("ALL")
    ? []
    : ["capabilities.drop does not name ALL"];
  const added = items(at(capabilities, "add")).filter((capability) => capability !== "NET_BIND_SERVICE");
  return added.length === 0 ? dropped : [...dropped, `capabilities.add names ${added.map(text).join(", ")}`];
}

function portFaults(ports: Value): readonly string[] {
  const host = items(ports).map((port) => at(port, "hostPort"));
  return host
    .filter((port) => port !== undefined && port !== 0)
    .map((port) => `hostPort is ${said(port)}, not left out`);
}

function text(value: Value): string {
  return typeof value === "string" ? value : said(value);
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
  framework: googleApi("Binary Authorization API", "v1", "Use breakglass", `Pod label ${BREAK_GLASS}`),
  remediation: [
    `Take the label ${BREAK_GLASS} out of the pod's template, and have its images attested.`,
    "In an emergency, set it by kubectl on the one pod, where the audit log shows who did it.",
  ],
  types: [POD_BEARERS, HELM_RELEASE],
  check(resource, report) {
    if (resource.type === HELM_RELEASE) {
      for (const key of [BREAK_GLASS, BREAK_GLASS_ANNOTATION].filter((one) => holds(resource.props, one)))
        report(`the values hold ${key}: take it out of them`);
    }
    for (const { metadata } of podsOf(resource)) {
      for (const [field, key] of [
        ["labels", BREAK_GLASS],
        ["annotations", BREAK_GLASS_ANNOTATION],
      ] as const) {
        const value = at(metadata, field, key);
        if (value === UNKNOWN)
          report(`the pod's ${field} are ${said(value)}: name them, for ${key} may be among them`);
        else if (value !== undefined) report(`the pod carries ${key}: take it out of its ${field}`);
      }
    }
  },
};

/** Whether a key stands anywhere in a value. */
function holds(value: Value, key: string): boolean {
  if (Array.isArray(value)) return (value as readonly Value[]).some((item) => holds(item, key));
  return isProperties(value) && entries(value).some(([name, below]) => name === key || holds(below, key));
}
