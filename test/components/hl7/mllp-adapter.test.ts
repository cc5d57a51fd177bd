import assert from "node:assert/strict";
import { Provider as KubernetesProvider } from "@pulumi/kubernetes/provider.js";
import { podSpec, networkRules } from "../../../components/hl7/mllp-adapter-spec.ts";
import { MllpAdapter, type MllpAdapterArgs } from "../../../components/hl7/mllp-adapter.ts";
import { OutboundSubscription } from "../../../components/hl7/outbound-subscription.ts";
import { declared, known, type Options, waitingFor } from "../mocks.ts";

const IMAGE =
  "gcr.io/cloud-healthcare-containers/mllp-adapter@sha256:231b073df13db0c65e57b0e1d526ab6816a73c37262e25c18bcca99bf4b4b185";
const EMAIL = "mllp-adapter@deployer-project.iam.gserviceaccount.com";
const SENDERS = ["10.128.0.0/20"];
const LABELS = { app: "mllp-adapter" };

const adapter =
  (args: Partial<MllpAdapterArgs> = {}) =>
  ({ transformations }: Options) =>
    new MllpAdapter(
      "mllp",
      {
        image: IMAGE,
        namespace: "hl7",
        replicas: 1,
        senders: SENDERS,
        serviceAccount: "adapter",
        googleServiceAccount: EMAIL,
        hl7v2: {
          project: "hl7v2-project",
          location: "us-central1",
          dataset: "hospital",
          store: "adt",
        },
        ...args,
      },
      { transformations, provider: new KubernetesProvider("deployer", { kubeconfig: "{}" }) },
    );

const COMMAND = [
  "/usr/mllp_adapter/mllp_adapter",
  "--hl7_v2_project_id=hl7v2-project",
  "--hl7_v2_location_id=us-central1",
  "--hl7_v2_dataset_id=hospital",
  "--hl7_v2_store_id=adt",
  "--api_addr_prefix=https://healthcare.googleapis.com:443/v1beta1",
  "--logtostderr",
  "--receiver_ip=0.0.0.0",
];

function outboundTo(opts: Options) {
  const subscription = new OutboundSubscription(
    "outbound",
    { project: "hl7v2-project", topic: "topic", subscription: "messages", subscriber: EMAIL },
    opts,
  );
  return { subscription, mllpAddress: "hospital.example:2575", receivers: ["10.9.0.0/24"] };
}

/** The declared objects by name, without kind and apiVersion, which the types' names contain. */
async function declaredBy(args?: Partial<MllpAdapterArgs>) {
  const { inputs } = await declared(adapter(args));
  return Object.fromEntries(
    Object.entries(inputs).map(([key, { apiVersion, kind, ...rest }]) => {
      assert.equal(
        `kubernetes:${String(apiVersion).replace(/^v1$/, "core/v1")}:${String(kind)}`,
        key.split(" ")[0],
      );
      return [key, rest];
    }),
  );
}

const ALONE = {
  "kubernetes:core/v1:Namespace mllp-namespace": {
    metadata: {
      name: "hl7",
      labels: {
        product: "attested-fhir",
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/enforce-version": "latest",
      },
    },
  },
  "kubernetes:core/v1:ServiceAccount mllp-account": {
    metadata: {
      namespace: "hl7",
      name: "adapter",
      annotations: { "iam.gke.io/gcp-service-account": EMAIL },
    },
    automountServiceAccountToken: false,
  },
  "kubernetes:networking.k8s.io/v1:NetworkPolicy mllp-policy": {
    metadata: { namespace: "hl7", name: "mllp-adapter" },
    spec: { podSelector: { matchLabels: LABELS }, ...networkRules(SENDERS, undefined) },
  },
  "kubernetes:apps/v1:Deployment mllp-deployment": {
    metadata: { namespace: "hl7", name: "mllp-adapter-deployment" },
    spec: {
      replicas: 1,
      selector: { matchLabels: LABELS },
      template: {
        metadata: { labels: LABELS },
        spec: podSpec({ image: IMAGE, serviceAccount: "adapter", command: COMMAND, labels: LABELS }),
      },
    },
  },
  "kubernetes:core/v1:Service mllp-service": {
    metadata: {
      namespace: "hl7",
      name: "mllp-adapter-service",
      annotations: { "networking.gke.io/load-balancer-type": "Internal" },
    },
    spec: {
      type: "LoadBalancer",
      loadBalancerSourceRanges: SENDERS,
      externalTrafficPolicy: "Local",
      selector: LABELS,
      ports: [{ name: "mllp", port: 2575, targetPort: "port", protocol: "TCP" }],
    },
  },
};

describe("MllpAdapter", () => {
  it("declares the tutorial's deployment in a namespace of its own, behind an internal load balancer", async () => {
    assert.deepEqual(await declaredBy(), ALONE);
  });

  it("keeps all but one of several adapters through disruptions", async () => {
    const several = await declaredBy({ replicas: 3 });
    assert.deepEqual(
      Object.keys(several).sort(),
      [...Object.keys(ALONE), "kubernetes:policy/v1:PodDisruptionBudget mllp-budget"].sort(),
    );
    assert.deepEqual(several["kubernetes:policy/v1:PodDisruptionBudget mllp-budget"], {
      metadata: { namespace: "hl7", name: "mllp-adapter" },
      spec: { maxUnavailable: 1, selector: { matchLabels: LABELS } },
    });
  });

  it("sends messages on to the receivers where the stack asks for it", async () => {
    const { resource, inputs } = await declared((opts) => adapter({ outbound: outboundTo(opts) })(opts));
    const { spec } = inputs["kubernetes:apps/v1:Deployment mllp-deployment"] as {
      spec: { template: { spec: { containers: [{ command: string[] }] } } };
    };
    assert.deepEqual(spec.template.spec.containers[0].command, [
      ...COMMAND,
      "--pubsub_project_id=hl7v2-project",
      "--pubsub_subscription=messages",
      "--mllp_addr=hospital.example:2575",
    ]);
    assert.deepEqual(resource("mllp-policy").inputs.spec, {
      podSelector: { matchLabels: LABELS },
      ...networkRules(SENDERS, { mllpAddress: "hospital.example:2575", receivers: ["10.9.0.0/24"] }),
    });
  });

  it("acts through the cluster's own provider", async () => {
    const { all } = await declared(adapter());
    const providers = all
      .filter(({ type }) => type.startsWith("kubernetes:"))
      .map(({ provider }) => provider);
    assert.deepEqual(
      providers,
      Object.keys(ALONE).map(() => "deployer"),
    );
  });

  it("hands on its internal address and how many pods are ready", async () => {
    const { result } = await declared(adapter());
    assert.equal(await known(result.address), "10.10.0.9");
    assert.equal(await known(result.readyPods), 1);
  });

  it("shows guardrails its senders and its receiver", async () => {
    const { resource } = await declared((opts) => adapter({ outbound: outboundTo(opts) })(opts));
    const { senders, image, mllpAddress, outbound } = resource("mllp").inputs;
    assert.deepEqual(
      [senders, image, mllpAddress, outbound],
      [SENDERS, IMAGE, "hospital.example:2575", undefined],
    );
  });

  it("rejects an empty list of senders", async () => {
    await assert.rejects(declared(adapter({ senders: [] })), {
      message: "senders is empty: name the ranges that may reach MLLP",
    });
  });

  it("runs no pod before its network policy, its account and its namespace exist", async () => {
    const several = adapter({ replicas: 2 });
    assert.deepEqual(await waitingFor("kubernetes:networking.k8s.io/v1:NetworkPolicy", several), [
      "mllp-deployment",
    ]);
    assert.deepEqual(await waitingFor("kubernetes:core/v1:ServiceAccount", several), ["mllp-deployment"]);
    assert.deepEqual(await waitingFor("kubernetes:core/v1:Namespace", several), [
      "mllp-account",
      "mllp-budget",
      "mllp-deployment",
      "mllp-policy",
      "mllp-service",
    ]);
  });
});
