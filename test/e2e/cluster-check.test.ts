import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Toolchain } from "../../preview/toolchain/find-toolchain.ts";
import { policyCrds } from "../../components/cilium/policy-crds.ts";
import { CILIUM_VERSION } from "../../components/cilium/version.ts";
import { type Cluster, clusterProgramsOrSkip, startCluster } from "../cluster/index.ts";
import { toolchainOrSkip } from "../toolchain.ts";
import { Engine } from "./engine.ts";

const PROGRAM = "cluster-check.ts";
const NAMESPACE = "/api/v1/namespaces/galactic-fhir";
const stackFile = (context: string) => stringify({ config: { "attested-fhir:context": context } });

describe("A stack on a cluster that it is given, run by the real engine", function () {
  this.timeout(120_000);
  let tools: Toolchain;
  let cluster: Cluster;
  let engine: Engine;

  before(async function () {
    tools = await toolchainOrSkip(this);
    cluster = await startCluster({ binDir: await clusterProgramsOrSkip(this) });
    engine = await Engine.startProgram(tools, PROGRAM, { KUBECONFIG: cluster.kubeconfig });
  });

  after(async () => {
    // Both are missing where the suite skipped itself.
    await (engine as Engine | undefined)?.stop();
    await (cluster as Cluster | undefined)?.stop();
  });

  /** A preview goes on, and warns in these words. */
  async function warns(message: RegExp): Promise<void> {
    const { code, output } = await engine.pulumi("preview");
    assert.equal(code, 0, output);
    assert.match(output, new RegExp(`warning: attested-fhir:context = "test": ${message.source}`));
    assert.match(output, /Until then, pulumi up stops before it changes anything\./);
  }

  /** The command ends with this one error, before the engine has done anything. */
  async function ends(verb: "preview" | "up", message: RegExp, which = engine): Promise<void> {
    const before = await which.resources();
    const { code, output } = await which.pulumi(verb, ...(verb === "up" ? ["--yes", "--skip-preview"] : []));
    assert.notEqual(code, 0, output);
    const [, diagnostics = ""] = output.split("Diagnostics:");
    assert.match(diagnostics, message);
    assert.equal(diagnostics.match(/error: (?!update failed)/g)?.length, 1, output);
    assert.doesNotMatch(diagnostics, /\n\s+at /, "it shows a stack trace");
    const own = (resources: Awaited<ReturnType<Engine["resources"]>>) =>
      resources.filter(({ type }) => type !== "pulumi:pulumi:Stack").map(({ urn }) => urn);
    assert.deepEqual(own(await which.resources()), own(before));
  }

  it("lists the existing contexts at once where it names another one", async () => {
    await engine.configure(stackFile("kind-kind"));
    const contexts = `attested-fhir:context = "kind-kind" is not a context of ${cluster.kubeconfig}: the contexts are test`;
    await ends("preview", new RegExp(`error: ${contexts}`));
    await engine.configure(stackFile("test"));
  });

  it("warns in a preview, and fails at up, where Cilium is not installed", async () => {
    await warns(/The cluster of context "test" in .*, https:.*, has no Cilium: it does not serve/);
    await ends("up", /error: attested-fhir:context = "test": .* has no Cilium: .*\. Nothing was changed\./);
    assert.equal(await cluster.client.find(NAMESPACE), undefined);
  });

  it("is built where Cilium is", async () => {
    for (const { args } of policyCrds(CILIUM_VERSION)) {
      await cluster.client.create("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", args);
    }
    await cluster.client.waitFor("/apis/apiregistration.k8s.io/v1/apiservices/v2.cilium.io", () => true);
    const labels = { "k8s-app": "cilium" };
    const containers = [{ name: "agent", image: "agent" }];
    await cluster.client.create("/apis/apps/v1/namespaces/kube-system/daemonsets", {
      metadata: { name: "cilium", labels },
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
    });
    const { code, output } = await engine.pulumi("up", "--yes", "--skip-preview");
    assert.equal(code, 0, output);
    assert.doesNotMatch(output, /warning: attested-fhir/);
    await cluster.client.get(NAMESPACE);
  });

  it("is warned and stopped where the cluster is gone meanwhile", async () => {
    await cluster.crash("kube-apiserver");
    await warns(/The cluster of context "test" in .* cannot be reached: connect ECONNREFUSED/);
    await ends(
      "up",
      /error: attested-fhir:context = "test": .* cannot be reached: .*\. Nothing was changed\./,
    );
    await cluster.restart("kube-apiserver");
    const { code, output } = await engine.pulumi("preview", "--expect-no-changes");
    assert.equal(code, 0, output);
  });

  it("previews with a note, and fails at up, without a kubeconfig", async () => {
    const empty = await mkdtemp(join(tmpdir(), "attested-fhir-test-"));
    const absent = join(empty, "kubeconfig");
    const nowhere = await Engine.startProgram(tools, PROGRAM, { KUBECONFIG: absent });
    try {
      await nowhere.configure(stackFile("test"));
      const { code, output } = await nowhere.pulumi("preview");
      assert.equal(code, 0, output);
      assert.match(
        output,
        new RegExp(
          `context = "test" was not checked: ${absent} \\(from KUBECONFIG or the default\\) does not exist`,
        ),
      );
      await ends(
        "up",
        new RegExp(
          `context = "test": context not found: ${absent} \\(from KUBECONFIG or the default\\) does not exist`,
        ),
        nowhere,
      );
    } finally {
      await nowhere.stop();
      await rm(empty, { recursive: true });
    }
  });
});
