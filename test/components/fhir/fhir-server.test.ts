import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { serverPodSpec } from "../../../components/fhir/fhir-server-spec.ts";
import { scriptsConfigMap } from "../../../components/fhir/endpoint-settings.ts";
import { FhirServer, type FhirServerArgs } from "../../../components/fhir/fhir-server.ts";
import { declared, known, type Options, Probe, waitingFor } from "../mocks.ts";
import { kubernetesObjects, onCluster, unhardened } from "./kubernetes.ts";

const IMAGE = `docker.io/sween/ciliumfhir@sha256:${"5".repeat(64)}`;

const server =
  (args: Partial<FhirServerArgs> = {}) =>
  (opts: Options) =>
    new FhirServer("fhir", { image: IMAGE, protect: false, ...args }, onCluster(opts));

const LABELS = { org: "empire", class: "coruscanthealth", "app.kubernetes.io/name": "coruscanthealth" };
const SELECTOR = { org: "empire", class: "coruscanthealth" };
const NAMED = { namespace: "galactic-fhir", name: "coruscanthealth" };

const script = (name: string) =>
  readFileSync(new URL(`../../../components/fhir/scripts/${name}`, import.meta.url), "utf8");

const STORY = {
  "kubernetes:core/v1:Namespace fhir-namespace": {
    metadata: {
      name: "galactic-fhir",
      labels: {
        product: "attested-fhir",
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/enforce-version": "latest",
      },
    },
  },
  "kubernetes:core/v1:ServiceAccount fhir-account": { metadata: NAMED, automountServiceAccountToken: false },
  "kubernetes:core/v1:PersistentVolumeClaim fhir-data": {
    metadata: {
      namespace: "galactic-fhir",
      name: "coruscanthealth-data",
      annotations: { "pulumi.com/skipAwait": "true" },
    },
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "10Gi" } } },
  },
  "kubernetes:core/v1:ConfigMap fhir-scripts": {
    metadata: { namespace: "galactic-fhir", name: scriptsConfigMap("coruscanthealth").name },
    data: {
      "endpoint-settings.sh": script("endpoint-settings.sh"),
      "set-debug-mode.txt": script("set-debug-mode.txt"),
      "set-oauth-client.txt": script("set-oauth-client.txt"),
    },
    immutable: true,
  },
  "kubernetes:apps/v1:Deployment fhir-deployment": {
    metadata: { ...NAMED, labels: { "app.kubernetes.io/name": "coruscanthealth" } },
    spec: {
      replicas: 1,
      strategy: { type: "Recreate" },
      progressDeadlineSeconds: 1200,
      selector: { matchLabels: SELECTOR },
      template: {
        metadata: { labels: LABELS },
        spec: serverPodSpec({
          image: IMAGE,
          serviceAccount: "coruscanthealth",
          claim: "coruscanthealth-data",
          server: "coruscanthealth",
          basePath: "/intersystems/fhir/r5",
          irisNamespace: "USER",
        }),
      },
    },
  },
  "kubernetes:core/v1:Service fhir-service": {
    metadata: { ...NAMED, labels: { "app.kubernetes.io/name": "coruscanthealth" } },
    spec: {
      type: "ClusterIP",
      selector: SELECTOR,
      ports: [{ name: "fhir", port: 52_773, targetPort: "fhir", protocol: "TCP" }],
    },
  },
};

describe("FhirServer", () => {
  it("declares the story's server, in a namespace of restricted pods", async () => {
    assert.deepEqual(kubernetesObjects(await declared(server())), STORY);
  });

  it("runs a pod that complies with the guardrail pod-hardened", async () => {
    assert.deepEqual(unhardened(await declared(server())), []);
  });

  it("follows the stack in names, base path, IRIS namespace and storage", async () => {
    const { result, resource } = await declared(
      server({
        namespace: "hospital",
        server: "records",
        org: "clinic",
        basePath: "/fhir/r4",
        irisNamespace: "FHIR",
        storage: { size: "1Ti", className: "premium-rwo" },
      }),
    );
    const { spec } = resource("fhir-deployment").inputs as {
      spec: { template: { metadata: unknown; spec: { containers: { env: unknown[] }[] } } };
    };
    assert.deepEqual(spec.template.metadata, {
      labels: { org: "clinic", class: "records", "app.kubernetes.io/name": "records" },
    });
    assert.deepEqual(spec.template.spec.containers[0]?.env.slice(1, 3), [
      { name: "FHIR_BASE_PATH", value: "/fhir/r4" },
      { name: "IRIS_NAMESPACE", value: "FHIR" },
    ]);
    assert.deepEqual(resource("fhir-data").inputs.spec, {
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: "1Ti" } },
      storageClassName: "premium-rwo",
    });
    assert.equal(await known(result.url), "http://records.hospital:52773/fhir/r4");
  });

  it("protects the records, where the stack asks for it, with all that holds them", async () => {
    const protectedOnes = async (protect: boolean) =>
      (await declared(server({ protect }))).all.filter((one) => one.protect).map(({ name }) => name);
    assert.deepEqual((await protectedOnes(true)).sort(), ["fhir-data", "fhir-namespace"]);
    assert.deepEqual(await protectedOnes(false), []);
  });

  it("outputs what policies and clients need", async () => {
    const { result } = await declared(server());
    assert.equal(await known(result.namespace), "galactic-fhir");
    assert.equal(await known(result.name), "coruscanthealth");
    assert.equal(await known(result.port), 52_773);
    assert.equal(await known(result.basePath), "/intersystems/fhir/r5");
    assert.deepEqual(await known(result.labels), LABELS);
    assert.equal(await known(result.url), "http://coruscanthealth.galactic-fhir:52773/intersystems/fhir/r5");
  });

  it("lets policies be applied before it is ready, and clients start only afterwards", async () => {
    const probes = (opts: Options) => {
      const { namespace, name, port, basePath, labels, url } = server()(opts);
      new Probe("policy", [namespace, name, port, basePath, labels], opts);
      new Probe("client", url, opts);
    };
    const waiting = async (type: string) =>
      (await waitingFor(type, probes)).filter((name) => name === "policy" || name === "client");
    assert.deepEqual(await waiting("kubernetes:core/v1:Namespace"), ["client", "policy"]);
    assert.deepEqual(await waiting("kubernetes:apps/v1:Deployment"), ["client"]);
    assert.deepEqual(await waiting("kubernetes:core/v1:Service"), ["client"]);
  });

  it("starts once namespace, account, volume and scripts are there", async () => {
    for (const type of ["ServiceAccount", "PersistentVolumeClaim", "ConfigMap"])
      assert.deepEqual(await waitingFor(`kubernetes:core/v1:${type}`, server()), ["fhir-deployment"]);
    assert.deepEqual(await waitingFor("kubernetes:core/v1:Namespace", server()), [
      "fhir-account",
      "fhir-data",
      "fhir-deployment",
      "fhir-scripts",
      "fhir-service",
    ]);
  });

  it("shows guardrails its endpoint", async () => {
    const { resource } = await declared(server());
    assert.deepEqual(resource("fhir").inputs, {
      image: IMAGE,
      protect: false,
      server: "coruscanthealth",
      basePath: "/intersystems/fhir/r5",
      irisNamespace: "USER",
      labels: LABELS,
    });
  });

  it("rejects an invalid base path", async () => {
    for (const basePath of ["", "/", "fhir/r5", "/fhir/r5/", "/fhir//r5", "/fhir/../r5", "/fhir?a", "/a b"]) {
      await assert.rejects(declared(server({ basePath })), {
        message: `basePath = ${JSON.stringify(basePath)}: is not a path of letters, digits, _ and -, such as /intersystems/fhir/r5`,
      });
    }
  });
});
