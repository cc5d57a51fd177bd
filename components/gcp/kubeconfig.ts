/** What a kubeconfig for a GKE cluster needs. */
export interface KubeconfigArgs {
  /** Name of the cluster; context and user are named after it. */
  readonly cluster: string;
  /** Host of the control plane's DNS endpoint. */
  readonly host: string;
  /** The service account to act for; the caller itself when absent. */
  readonly serviceAccount?: string | undefined;
}

/**
 * A kubeconfig, as JSON, that gets credentials from gke-gcloud-auth-plugin at each use and so contains none. The
 * DNS endpoint has a certificate of a public authority, so the kubeconfig needs no certificate either.
 */
export function kubeconfig({ cluster, host, serviceAccount }: KubeconfigArgs): string {
  const args = serviceAccount === undefined ? [] : [`--impersonate_service_account=${serviceAccount}`];
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1beta1",
    command: "gke-gcloud-auth-plugin",
    args,
    interactiveMode: "Never",
    provideClusterInfo: true,
    installHint: "Install gke-gcloud-auth-plugin: gcloud components install gke-gcloud-auth-plugin",
  };
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: cluster, cluster: { server: `https://${host}` } }],
    users: [{ name: cluster, user: { exec } }],
    contexts: [{ name: cluster, context: { cluster, user: cluster } }],
    "current-context": cluster,
  });
}
