import { setTimeout } from "node:timers/promises";
import { messageOf } from "../../preview/problem.ts";
import { type Access, Client } from "./client.ts";
import { command, type Component, COMPONENTS } from "./components.ts";
import { makeFiles, writeKubeconfig } from "./files.ts";
import { makeNodes } from "./nodes.ts";
import { freePort } from "./port.ts";
import { Supervision } from "./supervision.ts";

export interface ClusterOptions {
  /** The directory that holds the five programs. */
  readonly binDir: string;
  /** How many nodes; 1 by default. */
  readonly nodes?: number;
  /** Chooses the API server's port; `freePort` by default. Asked again when the port was taken meanwhile. */
  readonly port?: () => Promise<number>;
}

/** Milliseconds that an API server may take until it is ready; it takes 3000 on two idle cores. */
const PATIENCE = 60_000;
const PORT_ATTEMPTS = 3;

/**
 * Starts a Kubernetes control plane on 127.0.0.1: etcd, the API server with RBAC, the controller manager and the
 * scheduler, all real; kwok plays the nodes and their pods. Pods become ready, and pods of Jobs succeed, as soon as
 * they are scheduled; their containers do not run.
 *
 * All of it goes when the cluster is stopped, and when this process ends, however it does.
 *
 * @throws Error with the last lines of a component's log when that ends early.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const supervision = await Supervision.begin();
  try {
    const { files, ca, token } = await makeFiles(supervision.directory);
    const start = async (attempt: number): Promise<Cluster> => {
      const port = await (options.port ?? freePort)();
      const access = { server: `https://127.0.0.1:${port}`, ca, token };
      return cluster;
    };
  } catch (error) {
    await supervision.stop();
    throw error;
  }
}
