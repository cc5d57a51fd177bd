/** Objects of the harness's own tests, as small as the API server takes them. */

export const DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
export const JOBS = "/apis/batch/v1/namespaces/default/jobs";
export const PODS = "/api/v1/namespaces/default/pods";
export const SERVICES = "/api/v1/namespaces/default/services";

/** @param spec overrides of the pod's */
export function deployment(name: string, replicas: number, spec: object = {}): object {
  const labels = { app: name };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { ...podSpec, ...spec } },
    },
  };
}

export function job(name: string): object {
  const template = { spec: { ...podSpec, restartPolicy: "Never" } };
  return { apiVersion: "batch/v1", kind: "Job", metadata: { name }, spec: { template } };
}

/** @param container overrides of the pod's only container */
export function pod(name: string, container: object = {}): object {
  const spec = { containers: [{ ...podSpec.containers[0], ...container }] };
  return { apiVersion: "v1", kind: "Pod", metadata: { name }, spec };
}

export function service(name: string): object {
  const spec = { selector: { app: name }, ports: [{ port: 80 }] };
  return { apiVersion: "v1", kind: "Service", metadata: { name }, spec };
}

const podSpec = { containers: [{ name: "main", image: "registry.example.org/main:1" }] };
