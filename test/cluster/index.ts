import { thrownMessage } from "../../preview/user-error.ts";
import { Client } from "./client.ts";
import { Cluster } from "./cluster.ts";
import { makeFiles, writeKubeconfig } from "./files.ts";
import { makeNodes } from "./nodes.ts";
import { freePort } from "./port.ts";
import { Supervision } from "./supervision.ts";

export type { Cluster } from "./cluster.ts";
export { ApiError, Client } from "./client.ts";
export { installCrds } from "./crds.ts";
export { everything } from "./everything.ts";
export { holds, type KubernetesObject } from "./objects.ts";
export { freePort } from "./port.ts";
export { clusterProgramsOrSkip } from "./programs.ts";
export { Supervision } from "./supervision.ts";

export interface ClusterOptions {
  /** The directory that holds the five programs; `clusterProgramsOrSkip` finds one. */
  readonly binDir: string;
  /** How many nodes; 1 by default. They are called node-1, node-2, … */
  readonly nodes?: number;
  /** Chooses the API server's port; `freePort` by default. Called again where another process has taken the port meanwhile. */
  readonly port?: () => Promise<number>;
}

const PORT_ATTEMPTS = 3;

/**
 * Starts a Kubernetes control plane on 127.0.0.1: etcd, the API server with RBAC, the controller manager and the
 * scheduler, all real; kwok plays the nodes and their pods. Pods become ready, and pods of Jobs succeed, as soon as
 * they are scheduled; their containers do not run.
 *
 * Resolves when the nodes are ready and pods can be made in the namespace `default`. All of it goes when the cluster
 * is stopped, and when this process ends, however it does.
 *
 * @throws Error with the last lines of a component's log when that ends early
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(options);
    } catch (error) {
      const taken = thrownMessage(error).includes("address already in use");
      if (!taken || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

async function startOnce({
  binDir,
  nodes = 1,
  port: choosePort = freePort,
}: ClusterOptions): Promise<Cluster> {
  const supervision = await Supervision.begin();
  try {
    const { directory, ended } = supervision;
    const { files, ca, token } = await makeFiles(directory);
    const port = await choosePort();
    const access = { server: `https://127.0.0.1:${port}`, ca, token };
    await writeKubeconfig(files.kubeconfig, access);
    const cluster = new Cluster(supervision, { binDir, directory, files, port }, new Client(access, ended));
    await cluster.start("etcd");
    await cluster.start("kube-apiserver");
    for (const component of ["kube-controller-manager", "kube-scheduler", "kwok"] as const) {
      await cluster.start(component);
    }
    await makeNodes(cluster.client, nodes);
    // No pod is admitted into a namespace before its service account is there.
    await cluster.client.waitFor("/api/v1/namespaces/default/serviceaccounts/default", () => true);
    return cluster;
  } catch (error) {
    await supervision.stop();
    throw error;
  }
}
