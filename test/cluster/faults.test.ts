import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { COMPONENTS } from "./components.ts";
import { type Cluster, clusterProgramsOrSkip, startCluster } from "./index.ts";
import { freePort } from "./port.ts";
import { holders } from "./processes.ts";
import { deployment, DEPLOYMENTS, pod, PODS } from "./workloads.ts";

describe("A test cluster with faults:", function () {
  this.timeout(120_000);
  let binDir: string;
  let cluster: Cluster;

  before(async function () {
    binDir = await clusterProgramsOrSkip(this);
    // The first port that it is given is taken.
    const occupant = createServer().listen(0, "127.0.0.1");
    await once(occupant, "listening");
    const ports = [(occupant.address() as AddressInfo).port];
    cluster = await startCluster({ binDir, port: async () => ports.pop() ?? (await freePort()) });
    occupant.close();
    assert.deepEqual(ports, []);
  });
  after(() => (cluster as Cluster | undefined)?.stop());

  it("an API server that was killed serves the same data on the same port again", async () => {
    const { client } = cluster;
    const before = await client.create(DEPLOYMENTS, deployment("lasting", 1));
    await client.waitFor(`${DEPLOYMENTS}/lasting`, ({ status }) => status?.readyReplicas === 1);

    await cluster.crash("kube-apiserver");
    await assert.rejects(client.list(PODS), { code: "ECONNREFUSED" });

    await cluster.restart("kube-apiserver");
    const after = await client.get(`${DEPLOYMENTS}/lasting`);
    assert.equal(after.metadata.uid, before.metadata.uid);
    assert.equal(after.status?.readyReplicas, 1);
    // The others have found it again.
    await client.patch(`${DEPLOYMENTS}/lasting`, { spec: { replicas: 3 } });
    await client.waitFor(`${DEPLOYMENTS}/lasting`, ({ status }) => status?.readyReplicas === 3);
  });

  it("etcd that was killed has the same data again", async () => {
    const { client } = cluster;
    const made = await client.create("/api/v1/namespaces/default/configmaps", { metadata: { name: "kept" } });
    await cluster.restart("etcd");
    const found = await client.get("/api/v1/namespaces/default/configmaps/kept");
    assert.equal(found.metadata.uid, made.metadata.uid);
  });

  it("a pod stays pending until the scheduler is back", async () => {
    const { client } = cluster;
    await cluster.crash("kube-scheduler");
    await client.create(PODS, pod("patient"));
    await assert.rejects(client.waitFor(`${PODS}/patient`, ({ spec }) => spec?.nodeName !== undefined, 500));
    await cluster.restart("kube-scheduler");
    await client.waitFor(`${PODS}/patient`, ({ status }) => status?.phase === "Running");
  });

  it("a component that ends by itself fails every request, with its last lines", async () => {
    const { client } = cluster;
    const waiting = client.waitFor(`${PODS}/never`, () => true);
    const [manager] = (await holders(dirname(cluster.kubeconfig))).filter(({ command }) =>
      command.includes("kube-controller-manager"),
    );
    assert.ok(manager);
    process.kill(manager.pid, "SIGKILL");
    const reason = /kube-controller-manager has ended: SIGKILL\. Its last lines:\n./;
    await assert.rejects(waiting, reason);
    await assert.rejects(client.list(PODS), reason);
  });

  describe("at the start", () => {
    let dir: string;
    beforeEach(async () => {
      dir = await mkdtemp(join(tmpdir(), "attested-fhir-programs-"));
    });
    afterEach(() => rm(dir, { recursive: true, force: true }));

    it("the error names a program that fails, and no process is left", async () => {
      for (const component of COMPONENTS) await symlink(join(binDir, component), join(dir, component));
      await rm(join(dir, "kube-apiserver"));
      await writeFile(
        join(dir, "kube-apiserver"),
        "#!/bin/sh\necho in $PWD\necho no such flag >&2\nexit 9\n",
      );
      await chmod(join(dir, "kube-apiserver"), 0o755);
      await assert.rejects(startCluster({ binDir: dir }), ({ message }: Error) => {
        const [, directory] = /exit code 9.*\nin (.+)\nno such flag$/s.exec(message) ?? [];
        assert.ok(directory, message);
        assert.equal(existsSync(directory), false);
        return true;
      });
    });

    it("the error names a program that does not exist", async () => {
      await assert.rejects(startCluster({ binDir: dir }), /etcd has ended/);
    });
  });
});
