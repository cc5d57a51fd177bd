import { DNS_EGRESS, inNamespace, podLabels } from "../cilium/selectors.ts";
import { PRIVATE_RANGE } from "../gcp/private-google-access.ts";
import { GATEWAY_LABELS } from "./dicom-gateway.ts";
import { GATEWAY_PORT } from "./envoy-config.ts";
import { OPA_GRPC_PORT, OPA_LABELS } from "./opa-server-spec.ts";

/** The Cilium policies around the DICOMweb gateway, as pure data: names, namespaces and specs. */

/** Pods of a namespace. */
export interface Pods {
  readonly namespace: string;
  /** Labels that each of them has; at least one. */
  readonly labels: Readonly<Record<string, string>>;
}

/** The upstream as policies see it. */
export type PolicyUpstream =
  ({ readonly kind: "service"; readonly port: number } & Pods) | { readonly kind: "google" };

export interface DicomPoliciesArgs {
  /** The namespace of gateway and OPA. */
  readonly namespace: string;
  /** Pods that may send requests to the gateway. */
  readonly clients: readonly Pods[];
  /** Host of the issuer's keys. */
  readonly issuerHost: string;
  readonly upstream: PolicyUpstream;
}

/** One policy. */
export interface DicomPolicy {
  readonly name: string;
  readonly namespace: string;
  readonly spec: object;
}

/** Every policy, those of the gateway's namespace first. */
export function dicomPolicies(args: DicomPoliciesArgs): DicomPolicy[] {
  const { namespace, upstream } = args;
  return [
    { name: "dicom-gateway", namespace, spec: gatewaySpec(args) },
    { name: "dicom-opa", namespace, spec: opaSpec(args) },
    ...(upstream.kind === "service" ? [upstreamPolicy(namespace, upstream)] : []),
    ...args.clients.map((client, index) => clientPolicy(namespace, client, index)),
  ];
}

function gatewaySpec({ namespace, clients, issuerHost, upstream }: DicomPoliciesArgs) {
  return {
    description: "Who may send requests to the DICOMweb gateway, and what it reaches",
    enableDefaultDeny: { ingress: true, egress: true },
    endpointSelector: { matchLabels: podLabels(GATEWAY_LABELS) },
    ingress: [{ fromEndpoints: clients.map(selectorOf), toPorts: [tcp(GATEWAY_PORT)] }],
    egress: [
      DNS_EGRESS,
      { toEndpoints: [selectorOf({ namespace, labels: OPA_LABELS })], toPorts: [tcp(OPA_GRPC_PORT)] },
      issuer(issuerHost),
      ...upstreamEgress(upstream),
    ],
  };
}

function opaSpec({ namespace, issuerHost }: DicomPoliciesArgs) {
  return {
    description: "Only the DICOMweb gateway asks OPA, which reaches nothing but the issuer's keys",
    enableDefaultDeny: { ingress: true, egress: true },
    endpointSelector: { matchLabels: podLabels(OPA_LABELS) },
    ingress: [
      { fromEndpoints: [selectorOf({ namespace, labels: GATEWAY_LABELS })], toPorts: [tcp(OPA_GRPC_PORT)] },
    ],
    egress: [DNS_EGRESS, issuer(issuerHost)],
  };
}

/** Policies add up: what another policy lets into the upstream, this one cannot deny; a guardrail finds it. */
function upstreamPolicy(
  gatewayNamespace: string,
  { namespace, labels, port }: PolicyUpstream & { kind: "service" },
): DicomPolicy {
  return {
    name: "dicom-upstream",
    namespace,
    spec: {
      description: "Only the DICOMweb gateway reaches the DICOM store",
      enableDefaultDeny: { ingress: true },
      endpointSelector: { matchLabels: podLabels(labels) },
      ingress: [
        {
          fromEndpoints: [selectorOf({ namespace: gatewayNamespace, labels: GATEWAY_LABELS })],
          toPorts: [tcp(port)],
        },
      ],
    },
  };
}

function clientPolicy(gatewayNamespace: string, { namespace, labels }: Pods, index: number): DicomPolicy {
  return {
    name: `dicom-client-${index}`,
    namespace,
    spec: {
      description: "The client reaches the DICOMweb gateway",
      enableDefaultDeny: { egress: true },
      endpointSelector: { matchLabels: podLabels(labels) },
      egress: [
        DNS_EGRESS,
        {
          toEndpoints: [selectorOf({ namespace: gatewayNamespace, labels: GATEWAY_LABELS })],
          toPorts: [tcp(GATEWAY_PORT)],
        },
      ],
    },
  };
}

function issuer(host: string) {
  return { toFQDNs: [{ matchName: host }], toPorts: [tcp(443)] };
}

/** Google's API by its private addresses, and the metadata server, which issues the gateway's tokens. */
function upstreamEgress(upstream: PolicyUpstream) {
  if (upstream.kind === "service")
    return [{ toEndpoints: [selectorOf(upstream)], toPorts: [tcp(upstream.port)] }];
  return [
    { toCIDR: [PRIVATE_RANGE], toPorts: [tcp(443)] },
    { toCIDR: ["169.254.169.254/32"], toPorts: [tcp(80)] },
    // Cilium sees the address after the node's own translation.
    { toCIDR: ["169.254.169.252/32"], toPorts: [tcp(988)] },
  ];
}

function selectorOf({ namespace, labels }: Pods) {
  return { matchLabels: inNamespace(namespace, podLabels(labels)) };
}

function tcp(port: number) {
  return { ports: [{ port: String(port), protocol: "TCP" }] };
}
