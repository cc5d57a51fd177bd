import assert from "node:assert/strict";
import { stringify } from "yaml";
import { policyCrds } from "../../components/cilium/policy-crds.ts";
import { ciliumImages, RELEASES } from "../../components/cilium/releases.ts";
import { CILIUM_VERSIONS, type CiliumVersion } from "../../components/cilium/version.ts";
import {
  type Cluster,
  clusterProgramsOrSkip,
  everything,
  type KubernetesObject,
  startCluster,
} from "../cluster/index.ts";
import { chartOrSkip } from "../components/cilium/charts.ts";
import { toolchainOrSkip } from "../toolchain.ts";
import { Engine } from "./engine.ts";
import { helmRelease, imagesOf, rendered } from "./helm-release.ts";

const CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const POLICY = "/apis/cilium.io/v2/namespaces/default/ciliumnetworkpolicies/policy";
const RELEASE = "/api/v1/namespaces/kube-system/secrets/sh.helm.release.v1.cilium.v1";
const KIND = { name: "kind" };
const GKE = { name: "gke", podRange: "10.16.0.0/14" };

/** Of a CRD's specification, what is compared. */
interface Spec {
  readonly versions: readonly [{ readonly schema: unknown }];
}

describe("Cilium, installed by the real engine and provider into a real API server", function () {
  this.timeout(180_000);
  let cluster: Cluster;
  let engine: Engine;
  const charts = new Map<CiliumVersion, string>();
  let atFirst: readonly string[];

  before(async function () {
    const tools = await toolchainOrSkip(this);
    for (const version of CILIUM_VERSIONS) charts.set(version, await chartOrSkip(this, version));
    cluster = await startCluster({ binDir: await clusterProgramsOrSkip(this), nodes: 2 });
    atFirst = await everything(cluster.client);
    engine = await Engine.startProgram(tools, "cilium-installation.ts", { KUBECONFIG: cluster.kubeconfig });
  });

  after(async () => {
    // Both are missing where the suite skipped itself.
    await (engine as Engine | undefined)?.stop();
    await (cluster as Cluster | undefined)?.stop();
  });

  const configure = (version: CiliumVersion, platform: object) => {
    const cilium = { platform, version, chart: charts.get(version) };
    return engine.configure(stringify({ config: { "attested-fhir:cilium": cilium } }));
  };
  const succeeds = async (...command: readonly string[]) => {
    const { code, output } = await engine.pulumi(...command);
    assert.equal(code, 0, output);
    return output;
  };
  const up = () => succeeds("up", "--yes", "--skip-preview");

  /** What Helm has installed is whole, and of this version. */
  async function runs(version: CiliumVersion, platform: { name: string }): Promise<void> {
    const release = await helmRelease(cluster.client, "cilium");
    assert.deepEqual([release.info.status, release.chart.metadata.version], ["deployed", version]);
    const { nodeInit, ...everywhere } = ciliumImages(version);
    const images = Object.values(platform.name === "gke" ? { nodeInit, ...everywhere } : everywhere);
    const objects = rendered(release);
    assert.deepEqual(imagesOf(objects), images.sort());
    // A job in the cluster makes the certificates: Helm renders no key, and so does not make it anew each time.
    assert.ok(objects.every(({ kind }) => kind !== "Secret"));
    assert.match(JSON.stringify(objects.find(({ kind }) => kind === "Job")), /"--ca-reuse-secret"/);
    const hooks = release.hooks?.map(({ kind }) => kind) ?? [];
    assert.deepEqual(hooks, RELEASES[version].certificatesByHook ? ["Job"] : []);
  }

  async function kindsAreOf(version: CiliumVersion): Promise<void> {
    for (const { name, args } of policyCrds(version)) {
      const { metadata, spec } = await cluster.client.get(`${CRDS}/${name}`);
      assert.deepEqual(metadata.labels, (args.metadata as KubernetesObject["metadata"]).labels);
      const [{ schema }] = (spec as unknown as Spec).versions;
      assert.deepEqual(schema, (args.spec as unknown as Spec).versions[0].schema);
    }
  }

  async function leavesNothing(): Promise<void> {
    await succeeds("destroy", "--yes", "--skip-preview");
    await cluster.client.waitUntilGone("/apis/apiregistration.k8s.io/v1/apiservices/v2.cilium.io");
    const left = (await everything(cluster.client)).filter((path) => !atFirst.includes(path));
    // Pods end a little later than what they belong to.
    for (const path of left) await cluster.client.waitUntilGone(path);
  }

  it("comes from nothing in one go: the policies' kinds, Cilium, and a policy", async () => {
    await configure("1.16.0", KIND);
    await up();
    await kindsAreOf("1.16.0");
    assert.deepEqual((await cluster.client.get(POLICY)).spec, { endpointSelector: {}, ingress: [{}] });
  });

  it("runs no image but those that are named by digest", async () => {
    await runs("1.16.0", KIND);
    const pods = await cluster.client.list("/api/v1/namespaces/kube-system/pods");
    const images = imagesOf(pods.map(({ spec }) => spec));
    assert.ok(images.length >= 6, images.join());
    const named: readonly string[] = Object.values(ciliumImages("1.16.0"));
    assert.deepEqual(
      images.filter((image) => !named.includes(image)),
      [],
    );
  });

  it("changes nothing the second time, and finds nothing to refresh", async () => {
    await succeeds("preview", "--expect-no-changes");
    await succeeds("refresh", "--yes", "--skip-preview", "--expect-no-changes");
  });

  it("goes over to GKE's values in place, with the image that prepares its nodes", async () => {
    await configure("1.16.0", GKE);
    await up();
    await runs("1.16.0", GKE);
    const { data = {} } = await cluster.client.get("/api/v1/namespaces/kube-system/configmaps/cilium-config");
    assert.deepEqual(
      ["routing-mode", "ipv4-native-routing-cidr", "ipam", "enable-l7-proxy"].map((key) => data[key]),
      ["native", GKE.podRange, "kubernetes", "true"],
    );
  });

  it("goes over to another version in place, and keeps the policy", async () => {
    const { metadata } = await cluster.client.get(POLICY);
    await configure("1.20.2", GKE);
    await up();
    await runs("1.20.2", GKE);
    await kindsAreOf("1.20.2");
    assert.equal((await cluster.client.get(POLICY)).metadata.uid, metadata.uid);
  });

  it("leaves nothing in the cluster when it is destroyed", leavesNothing);

  it("goes on from an up that was killed while Helm installed, with kinds that Cilium's operator made", async () => {
    for (const { name, args } of policyCrds("1.16.0")) {
      await cluster.client.create(`${CRDS}?fieldManager=cilium-operator-generic`, {
        metadata: { name },
        spec: args.spec,
      });
    }
    await configure("1.20.2", KIND);
    // No kubelet runs the pods that Helm waits for.
    await cluster.crash("kwok");
    const killed = engine.begin("up", "--yes", "--skip-preview");
    await cluster.client.waitFor(RELEASE, ({ metadata }) => metadata.labels?.status === "pending-install");
    killed.kill("SIGKILL");
    await killed.outcome;
    await cluster.restart("kwok");
    await succeeds("cancel", "--yes");
    await up();
    await runs("1.20.2", KIND);
    await kindsAreOf("1.20.2");
    await succeeds("preview", "--expect-no-changes");
  });

  it("leaves nothing in the cluster after that either", leavesNothing);
});
