import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { adapterCommand, networkRules, podSpec } from "../../../components/hl7/mllp-adapter-spec.ts";
import { declared, known } from "../mocks.ts";

const HL7V2 = {
  project: "hl7v2-proj-id",
  location: "us-central1",
  dataset: "dataset-id",
  store: "hl7v2-store-id",
};

/** The tutorial's own command line, flag for flag. */
const TUTORIAL = [
  "/usr/mllp_adapter/mllp_adapter",
  "--hl7_v2_project_id=hl7v2-proj-id",
  "--hl7_v2_location_id=us-central1",
  "--hl7_v2_dataset_id=dataset-id",
  "--hl7_v2_store_id=hl7v2-store-id",
  "--api_addr_prefix=https://healthcare.googleapis.com:443/v1beta1",
  "--logtostderr",
  "--receiver_ip=0.0.0.0",
];

const LABELS = { app: "mllp-adapter" };

function commandLine(command: pulumi.Input<string>[]): Promise<string[]> {
  return known(pulumi.all(command));
}

describe("the adapter's command line", () => {
  before(() => declared(() => undefined));

  it("is the tutorial's", async () => {
    assert.deepEqual(await commandLine(adapterCommand(HL7V2, undefined)), TUTORIAL);
  });

  it("adds subscription and receiver where messages are sent on", async () => {
    const outbound = {
      project: "hl7v2-proj-id",
      subscription: "messages",
      mllpAddress: "hospital.example:2575",
    };
    assert.deepEqual(await commandLine(adapterCommand(HL7V2, outbound)), [
      ...TUTORIAL,
      "--pubsub_project_id=hl7v2-proj-id",
      "--pubsub_subscription=messages",
      "--mllp_addr=hospital.example:2575",
    ]);
  });
});

describe("the adapter's pod", () => {
  const pod = podSpec({
    image: "image",
    serviceAccount: "mllp-adapter",
    command: TUTORIAL,
    labels: LABELS,
  });
  const [container] = pod.containers;

  it("runs one container, by the tutorial's name, pull policy and port", () => {
    assert.equal(pod.containers.length, 1);
    assert.ok(container);
    const { name, imagePullPolicy, image, command, ports } = container;
    assert.deepEqual(
      { name, imagePullPolicy, image, command, ports },
      {
        name: "mllp-adapter",
        imagePullPolicy: "Always",
        image: "image",
        command: TUTORIAL,
        ports: [{ name: "port", containerPort: 2575, protocol: "TCP" }],
      },
    );
  });

  it("keeps within Kubernetes' Pod Security Standard restricted", () => {
    const { hostNetwork, hostPID, hostIPC, securityContext } = pod;
    assert.deepEqual([hostNetwork, hostPID, hostIPC], [false, false, false]);
    assert.deepEqual(securityContext, {
      runAsNonRoot: true,
      runAsUser: 65_532,
      runAsGroup: 65_532,
      seccompProfile: { type: "RuntimeDefault" },
    });
    assert.deepEqual(container?.securityContext, {
      privileged: false,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
  });

  it("acts as its own account without a token of Kubernetes", () => {
    assert.deepEqual(
      [pod.serviceAccountName, pod.automountServiceAccountToken, pod.enableServiceLinks],
      ["mllp-adapter", false, false],
    );
  });

  it("has probes on its port and resource limits, and is spread over nodes", () => {
    assert.deepEqual(container?.readinessProbe.tcpSocket, { port: "port" });
    assert.deepEqual(container.livenessProbe.tcpSocket, { port: "port" });
    assert.deepEqual(container.resources, {
      requests: { cpu: "100m", memory: "128Mi" },
      limits: { cpu: "500m", memory: "256Mi" },
    });
    assert.deepEqual(pod.topologySpreadConstraints, [
      {
        maxSkew: 1,
        topologyKey: "kubernetes.io/hostname",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: LABELS },
      },
    ]);
  });
});

describe("the adapter's network rules", () => {
  const EGRESS = [
    {
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
    },
    { to: [{ ipBlock: { cidr: "169.254.169.254/32" } }], ports: [{ port: 80, protocol: "TCP" }] },
    { to: [{ ipBlock: { cidr: "169.254.169.252/32" } }], ports: [{ port: 988, protocol: "TCP" }] },
    { to: [{ ipBlock: { cidr: "199.36.153.8/30" } }], ports: [{ port: 443, protocol: "TCP" }] },
  ];

  it("allow ingress from the senders on port 2575, and egress to DNS, the metadata server and Google's APIs", () => {
    assert.deepEqual(networkRules(["10.128.0.0/20", "10.129.0.0/20"], undefined), {
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        {
          from: [{ ipBlock: { cidr: "10.128.0.0/20" } }, { ipBlock: { cidr: "10.129.0.0/20" } }],
          ports: [{ port: 2575, protocol: "TCP" }],
        },
      ],
      egress: EGRESS,
    });
  });

  it("allow egress to the receiver, on its port, where messages are sent on", () => {
    const receiver = { mllpAddress: "hospital.example:6661", receivers: ["10.9.0.0/24"] };
    assert.deepEqual(networkRules(["10.128.0.0/20"], receiver).egress, [
      ...EGRESS,
      { to: [{ ipBlock: { cidr: "10.9.0.0/24" } }], ports: [{ port: 6661, protocol: "TCP" }] },
    ]);
  });
});
