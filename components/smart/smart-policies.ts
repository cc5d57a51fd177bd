import * as pulumi from "@pulumi/pulumi";
import { CiliumNetworkPolicy } from "@pulumi/kubernetes-cilium/cilium/v2/ciliumNetworkPolicy.js";
import { DNS_EGRESS, inNamespace, podLabels } from "../cilium/selectors.ts";
import { UI_LABELS, UI_NAME } from "./smart-ui.ts";
import { UI_PORT } from "./smart-ui-config.ts";
import { GATEWAY_LABELS, GATEWAY_NAME } from "./web-gateway-labels.ts";
import { GATEWAY_PORT } from "./web-gateway-config.ts";

export interface SmartPoliciesArgs {
  /** The namespace of the FHIR server, once the cluster serves Cilium's policies. */
  namespace: pulumi.Input<string>;
  /** Labels of the FHIR server's pods. */
  serverLabels: Readonly<Record<string, string>>;
  /** IPv4 ranges of the users' browsers, in CIDR notation. */
  users: readonly string[];
  /** The issuer's URL, which the FHIR server asks for its keys. */
  issuer: string;
}

/**
 * The policies of each hop: browsers to the app's server, it to the web gateway, and the FHIR server to the issuer. What the
 * gateway may ask the FHIR server for, grants of the organisation `smart` say, as for every client.
 *
 * Source: Cilium documentation, "Layer 3 Policies" (CIDR, DNS based).
 */
export class SmartPolicies extends pulumi.ComponentResource {
  /** Names of the policies, once they are applied. */
  declare readonly policyNames: pulumi.Output<string[]>;

  constructor(name: string, args: SmartPoliciesArgs, opts: pulumi.ComponentResourceOptions) {
    super("attested-fhir:smart:SmartPolicies", name, args, opts);
    const policies = smartPolicies(args).map(
      ({ name: policyName, spec }) =>
        new CiliumNetworkPolicy(
          `${name}-${policyName}`,
          { metadata: { namespace: args.namespace, name: policyName }, spec },
          { parent: this },
        ),
    );
    this.policyNames = pulumi.all(policies.map(({ metadata }) => metadata.name));
    this.registerOutputs({ policyNames: this.policyNames });
  }
}

function smartPolicies({ namespace, serverLabels, users, issuer }: SmartPoliciesArgs) {
  const { hostname, port } = new URL(issuer);
  return [
    {
      name: UI_NAME,
      spec: {
        description: "Lets browsers of the users' ranges reach the app, and the app's server the web gateway",
        enableDefaultDeny: { ingress: true, egress: true },
        endpointSelector: { matchLabels: podLabels(UI_LABELS) },
        ingress: [{ fromCIDR: [...users], toPorts: [tcp(UI_PORT)] }],
        egress: [
          DNS_EGRESS,
          {
            toEndpoints: [{ matchLabels: inNamespace(namespace, podLabels(GATEWAY_LABELS)) }],
            toPorts: [tcp(GATEWAY_PORT)],
          },
        ],
      },
    },
    {
      name: GATEWAY_NAME,
      spec: {
        description: "Lets the app's server reach the web gateway",
        enableDefaultDeny: { ingress: true, egress: true },
        endpointSelector: { matchLabels: podLabels(GATEWAY_LABELS) },
        ingress: [
          {
            fromEndpoints: [{ matchLabels: inNamespace(namespace, podLabels(UI_LABELS)) }],
            toPorts: [tcp(GATEWAY_PORT)],
          },
        ],
        egress: [DNS_EGRESS],
      },
    },
    {
      name: "smart-issuer",
      spec: {
        description: "Lets the FHIR server ask the issuer for its keys",
        enableDefaultDeny: { egress: true },
        endpointSelector: { matchLabels: podLabels(serverLabels) },
        egress: [
          DNS_EGRESS,
          { toFQDNs: [{ matchName: hostname }], toPorts: [tcp(port === "" ? 443 : Number(port))] },
        ],
      },
    },
  ];
}

function tcp(port: number) {
  return { ports: [{ port: String(port), protocol: "TCP" }] };
}
