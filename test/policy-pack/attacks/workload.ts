import { Provider } from "@pulumi/kubernetes/provider.js";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type * as pulumi from "@pulumi/pulumi";

/** The image that an attack tries to run. */
export const REPOSITORY = "docker.io/attacker/miner";
export const DIGEST = `sha256:${"1".repeat(64)}`;

const cluster = new Provider("cluster", { kubeconfig: "{}" });

/** A workload with the attack's image, which violates no other guardrail. */
export function workload(after: readonly pulumi.Resource[] = []): void {
  const labels = { app: "miner" };
  const metadata = { namespace: "default", name: "miner" };
  const securityContext = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };
  const container = {
    name: "miner",
    image: `${REPOSITORY}@${DIGEST}`,
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
  };
  const closed = new NetworkPolicy(
    "closed",
    { metadata, spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } },
    { provider: cluster },
  );
  new Deployment(
    "miner",
    {
      metadata,
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { securityContext, containers: [container] } },
      },
    },
    { provider: cluster, dependsOn: [closed, ...after] },
  );
}
