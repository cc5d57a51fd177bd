import * as pulumi from "@pulumi/pulumi";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import { RESTRICTED_NAMESPACE } from "../kubernetes/pod-security.ts";
import type { OutboundSubscription } from "./outbound-subscription.ts";
import { adapterCommand, MLLP_PORT, networkRules, podSpec } from "./mllp-adapter-spec.ts";

export interface MllpAdapterArgs {
  /** The adapter's image, pinned by digest, once it is attested. */
  image: pulumi.Input<string>;
  /** Namespace to create and run in. */
  namespace: pulumi.Input<string>;
  /** Labels of the namespace, besides those of Pod Security Admission. Defaults to none. */
  namespaceLabels?: Readonly<Record<string, pulumi.Input<string>>> | undefined;
  /** How many adapters run; with more than one, a disruption budget keeps all but one. */
  replicas: number;
  /** IPv4 ranges that may reach port 2575, in CIDR notation; at least one. */
  senders: readonly pulumi.Input<string>[];
  /** Name of the Kubernetes service account to create. */
  serviceAccount: pulumi.Input<string>;
  /** The Google service account that it acts for, by email, once it may. */
  googleServiceAccount: pulumi.Input<string>;
  /** Where messages go, once the adapter may send them there. */
  hl7v2: {
    project: pulumi.Input<string>;
    location: pulumi.Input<string>;
    dataset: pulumi.Input<string>;
    store: pulumi.Input<string>;
  };
  /** Where messages of the store are sent on to; none when absent. */
  outbound?: OutboundArgs | undefined;
}

/** Messages of the store on their way out, to a partner's MLLP receiver. */
export interface OutboundArgs {
  /** The subscription that announces new messages. */
  subscription: OutboundSubscription;
  /** The partner's receiver, `HOST:PORT`. */
  mllpAddress: string;
  /** The ranges that the receiver is in, in CIDR notation. */
  receivers: readonly pulumi.Input<string>[];
}

const LABELS = { app: "mllp-adapter" };

/**
 * The MLLP adapter: takes HL7v2 messages on port 2575 and hands them to the store. MLLP has no
 * authentication of its own, so it listens on an internal address only, and load balancer and network policy
 * both allow the named senders only.
 *
 * Source: the tutorial's deployment.yaml, name for name; the MLLP adapter's own command line; Kubernetes'
 * Pod Security Standard "restricted".
 *
 * @throws ResourceError when no sender is named.
 */
export class MllpAdapter extends pulumi.ComponentResource {
  /** The internal address that senders connect to, on port 2575. */
  declare readonly address: pulumi.Output<string>;
  /** How many pods run and are ready. */
  declare readonly readyPods: pulumi.Output<number>;

  constructor(name: string, args: MllpAdapterArgs, opts: pulumi.ComponentResourceOptions) {
    const { outbound, ...inputs } = args;
    super("attested-fhir:hl7:MllpAdapter", name, { ...inputs, mllpAddress: outbound?.mllpAddress }, opts);
    if (args.senders.length === 0)
      throw new pulumi.ResourceError("senders is empty: name the ranges that may reach MLLP", this);
    const namespace = this.namespace(name, args);
    const account = this.account(name, args, namespace);
    const policy = this.networkPolicy(name, args, namespace);
    const deployment = this.deployment(name, args, account, policy);
    if (args.replicas > 1) this.disruptionBudget(name, namespace);
    const service = this.service(name, args, namespace);

    this.address = service.status.apply((status) => status.loadBalancer.ingress[0]?.ip ?? "");
    this.readyPods = deployment.status.readyReplicas;
    this.registerOutputs({ address: this.address, readyPods: this.readyPods });
  }

  private namespace(name: string, { namespace, namespaceLabels }: MllpAdapterArgs): pulumi.Output<string> {
    const metadata = { name: namespace, labels: { ...RESTRICTED_NAMESPACE, ...namespaceLabels } };
    return new Namespace(`${name}-namespace`, { metadata }, { parent: this }).metadata.name;
  }

  private account(name: string, args: MllpAdapterArgs, namespace: pulumi.Output<string>): ServiceAccount {
    const annotations = { "iam.gke.io/gcp-service-account": args.googleServiceAccount };
    return new ServiceAccount(
      `${name}-account`,
      {
        metadata: { namespace, name: args.serviceAccount, annotations },
        automountServiceAccountToken: false,
      },
      { parent: this },
    );
  }

  private networkPolicy(
    name: string,
    args: MllpAdapterArgs,
    namespace: pulumi.Output<string>,
  ): NetworkPolicy {
    return new NetworkPolicy(
      `${name}-policy`,
      {
        metadata: { namespace, name: "mllp-adapter" },
        spec: {
          podSelector: { matchLabels: LABELS },
          ...networkRules(args.senders, args.outbound),
        },
      },
      { parent: this },
    );
  }

  private deployment(
    name: string,
    args: MllpAdapterArgs,
    account: ServiceAccount,
    policy: NetworkPolicy,
  ): Deployment {
    const outbound = args.outbound && {
      mllpAddress: args.outbound.mllpAddress,
      project: args.outbound.subscription.project,
      subscription: args.outbound.subscription.subscription,
    };
    return new Deployment(
      `${name}-deployment`,
      {
        // Through the policy's own output: no pod listens before the policy is applied.
        metadata: { namespace: policy.metadata.namespace, name: "mllp-adapter-deployment" },
        spec: {
          replicas: args.replicas,
          selector: { matchLabels: LABELS },
          template: {
            metadata: { labels: LABELS },
            spec: podSpec({
              image: args.image,
              serviceAccount: account.metadata.name,
              command: adapterCommand(args.hl7v2, outbound),
              labels: LABELS,
            }),
          },
        },
      },
      { parent: this },
    );
  }

  private disruptionBudget(name: string, namespace: pulumi.Output<string>): PodDisruptionBudget {
    return new PodDisruptionBudget(
      `${name}-budget`,
      {
        metadata: { namespace, name: "mllp-adapter" },
        spec: { maxUnavailable: 1, selector: { matchLabels: LABELS } },
      },
      { parent: this },
    );
  }

  private service(name: string, { senders }: MllpAdapterArgs, namespace: pulumi.Output<string>): Service {
    return new Service(
      `${name}-service`,
      {
        metadata: {
          namespace,
          name: "mllp-adapter-service",
          annotations: { "networking.gke.io/load-balancer-type": "Internal" },
        },
        spec: {
          type: "LoadBalancer",
          loadBalancerSourceRanges: [...senders],
          // Keeps the sender's address, which the network policy decides by.
          externalTrafficPolicy: "Local",
          selector: LABELS,
          ports: [{ name: "mllp", port: MLLP_PORT, targetPort: "port", protocol: "TCP" }],
        },
      },
      { parent: this },
    );
  }
}
