import * as pulumi from "@pulumi/pulumi";
import { CiliumNetworkPolicy } from "@pulumi/kubernetes-cilium/cilium/v2/ciliumNetworkPolicy.js";
import { podLabels } from "./selectors.ts";

export interface FlowVisibilityArgs {
  /** The namespace that the server runs in. */
  namespace: pulumi.Input<string>;
  /** The server whose requests Hubble shows: the port and the labels of its pods. */
  server: { readonly port: number; readonly labels: Readonly<Record<string, string>> };
  /** Name of the policy. Defaults to `flow-visibility`. */
  policyName?: pulumi.Input<string> | undefined;
  /** Whether the stack denies everything by default. */
  denyAll: boolean;
}

/**
 * Sends the requests to a FHIR server through Cilium's proxy, so that Hubble shows method, path and status, and
 * denies none: for troubleshooting, before traffic is denied.
 *
 * Policies are additive, so what this one allows, no other can deny. It is meant to be temporary, and is never combined
 * with deny-all.
 *
 * Source: the Star Wars story's diagnosis step; Cilium's documentation on layer 7 visibility.
 *
 * @throws ResourceError where deny-all is on, which it would defeat.
 */
export class FlowVisibility extends pulumi.ComponentResource {
  /** Name of the policy, once it is applied. */
  declare readonly policyName: pulumi.Output<string>;

  constructor(name: string, args: FlowVisibilityArgs, opts: pulumi.ComponentResourceOptions) {
    super("attested-fhir:cilium:FlowVisibility", name, args, opts);
    const { namespace, server, policyName = "flow-visibility", denyAll } = args;
    if (denyAll) {
      throw new pulumi.ResourceError(
        "denyAll is true: flow visibility allows all ingress to the FHIR server, which would defeat it. Set only one of them",
        this,
      );
    }
    const policy = new CiliumNetworkPolicy(
      `${name}-policy`,
      {
        metadata: { namespace, name: policyName },
        spec: {
          description: "Shows the requests to the FHIR server, and refuses none",
          // Keeps the ports open that the rule does not name.
          enableDefaultDeny: { ingress: false },
          endpointSelector: { matchLabels: podLabels(server.labels) },
          ingress: [
            {
              fromEntities: ["all"],
              toPorts: [{ ports: [{ port: String(server.port), protocol: "TCP" }], rules: { http: [{}] } }],
            },
          ],
        },
      },
      { parent: this },
    );
    this.policyName = policy.metadata.name;
    this.registerOutputs({ policyName: this.policyName });
  }
}
