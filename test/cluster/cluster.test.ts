import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { CILIUM_VERSION } from "../../components/cilium/version.ts";
import { UserError } from "../../preview/user-error.ts";
import { findCrds } from "../../scripts/crds/crds.ts";
import { skipWithout } from "../toolchain/skip.ts";
import {
  ApiError,
  Client,
  type Cluster,
  clusterProgramsOrSkip,
  holds,
  installCrds,
  type KubernetesObject,
  startCluster,
} from "./index.ts";
import { deployment, DEPLOYMENTS, job, JOBS, pod, PODS, service, SERVICES } from "./workloads.ts";

function refused(status: number, message: RegExp): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof ApiError, String(error));
    assert.equal(error.status, status);
    assert.match(error.message, message);
    return true;
  };
}

describe("A test cluster", function () {
  this.timeout(120_000);
  let cluster: Cluster;
  let client: Client;
  let ca: string;

  before(async function () {
    cluster = await startCluster({ binDir: await clusterProgramsOrSkip(this), nodes: 3 });
    client = cluster.client;
    const kubeconfig = JSON.parse(await readFile(cluster.kubeconfig, "utf8")) as {
      clusters: [{ cluster: { "certificate-authority-data": string } }];
    };
    ca = Buffer.from(kubeconfig.clusters[0].cluster["certificate-authority-data"], "base64").toString();
  });
  // Missing where the suite skipped itself.
  after(() => (cluster as Cluster | undefined)?.stop());

  const as = (token: string) => new Client({ server: cluster.server, ca, token });

  describe("starts", () => {
    it("with as many nodes as asked for, ready for pods", async () => {
      const nodes = await client.list("/api/v1/nodes");
      assert.deepEqual(
        nodes.map(({ metadata }) => metadata.name),
        ["node-1", "node-2", "node-3"],
      );
      assert.ok(nodes.every((node) => holds(node, "Ready") && node.spec?.taints === undefined));
    });

    it("with a Service `kubernetes` whose address is not routable", async () => {
      const { gitVersion } = JSON.parse(await client.text("/version")) as { gitVersion: string };
      assert.match(gitVersion, /^v1\.\d+\./);
      const { spec } = await client.get(`${SERVICES}/kubernetes`);
      assert.equal(spec?.clusterIP, "10.96.0.1");
    });
  });

  describe("runs", () => {
    it("a Deployment of 2 until both are ready, behind a Service", async () => {
      await client.create(SERVICES, service("droids"));
      await client.create(DEPLOYMENTS, deployment("droids", 2));
      await client.waitFor(
        `${DEPLOYMENTS}/droids`,
        (one) => one.status?.readyReplicas === 2 && holds(one, "Available"),
      );
      const pods = await client.list(`${PODS}?labelSelector=app%3Ddroids`);
      assert.ok(pods.every((one) => holds(one, "Ready") && one.spec?.serviceAccountName === "default"));
      const addresses = pods.map(({ status }) => status?.podIP).sort();
      await client.waitFor("/api/v1/namespaces/default/endpoints/droids", (one) => {
        const { subsets = [] } = one as KubernetesObject & { subsets?: { addresses?: { ip: string }[] }[] };
        const ips = subsets.flatMap((subset) => subset.addresses ?? []).map(({ ip }) => ip);
        return ips.sort().join() === addresses.join();
      });
    });

    it("a Job until it is complete", async () => {
      await client.create(JOBS, job("registration"));
      const { status } = await client.waitFor(`${JOBS}/registration`, (one) => holds(one, "Complete"));
      assert.equal(status?.succeeded, 1);
      const [one] = await client.list(`${PODS}?labelSelector=job-name%3Dregistration`);
      assert.equal(one?.status?.phase, "Succeeded");
    });

    it("no pod that asks for more than a node has", async () => {
      await client.create(PODS, pod("giant", { resources: { requests: { cpu: "9" } } }));
      const unscheduled = (one: KubernetesObject) =>
        one.status?.conditions?.some(({ reason }) => reason === "Unschedulable") ?? false;
      const { spec } = await client.waitFor(`${PODS}/giant`, unscheduled);
      assert.equal(spec?.nodeName, undefined);
    });

    it("no pod of a Deployment that was deleted", async () => {
      await client.create(DEPLOYMENTS, deployment("short", 1));
      await client.waitFor(`${DEPLOYMENTS}/short`, ({ status }) => status?.readyReplicas === 1);
      const [one] = await client.list(`${PODS}?labelSelector=app%3Dshort`);
      await client.delete(`${DEPLOYMENTS}/short`);
      await client.waitUntilGone(`${DEPLOYMENTS}/short`);
      await client.waitUntilGone(`${PODS}/${one?.metadata.name ?? ""}`);
    });

    it("a namespace's deletion to its end, objects included", async () => {
      const path = "/api/v1/namespaces/passing";
      await client.create("/api/v1/namespaces", { metadata: { name: "passing" } });
      await client.create(`${path}/configmaps`, { metadata: { name: "one" }, data: { key: "value" } });
      await client.delete(path);
      await client.waitUntilGone(path);
      assert.equal(await client.find(`${path}/configmaps/one`), undefined);
    });
  });

  describe("rejects", () => {
    it("a client without a valid token", async () => {
      await assert.rejects(as("wrong").list(PODS), refused(401, /Unauthorized/));
    });

    it("a service account without a role, until a role is bound", async () => {
      const account = "/api/v1/namespaces/default/serviceaccounts/default";
      const request = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} };
      const { status } = await client.create(`${account}/token`, request);
      assert.ok(typeof status?.token === "string");
      await assert.rejects(as(status.token).list(PODS), refused(403, /cannot list resource "pods"/));

      await client.create("/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings", {
        metadata: { name: "viewer" },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
        subjects: [{ kind: "ServiceAccount", name: "default", namespace: "default" }],
      });
      assert.notDeepEqual(await as(status.token).list(PODS), []);
      const secrets = "/api/v1/namespaces/default/secrets";
      await assert.rejects(as(status.token).list(secrets), refused(403, /cannot list resource "secrets"/));
    });

    it("a pod that its namespace's Pod Security forbids", async () => {
      const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
      await client.create("/api/v1/namespaces", { metadata: { name: "restricted", labels } });
      const path = "/api/v1/namespaces/restricted";
      await client.waitFor(`${path}/serviceaccounts/default`, () => true);
      const privileged = pod("root", { securityContext: { privileged: true } });
      await assert.rejects(client.create(`${path}/pods`, privileged), refused(403, /violates PodSecurity/));
    });
  });

  describe("with Cilium's CRDs", () => {
    const POLICIES = "/apis/cilium.io/v2/namespaces/default/ciliumnetworkpolicies";
    const policy = (name: string, spec: object) => ({
      apiVersion: "cilium.io/v2",
      kind: "CiliumNetworkPolicy",
      metadata: { name },
      spec,
    });
    const rule = (port: unknown) => ({
      endpointSelector: { matchLabels: { org: "empire" } },
      ingress: [{ toPorts: [{ ports: [{ port, protocol: "TCP" }], rules: { http: [{ method: "GET" }] } }] }],
    });

    before(async function () {
      try {
        const { files } = await findCrds(CILIUM_VERSION, { env: process.env });
        const names = await installCrds(client, ...files);
        assert.ok(names.includes("ciliumnetworkpolicies.cilium.io"));
      } catch (error) {
        if (error instanceof UserError) skipWithout(this, "Cilium's CRDs", error.message);
        throw error;
      }
    });

    it("stores a policy and returns it", async () => {
      await client.create(POLICIES, policy("good", rule("52773")));
      assert.deepEqual((await client.get(`${POLICIES}/good`)).spec, rule("52773"));
    });

    it("rejects a field of the wrong type", async () => {
      const wrong = policy("wrong", rule(52773));
      await assert.rejects(client.create(POLICIES, wrong), refused(422, /port.*must be of type string/));
    });

    it("rejects an unknown field with strict field validation", async () => {
      const wrong = policy("wrong", { ...rule("52773"), ingres: [] });
      const strict = `${POLICIES}?fieldValidation=Strict`;
      await assert.rejects(client.create(strict, wrong), refused(400, /unknown field "spec.ingres"/));
    });

    it("changes a policy by every kind of patch that its kind takes", async () => {
      await client.create(POLICIES, policy("patched", rule("52773")));
      const path = `${POLICIES}/patched`;
      await client.patch(path, { metadata: { labels: { by: "merge" } } });
      await client.patch(path, [{ op: "add", path: "/metadata/labels/also", value: "json" }], "json");
      const applied = { ...policy("patched", {}), metadata: { labels: { finally: "apply" } } };
      const { metadata } = await client.patch(`${path}?fieldManager=test&force=true`, applied, "apply");
      assert.deepEqual(metadata.labels, { by: "merge", also: "json", finally: "apply" });
    });
  });
});
