import type * as pulumi from "@pulumi/pulumi";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { type HttpsServerArgs, httpsServerPod } from "./https-server.ts";

/** What the Deployment is made from, besides its pod. */
export interface HttpsDeploymentArgs extends Omit<HttpsServerArgs, "serviceAccount"> {
  readonly namespace: pulumi.Input<string>;
  readonly replicas: number;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Declares the Deployment of an HTTPS server and its service account, which has no token, as children of a component.
 *
 * @param parentName name of the component, after which the children are named
 */
export function declareHttpsDeployment(
  parentName: string,
  { namespace, replicas, labels, ...pod }: HttpsDeploymentArgs,
  parent: pulumi.Resource,
): void {
  const account = new ServiceAccount(
    `${parentName}-account`,
    { metadata: { namespace, name: pod.name }, automountServiceAccountToken: false },
    { parent },
  ).metadata.name;
  new Deployment(
    `${parentName}-deployment`,
    {
      metadata: { namespace, name: pod.name },
      spec: {
        replicas,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: httpsServerPod({ ...pod, serviceAccount: account }) },
      },
    },
    { parent },
  );
}
