import * as pulumi from "@pulumi/pulumi";
import { PRIVATE_RANGE } from "../gcp/private-google-access.ts";
import { UNPRIVILEGED_USER, restrictedContainer, restrictedPod } from "../kubernetes/pod-security.ts";

/** The adapter's command line, pod and network rules, as pure data. */

/** The port that IANA registered for HL7 over MLLP. */
export const MLLP_PORT = 2575;

/** The store that messages go to. */
export interface Hl7v2Target {
  project: pulumi.Input<string>;
  location: pulumi.Input<string>;
  dataset: pulumi.Input<string>;
  store: pulumi.Input<string>;
}

/** The receiver that messages of the store are sent to, and the subscription that announces them. */
export interface OutboundTarget {
  mllpAddress: pulumi.Input<string>;
  project: pulumi.Input<string>;
  subscription: pulumi.Input<string>;
}

/** The adapter's command line: the tutorial's flags in the tutorial's order, then those for sending on. */
export function adapterCommand(
  hl7v2: Hl7v2Target,
  outbound: OutboundTarget | undefined,
): pulumi.Input<string>[] {
  const inbound = [
    "/usr/mllp_adapter/mllp_adapter",
    pulumi.interpolate`--hl7_v2_project_id=${hl7v2.project}`,
    pulumi.interpolate`--hl7_v2_location_id=${hl7v2.location}`,
    pulumi.interpolate`--hl7_v2_dataset_id=${hl7v2.dataset}`,
    pulumi.interpolate`--hl7_v2_store_id=${hl7v2.store}`,
    "--api_addr_prefix=https://healthcare.googleapis.com:443/v1beta1",
    "--logtostderr",
    "--receiver_ip=0.0.0.0",
  ];
  if (outbound === undefined) return inbound;
  return [
    ...inbound,
    pulumi.interpolate`--pubsub_project_id=${outbound.project}`,
    pulumi.interpolate`--pubsub_subscription=${outbound.subscription}`,
    pulumi.interpolate`--mllp_addr=${outbound.mllpAddress}`,
  ];
}

/** What a pod of the adapter is made of. */
export interface PodArgs {
  image: pulumi.Input<string>;
  serviceAccount: pulumi.Input<string>;
  command: pulumi.Input<string>[];
  labels: Readonly<Record<string, string>>;
}

/** The adapter's pod, within Kubernetes' Pod Security Standard "restricted". */
export function podSpec({ image, serviceAccount, command, labels }: PodArgs) {
  return {
    ...restrictedPod(serviceAccount, UNPRIVILEGED_USER),
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "kubernetes.io/hostname",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { ...labels } },
      },
    ],
    containers: [
      {
        name: "mllp-adapter",
        imagePullPolicy: "Always",
        image,
        command,
        ports: [{ name: "port", containerPort: MLLP_PORT, protocol: "TCP" }],
        readinessProbe: { tcpSocket: { port: "port" }, periodSeconds: 10, failureThreshold: 3 },
        livenessProbe: { tcpSocket: { port: "port" }, periodSeconds: 20, failureThreshold: 3 },
        resources: {
          requests: { cpu: "100m", memory: "128Mi" },
          limits: { cpu: "500m", memory: "256Mi" },
        },
        securityContext: restrictedContainer(),
      },
    ],
  };
}

const DNS = {
  to: [
    {
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
      podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
    },
  ],
  ports: [
    { port: 53, protocol: "UDP" },
    { port: 53, protocol: "TCP" },
  ],
};

/** GKE's metadata server, which issues Workload Identity tokens; Dataplane V2 sees either address. */
const METADATA_SERVER = [
  { to: [{ ipBlock: { cidr: "169.254.169.254/32" } }], ports: [{ port: 80, protocol: "TCP" }] },
  { to: [{ ipBlock: { cidr: "169.254.169.252/32" } }], ports: [{ port: 988, protocol: "TCP" }] },
];

const GOOGLE_APIS = { to: [{ ipBlock: { cidr: PRIVATE_RANGE } }], ports: [{ port: 443, protocol: "TCP" }] };

/** A partner's MLLP receiver, `HOST:PORT`, and the ranges that its host is in. */
export interface Receiver {
  mllpAddress: string;
  receivers: readonly pulumi.Input<string>[];
}

/** Who may reach the adapter, and what it may reach: the senders; DNS, its tokens, Google's APIs, the receiver. */
export function networkRules(senders: readonly pulumi.Input<string>[], receiver: Receiver | undefined) {
  return {
    policyTypes: ["Ingress", "Egress"],
    ingress: [{ from: blocks(senders), ports: [{ port: MLLP_PORT, protocol: "TCP" }] }],
    egress: [DNS, ...METADATA_SERVER, GOOGLE_APIS, ...(receiver === undefined ? [] : [receiving(receiver)])],
  };
}

function receiving({ mllpAddress, receivers }: Receiver) {
  const port = Number(mllpAddress.slice(mllpAddress.lastIndexOf(":") + 1));
  return { to: blocks(receivers), ports: [{ port, protocol: "TCP" }] };
}

function blocks(ranges: readonly pulumi.Input<string>[]) {
  return ranges.map((cidr) => ({ ipBlock: { cidr } }));
}
