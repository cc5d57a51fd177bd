import type { Client } from "./client.ts";
import { holds } from "./objects.ts";

const ROOM = { cpu: "8", memory: "16Gi", pods: "110" };

/** Declares nodes `node-1`, `node-2`, … that kwok plays, and waits until they are ready for pods. */
export async function makeNodes(client: Client, count: number): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const name = `node-${index + 1}`;
      await client.create("/api/v1/nodes", node(name));
      // The controller manager takes a taint away when the node is ready, and that comes a little later.
      await client.waitFor(
        `/api/v1/nodes/${name}`,
        (one) => holds(one, "Ready") && one.spec?.taints === undefined,
      );
    }),
  );
}

function node(name: string): object {
  const labels = {
    "kubernetes.io/hostname": name,
    "kubernetes.io/os": "linux",
    "kubernetes.io/arch": "amd64",
  };
  const metadata = { name, labels };
  return { apiVersion: "v1", kind: "Node", metadata, status: { allocatable: ROOM, capacity: ROOM } };
}
