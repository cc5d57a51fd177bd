import * as pulumi from "@pulumi/pulumi";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { CiliumNetworkPolicy } from "@pulumi/kubernetes-cilium/cilium/v2/ciliumNetworkPolicy.js";
import { after } from "../after.ts";
import { RESTRICTED_NAMESPACE } from "../kubernetes/pod-security.ts";
import { dicomPolicies, type Pods, type PolicyUpstream } from "./dicom-policies.ts";

export interface DicomNetworkArgs {
  /** The namespace of gateway and OPA, to create. */
  namespace: string;
  /** Known once the cluster serves Cilium's policies, and denies what it denies by default. Defaults to at once. */
  policiesReady?: pulumi.Input<unknown>;
  /** Labels of the namespace, besides those of Pod Security. Defaults to none. */
  namespaceLabels?: Readonly<Record<string, string>> | undefined;
  /** Pods that may send requests to the gateway; at least one. */
  clients: readonly Pods[];
  /** Where the issuer publishes its keys, by HTTPS. */
  jwksUri: string;
  /** What the gateway reaches. */
  upstream: PolicyUpstream;
}

/**
 * The namespace of the DICOMweb gateway and the Cilium policies around it: only declared clients reach the gateway, only
 * the gateway reaches OPA and the upstream.
 *
 * Source: Cilium's policy language, "Layer 3 Policies" and "DNS based".
 *
 * @throws ResourceError where no client is declared, or one has no label: it would be every pod.
 */
export class DicomNetwork extends pulumi.ComponentResource {
  /** The namespace, once its policies are applied. */
  declare readonly namespace: pulumi.Output<string>;

  constructor(name: string, args: DicomNetworkArgs, opts: pulumi.ComponentResourceOptions) {
    const { clients, upstream, policiesReady, ...inputs } = args;
    super("attested-fhir:dicom:DicomNetwork", name, { ...inputs, clients, upstream }, opts);
    if (clients.length === 0)
      throw new pulumi.ResourceError("clients is empty: name who may use the gateway", this);
    const pods = [...clients, ...(upstream.kind === "service" ? [upstream] : [])];
    const all = pods.find(({ labels }) => Object.keys(labels).length === 0);
    if (all !== undefined)
      throw new pulumi.ResourceError(
        `labels is empty, which is every pod of ${all.namespace}: name at least one`,
        this,
      );
    const namespace = new Namespace(
      `${name}-namespace`,
      { metadata: { name: args.namespace, labels: { ...RESTRICTED_NAMESPACE, ...args.namespaceLabels } } },
      { parent: this },
    ).metadata.name;
    const issuerHost = new URL(args.jwksUri).hostname;
    const policies = dicomPolicies({ namespace: args.namespace, clients, issuerHost, upstream }).map(
      ({ name: policyName, namespace: where, spec }) => {
        const metadata = {
          namespace: where === args.namespace ? namespace : where,
          name: after(policyName, policiesReady === undefined ? [] : [policiesReady]),
        };
        return new CiliumNetworkPolicy(`${name}-${policyName}`, { metadata, spec }, { parent: this });
      },
    );
    this.namespace = after(
      namespace,
      policies.map(({ metadata }) => metadata.name),
    );
    this.registerOutputs({ namespace: this.namespace });
  }
}
