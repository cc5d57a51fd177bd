import * as pulumi from "@pulumi/pulumi";
import { Provider as KubernetesProvider } from "@pulumi/kubernetes/provider.js";
import { AdmissionPolicy } from "../../components/gcp/admission-policy.ts";
import { DeployerCluster } from "../../components/gcp/deployer-cluster.ts";
import { Hl7v2Store } from "../../components/gcp/hl7v2-store.ts";
import { locationRegion } from "../../components/gcp/location.ts";
import { WorkloadAccount } from "../../components/gcp/workload-account.ts";
import { MllpAdapter } from "../../components/hl7/mllp-adapter.ts";
import { OutboundSubscription } from "../../components/hl7/outbound-subscription.ts";
import type { LayerConfig } from "../config/layer-configs.ts";
import type { LayerContext } from "../layer-context.ts";
import { encryptionKey } from "./encryption-key.ts";
import { API } from "../projects.ts";
import { namespaceLabels, requiredLabels } from "./required-labels.ts";
import type { DeployerClusterConfig, Hl7v2StoreConfig, MllpAdapterConfig } from "../config/schema/runtime.ts";
import type { Signing } from "./signing.ts";

/** The outputs of the runtime layer. */
export interface Runtime {
  /** The internal address that senders connect to, on port 2575. */
  readonly adapterAddress: pulumi.Output<string>;
  /** How many pods of the adapter run and are ready. */
  readonly adapterReadyPods: pulumi.Output<number>;
  /** Kubeconfig of the cluster; it holds no token. */
  readonly kubeconfig: pulumi.Output<string>;
}

/** The Kubernetes service account that the adapter runs as, and the id of its Google service account. */
const ADAPTER = "mllp-adapter";

/**
 * The runtime layer: admission policy, cluster, HL7v2 store and MLLP adapter.
 *
 * @param signed the signing layer, where the same stack builds it
 */
export function runtime(context: LayerContext<LayerConfig<"runtime">>, signed: Signing | undefined): Runtime {
  const { config, identity, parent } = context;
  const { deployerCluster, hl7v2Store, mllpAdapter } = config;
  const cluster = clusterOf(context, deployerCluster, signed);
  const account = new WorkloadAccount(
    "mllp-adapter-account",
    {
      project: context.project("deployer").enabled,
      accountId: ADAPTER,
      projectRoles: { metrics: "roles/monitoring.metricWriter" },
      kubernetes: {
        workloadPool: cluster.workloadPool,
        namespace: mllpAdapter.namespace,
        serviceAccount: ADAPTER,
      },
    },
    { parent, provider: identity("deployer") },
  );
  const store = storeOf(context, hl7v2Store, mllpAdapter, account);
  const kubernetes = new KubernetesProvider(
    "deployer-kubernetes",
    { kubeconfig: cluster.kubeconfig, enableServerSideApply: true, deleteUnreachable: false },
    { parent },
  );
  requiredLabels(context, { name: "deployer", provider: kubernetes, gke: true }, signed);
  const adapter = new MllpAdapter(
    "mllp-adapter",
    {
      image: signed?.attestedImages.get(mllpAdapter.image) ?? mllpAdapter.image,
      namespace: mllpAdapter.namespace,
      namespaceLabels: namespaceLabels(config),
      replicas: mllpAdapter.replicas,
      senders: mllpAdapter.senders,
      serviceAccount: ADAPTER,
      googleServiceAccount: account.email,
      hl7v2: {
        project: context.project("hl7v2").enabled,
        location: hl7v2Store.location,
        dataset: store.dataset,
        store: store.store,
      },
      outbound: outboundOf(context, mllpAdapter, store, account),
    },
    { parent, provider: kubernetes },
  );
  return {
    adapterAddress: adapter.address,
    adapterReadyPods: adapter.readyPods,
    kubeconfig: cluster.kubeconfig,
  };
}

/** The cluster, created only once the admission policy is in force. */
function clusterOf(
  context: LayerContext,
  cluster: DeployerClusterConfig,
  signed: Signing | undefined,
): DeployerCluster {
  const { config, project, identity, parent } = context;
  const policy = new AdmissionPolicy(
    "admission-policy",
    {
      project: project("deployer").enabled,
      attestors: [...(signed ? [signed.attestor] : []), ...config.attestors.map(({ name }) => name)],
      allowList: config.admissionPolicy.allowList,
      globalPolicyEvaluation: config.admissionPolicy.globalPolicyEvaluation,
    },
    { parent, provider: identity("deployer") },
  );
  const key = encryptionKey(context, "deployer", locationRegion(cluster.location), () => [
    project("deployer").agent(API.kubernetesEngine),
    pulumi.interpolate`serviceAccount:service-${project("deployer").number}@compute-system.iam.gserviceaccount.com`,
  ]);
  const { name: clusterName, ...settings } = cluster;
  return new DeployerCluster(
    "deployer-cluster",
    {
      ...settings,
      clusterName,
      project: policy.enforced,
      kmsKeyName: key,
      serviceAccount: config.projects.deployer?.serviceAccount,
    },
    { parent, provider: identity("deployer") },
  );
}

function storeOf(
  context: LayerContext,
  store: Hl7v2StoreConfig,
  adapter: MllpAdapterConfig,
  account: WorkloadAccount,
): Hl7v2Store {
  const { project, identity, parent } = context;
  const { parserConfig, ...settings } = store;
  const notified = store.notifications.length > 0;
  const key = encryptionKey(context, "hl7v2", store.location, () => [
    project("hl7v2").agent(API.healthcare),
    ...(notified ? [project("hl7v2").agent(API.pubsub)] : []),
  ]);
  return new Hl7v2Store(
    "hl7v2-store",
    {
      ...settings,
      parserVersion: parserConfig.version,
      project: project("hl7v2").enabled,
      healthcareAgent: project("hl7v2").agent(API.healthcare),
      kmsKeyName: key,
      ingesters: { adapter: account.member },
      consumers: adapter.outbound ? { adapter: account.member } : {},
    },
    { parent, provider: identity("hl7v2") },
  );
}

function outboundOf(
  { project, identity, parent }: LayerContext,
  adapter: MllpAdapterConfig,
  store: Hl7v2Store,
  account: WorkloadAccount,
) {
  if (adapter.outbound === undefined) return undefined;
  const { topic, mllpAddress, receivers } = adapter.outbound;
  const subscription = new OutboundSubscription(
    "mllp-adapter-outbound",
    {
      project: project("hl7v2").enabled,
      topic: store.topics.get(topic) ?? topic,
      subscription: `${topic}-${ADAPTER}`,
      subscriber: account.member,
    },
    { parent, provider: identity("hl7v2") },
  );
  return { subscription, mllpAddress, receivers };
}
