import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { declared, known, waitingFor } from "../../../components/mocks.ts";
import { byProvider, layers, layersOf } from "../../layers.ts";
import { changed, type Data, stack } from "../../stacks.ts";

const kind = stack("kind");

/** The same on a cluster that has Cilium, which leaves out what takes longest to declare. */
const withCilium = changed(kind, { "cilium.install": false });

/** The story's first step: registered, and no policy. */
const registered = changed(withCilium, { denyAll: false, grants: [] });

/** The stack `kind` with its endpoint open. */
const open = changed(withCilium, {
  accessMode: "breakGlass",
  breakGlass: {
    owner: "on-call lead",
    reason: "The identity provider is down",
    expiry: "2026-10-01T22:00:00+02:00",
  },
});

const CRD = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";
const RELEASE = "kubernetes:helm.sh/v3:Release";
const CLUSTERWIDE = "kubernetes:cilium.io/v2:CiliumClusterwideNetworkPolicy";
const POLICY = "kubernetes:cilium.io/v2:CiliumNetworkPolicy";

/** Names of what is declared of a type. */
function named(inputs: object, type: string): string[] {
  return Object.keys(inputs)
    .filter((key) => key.startsWith(`${type} `))
    .map((key) => key.slice(type.length + 1))
    .sort();
}

async function policiesOf(data: Data): Promise<string[]> {
  const { inputs } = await declared(layers(data));
  return [...named(inputs, CLUSTERWIDE), ...named(inputs, POLICY)];
}

const GRANTED = [
  "fhir-access-coruscanthealth-ingress",
  "fhir-access-fhir-registration",
  "fhir-access-l7-visibility",
  "fhir-access-l7-visibility-payer",
];
const CLIENTS = ["21-b", "dd-13", "fx-6", "payer"].flatMap((name) => [
  `${name}-account`,
  `${name}-deployment`,
]);
const REGISTRATION = ["account", "job", "record"].map((part) => `register-patient-darthvader-${part}`);
const SERVER = ["account", "data", "deployment", "namespace", "scripts", "service"].map(
  (part) => `coruscanthealth-${part}`,
);

describe("the fhir layer on a cluster that exists", () => {
  it("is Cilium, server, clients, registration and the policies of the grants", async () => {
    const { inputs } = await declared(layersOf("kind"));
    assert.deepEqual(named(inputs, CRD), [
      "cilium-ciliumclusterwidenetworkpolicies",
      "cilium-ciliumnetworkpolicies",
    ]);
    assert.deepEqual(named(inputs, RELEASE), ["cilium-release"]);
    assert.deepEqual(named(inputs, CLUSTERWIDE), ["deny-all-policy"]);
    assert.deepEqual(named(inputs, POLICY), GRANTED);
    const rest = Object.keys(inputs).flatMap((key) => {
      const [type = "", name = ""] = key.split(" ");
      return [CRD, RELEASE, CLUSTERWIDE, POLICY].includes(type) ? [] : [name];
    });
    assert.deepEqual(
      rest.sort(),
      [...CLIENTS, ...REGISTRATION, ...SERVER, "coruscanthealth-access-access"].sort(),
    );
  });

  it("acts through one provider, by the context that the stack names", async () => {
    const { all, inputs, resource } = await declared(layersOf("kind"));
    const providers = byProvider(all);
    assert.deepEqual(Object.keys(providers), ["fhir-kubernetes"]);
    assert.equal(providers["fhir-kubernetes"]?.length, Object.keys(inputs).length);
    assert.deepEqual(resource("fhir-kubernetes").inputs, {
      context: "kind-galactic-fhir",
      enableServerSideApply: "true",
      enablePatchForce: "true",
      upsertExistingObjects: "true",
      enableConfigMapMutable: "true",
      deleteUnreachable: "false",
    });
  });

  it("gives policies the names of the story", async () => {
    const { inputs } = await declared(layersOf("kind"));
    const metadata = (key: string) => (inputs[key] as { metadata: unknown }).metadata;
    assert.deepEqual(metadata(`${CLUSTERWIDE} deny-all-policy`), { name: "denyall-coruscanthealth" });
    for (const name of ["l7-visibility", "l7-visibility-payer"]) {
      assert.deepEqual(metadata(`${POLICY} fhir-access-${name}`), { namespace: "galactic-fhir", name });
    }
  });

  it("does not apply deny-all to the stack's system namespaces", async () => {
    const { resource } = await declared(layersOf("kind"));
    assert.deepEqual(resource("deny-all").inputs.systemNamespaces, ["local-path-storage"]);
    assert.deepEqual(resource("cilium").inputs.systemNamespaces, ["local-path-storage"]);
  });

  it("has clients ask the server by its own name, path and port", async () => {
    const { resource } = await declared(
      layers(
        changed(kind, {
          "fhirServer.name": "naboohealth",
          "fhirServer.namespace": "naboo",
          "fhirServer.basePath": "/fhir/r5",
          grants: [{ org: "empire", id: "DarthVader", server: "naboohealth" }],
        }),
      ),
    );
    assert.deepEqual(resource("payer").inputs.server, {
      namespace: "naboo",
      url: "http://naboohealth.naboo:52773/fhir/r5",
    });
    assert.deepEqual(resource("register-patient-darthvader").inputs.server, resource("payer").inputs.server);
    assert.match(
      JSON.stringify(resource("fhir-access-fhir-empire").inputs),
      /"\/fhir\/r5\/Patient\/DarthVader"/,
    );
    assert.deepEqual(resource("deny-all-policy").inputs.metadata, { name: "denyall-naboohealth" });
  });

  it("sends registration's header from the Secret that the stack names", async () => {
    const authorization = { secret: "fhir-token", key: "header" };
    const { resource } = await declared(
      layers(changed(kind, { "fhirRecords[0].authorization": authorization })),
    );
    assert.deepEqual(resource("register-patient-darthvader").inputs.authorization, authorization);
  });

  it("hands on where the server and its records are, and what protects them", async () => {
    const { result } = await declared(layersOf("kind"));
    const { serving } = result;
    assert.ok(serving);
    assert.equal(await known(serving.url), "http://coruscanthealth.galactic-fhir:52773/intersystems/fhir/r5");
    assert.deepEqual(await known(serving.records), ["Patient/DarthVader"]);
    assert.equal(await known(serving.accessMode), "smart");
    assert.deepEqual([serving.openUntil, serving.kubeconfig], [undefined, undefined]);
  });
});

describe("Cilium in a cluster that exists", () => {
  const release = async (changes: Data) => {
    const { resource } = await declared(layers(changed(kind, changes)));
    return resource("cilium-release").inputs;
  };

  it("comes from Cilium's repository", async () => {
    const { chart, repositoryOpts } = await release({});
    assert.deepEqual([chart, repositoryOpts], ["cilium", { repo: "https://helm.cilium.io/" }]);
  });

  it("comes from an archive where the stack names one, by a path from the project's directory or from the root", async () => {
    const dir = mkdtempSync(join(tmpdir(), "attested-fhir-chart-"));
    try {
      const archive = join(dir, "cilium-1.16.0.tgz");
      writeFileSync(archive, "");
      const absolute = await release({ "cilium.chart": archive });
      assert.deepEqual([absolute.chart, absolute.repositoryOpts], [archive, undefined]);
      // The program runs in infra/, one directory below the project's; here the project's own stands for it.
      const named = relative(dirname(process.cwd()), archive);
      assert.equal((await release({ "cilium.chart": named })).chart, join("..", named));
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it("runs images of the registry that the stack names, by the same digests", async () => {
    const { values } = await release({ "cilium.registry": "registry.example/quay" });
    assert.match(
      (values as { image: { override: string } }).image.override,
      /^registry\.example\/quay\/cilium\/cilium@sha256:46ffa4ef/,
    );
  });

  it("denies by default where the stack says so, and allows registration by its grant", async () => {
    const always = changed(registered, {
      "cilium.install": true,
      "cilium.policyEnforcementMode": "always",
    });
    assert.deepEqual(await policiesOf(always), [
      "cilium-cilium-health-checks",
      "cilium-system-namespaces",
      "fhir-access-coruscanthealth-ingress",
      "fhir-access-fhir-registration",
    ]);
  });

  it("is left as it is where the stack does not install it", async () => {
    const { inputs, all } = await declared(layers(changed(kind, { "cilium.install": false })));
    assert.deepEqual([...named(inputs, RELEASE), ...named(inputs, CRD)], []);
    assert.ok(all.every(({ type }) => type !== "attested-fhir:cilium:CiliumInstallation"));
    assert.deepEqual(named(inputs, POLICY), GRANTED);
  });
});

describe("the policies of the fhir layer", () => {
  it("do not exist before anything is denied or granted", async () => {
    assert.deepEqual(await policiesOf(registered), []);
  });

  it("are the one that shows flows and denies none, where the stack wants to see", async () => {
    assert.deepEqual(await policiesOf(changed(registered, { flowVisibility: true })), [
      "flow-visibility-policy",
    ]);
  });

  it("allow registration where everything is denied, or a grant turns default deny on", async () => {
    const own = ["fhir-access-coruscanthealth-ingress", "fhir-access-fhir-registration"];
    assert.deepEqual(await policiesOf(changed(withCilium, { grants: [] })), ["deny-all-policy", ...own]);
    assert.deepEqual(await policiesOf(changed(withCilium, { denyAll: false })), GRANTED);
  });

  it("do not include registration's where nothing is registered", async () => {
    const nothing = { grants: [], fhirRecords: [] };
    assert.deepEqual(await policiesOf(changed(withCilium, nothing)), ["deny-all-policy"]);
  });
});

describe("the access mode of the fhir layer", () => {
  const declaredMode = async (data: Data) => {
    const { resource, result } = await declared(layers(data));
    const { metadata, data: mode } = resource("coruscanthealth-access-access").inputs as Record<
      string,
      object
    >;
    return { metadata, mode, serving: result.serving };
  };

  it("is declared with the server's own DebugMode", async () => {
    const { mode } = await declaredMode(withCilium);
    assert.deepEqual(mode, { access: "smart debugMode=5\n" });
    const { mode: byDefault } = await declaredMode(
      changed(withCilium, { "fhirServer.debugMode": undefined }),
    );
    assert.deepEqual(byDefault, { access: "smart debugMode=0\n" });
  });

  it("is open until the expiry in UTC, with owner and reason", async () => {
    const { mode, serving } = await declaredMode(open);
    assert.deepEqual(mode, {
      access: "breakGlass debugMode=7 until=2026-10-01T20:00:00Z afterwards=5\n",
      owner: "on-call lead",
      reason: "The identity provider is down",
    });
    assert.ok(serving?.openUntil);
    assert.equal(await known(serving.accessMode), "breakGlass");
    assert.equal(await known(serving.openUntil), "2026-10-01T20:00:00Z");
  });

  it("shows guardrails what it relies on", async () => {
    const { resource } = await declared(layers(open));
    const { denyAllStands, serverOpenWithoutHttpRules } = resource("coruscanthealth-access").inputs;
    assert.deepEqual([denyAllStands, serverOpenWithoutHttpRules], [true, []]);
    const seen = await declared(layers(changed(registered, { flowVisibility: true })));
    assert.deepEqual(seen.resource("coruscanthealth-access").inputs.serverOpenWithoutHttpRules, [
      "flow-visibility",
    ]);
  });
});

describe("the order of the fhir layer", function () {
  this.timeout(60_000);

  it("puts the kinds of policies before the policies, and Cilium before every pod", async () => {
    const afterCrds = await waitingFor(CRD, layersOf("kind"));
    for (const name of ["deny-all-policy", ...GRANTED, ...SERVER]) assert.ok(afterCrds.includes(name), name);
    const afterCilium = await waitingFor(RELEASE, layersOf("kind"));
    for (const name of [...SERVER, ...CLIENTS, ...REGISTRATION]) assert.ok(afterCilium.includes(name), name);
    // It needs the CRD, not the agents: it is applied before the first of them starts.
    assert.ok(!afterCilium.includes("deny-all-policy"));
  });

  it("puts deny-all before every pod, the server's among them", async () => {
    const names = await waitingFor(CLUSTERWIDE, layers(withCilium));
    for (const name of [...SERVER, ...CLIENTS, ...REGISTRATION]) assert.ok(names.includes(name), name);
  });

  it("applies the grants' policies before the pods of clients and server start", async () => {
    const names = await waitingFor(POLICY, layers(withCilium));
    assert.deepEqual(names, [...CLIENTS, ...REGISTRATION, "coruscanthealth-deployment"].sort());
  });

  it("opens the endpoint once all policies stand, and closes it at once", async () => {
    const access = "coruscanthealth-access-access";
    assert.ok((await waitingFor(POLICY, layers(open))).includes(access));
    assert.ok((await waitingFor(CLUSTERWIDE, layers(open))).includes(access));
    assert.ok(!(await waitingFor(POLICY, layers(withCilium))).includes(access));
  });

  it("starts clients and registration once the server is ready", async () => {
    const names = await waitingFor("kubernetes:core/v1:Service", layers(withCilium));
    assert.deepEqual(names, [
      ...["21-b", "dd-13", "fx-6", "payer"].map((client) => `${client}-deployment`),
      "register-patient-darthvader-job",
    ]);
  });
});
