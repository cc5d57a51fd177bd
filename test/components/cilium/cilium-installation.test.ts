import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
  CiliumInstallation,
  type CiliumInstallationArgs,
} from "../../../components/cilium/cilium-installation.ts";
import { enforcementExceptions } from "../../../components/cilium/enforcement-exceptions.ts";
import { helmValues, type Platform } from "../../../components/cilium/helm-values.ts";
import { policyCrds } from "../../../components/cilium/policy-crds.ts";
import { ciliumImages } from "../../../components/cilium/releases.ts";
import { CILIUM_VERSION } from "../../../components/cilium/version.ts";
import { kubernetesObjects, onCluster } from "../fhir/kubernetes.ts";
import { declared, known, type Options, Probe, waitingFor } from "../mocks.ts";

const CRD = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";
const POLICY = "kubernetes:cilium.io/v2:CiliumClusterwideNetworkPolicy";
const RELEASE = "kubernetes:helm.sh/v3:Release";
const KIND: Platform = { name: "kind" };

const cilium =
  (args: Partial<CiliumInstallationArgs> = {}) =>
  (opts: Options) =>
    new CiliumInstallation("cilium", { platform: KIND, ...args }, onCluster(opts));

describe("CiliumInstallation", () => {
  it("applies the policies' CRDs and installs the chart of the pinned version from Cilium's repository", async () => {
    const run = await declared(cilium());
    const { [`${RELEASE} cilium-release`]: release, ...crds } = run.inputs;
    const [clusterwide, namespaced] = policyCrds(CILIUM_VERSION).map(({ args }) => args);
    const crd = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };
    assert.deepEqual(crds, {
      [`${CRD} cilium-ciliumclusterwidenetworkpolicies`]: { ...crd, ...clusterwide },
      [`${CRD} cilium-ciliumnetworkpolicies`]: { ...crd, ...namespaced },
    });
    assert.deepEqual(release, {
      // The provider's SDK adds it.
      compat: "true",
      name: "cilium",
      namespace: "kube-system",
      chart: "cilium",
      repositoryOpts: { repo: "https://helm.cilium.io/" },
      version: "1.16.0",
      values: helmValues({
        platform: KIND,
        policyEnforcementMode: "default",
        images: ciliumImages("1.16.0"),
        certificatesByHook: true,
      }),
      timeout: 900,
      skipAwait: true,
      waitForJobs: true,
      replace: true,
      maxHistory: 10,
      description: "Cilium 1.16.0",
    });
    assert.equal(run.resource("cilium-release").provider, "cluster");
  });

  it("declares the images that will run, for guardrails to evaluate", async () => {
    const { nodeInit, ...everywhere } = ciliumImages(CILIUM_VERSION);
    const kind = await declared(cilium());
    assert.deepEqual(kind.resource("cilium").inputs, {
      platform: KIND,
      version: CILIUM_VERSION,
      images: everywhere,
    });
    const platform: Platform = { name: "gke", podRange: "10.16.0.0/14" };
    const gke = await declared(cilium({ platform }));
    assert.deepEqual(gke.resource("cilium").inputs.images, { ...everywhere, nodeInit });
  });

  it("takes all images from a mirror, also one that is made first", async () => {
    const mirror = "europe-docker.pkg.dev/fhir-project/quay";
    const { resource } = await declared(cilium({ registry: pulumi.output(Promise.resolve(mirror)) }));
    const { values } = resource("cilium-release").inputs as { values: { image: { override: string } } };
    assert.equal(values.image.override, ciliumImages(CILIUM_VERSION, mirror).agent);
    assert.doesNotMatch(JSON.stringify(values), /quay\.io/);
  });

  it("waits for all of Cilium where no hook makes the certificates", async () => {
    const run = await declared(cilium({ version: "1.20.2" }));
    const { version, skipAwait, values } = run.resource("cilium-release").inputs;
    assert.deepEqual([version, skipAwait], ["1.20.2", false]);
    assert.doesNotMatch(JSON.stringify(values), /helm\.sh\/hook/);
    const crds = policyCrds("1.20.2").map(({ args }) => args.spec);
    const applied = Object.entries(run.inputs).filter(([key]) => key.startsWith(CRD));
    assert.deepEqual(
      applied.map(([, { spec }]) => spec),
      crds,
    );
  });

  it("applies the exceptions for system traffic before Cilium denies by default, and only then", async () => {
    const run = await declared(cilium({ policyEnforcementMode: "always", systemNamespaces: ["storage"] }));
    const objects = Object.entries(kubernetesObjects({ ...run, inputs: only(POLICY, run.inputs) }));
    assert.deepEqual(
      objects,
      enforcementExceptions(["storage"]).map(({ name, spec }) => [
        `${POLICY} cilium-${name}`,
        { metadata: { name }, spec },
      ]),
    );
    const other = await declared(cilium({ systemNamespaces: ["storage"] }));
    assert.deepEqual(only(POLICY, other.inputs), {});
  });

  it("applies the CRDs before policies and Cilium, and the exceptions before Cilium", async () => {
    const program = (opts: Options) => {
      const { policiesReady, ready } = cilium({ policyEnforcementMode: "always" })(opts);
      return [new Probe("policy", policiesReady, opts), new Probe("after", ready, opts)];
    };
    const exceptions = ["cilium-cilium-health-checks", "cilium-system-namespaces"];
    const all = ["after", ...exceptions, "cilium-release", "policy"];
    assert.deepEqual(await waitingFor(CRD, program), all.sort());
    assert.deepEqual(await waitingFor(POLICY, program), ["after", "cilium-release"]);
    assert.deepEqual(await waitingFor(RELEASE, program), ["after"]);
    const { result } = await declared(cilium());
    assert.deepEqual(await known(result.policiesReady), [
      "ciliumclusterwidenetworkpolicies.cilium.io",
      "ciliumnetworkpolicies.cilium.io",
    ]);
    assert.equal(await known(result.ready), "cilium");
  });

  it("keeps the kubeconfig out of every resource", async () => {
    const { all } = await declared(cilium({ kubeconfig: "token of the kubeconfig" }));
    assert.doesNotMatch(JSON.stringify(all), /token of the kubeconfig/);
  });
});

describe("CiliumInstallation from an archive", () => {
  let dir = "";
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "attested-fhir-test-"));
    await writeFile(join(dir, "cilium-1.16.0.tgz"), "");
  });
  after(() => rm(dir, { recursive: true, force: true }));

  it("installs the archive and fetches nothing from the repository", async () => {
    const archive = join(dir, "cilium-1.16.0.tgz");
    for (const chart of [archive, relative(process.cwd(), archive)]) {
      const { inputs } = (await declared(cilium({ chart }))).resource("cilium-release");
      assert.deepEqual([inputs.chart, inputs.repositoryOpts], [chart, undefined]);
    }
  });

  it("rejects an archive that does not exist, and names the path that was looked for", async () => {
    const chart = "../charts/cilium-1.16.0.tgz";
    await assert.rejects(declared(cilium({ chart })), {
      message: `chart "${chart}" does not exist: ${join(process.cwd(), chart)} was not found`,
    });
  });

  it("rejects an archive of another version", async () => {
    await assert.rejects(
      declared(cilium({ chart: join(dir, "cilium-1.16.0.tgz"), version: "1.20.2" })),
      /chart ".*cilium-1\.16\.0\.tgz" must be named cilium-1\.20\.2\.tgz: the CRDs and images that go with it are those of Cilium 1\.20\.2$/,
    );
  });
});

function only<T>(type: string, inputs: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => key.startsWith(`${type} `)));
}
