import assert from "node:assert/strict";
import { Galaxy } from "./galaxy.ts";
import { everything } from "../cluster/index.ts";

/** What each step of the story changes in the cluster, and nothing else. */
const CHANGES: Readonly<Record<string, readonly string[]>> = {
  "deny-all": [
    "create deny-all-policy",
    "create fhir-access-coruscanthealth-ingress",
    "create fhir-access-fhir-registration",
  ],
  "break-glass": ["update coruscanthealth-access-access"],
  "grant-empire": ["create fhir-access-l7-visibility", "update fhir-access-coruscanthealth-ingress"],
  "grant-payer": ["create fhir-access-l7-visibility-payer", "update fhir-access-coruscanthealth-ingress"],
  "right-record": ["update payer-deployment"],
  "back-to-smart": ["update coruscanthealth-access-access"],
};

const POLICIES = "/apis/cilium.io/v2/namespaces/galactic-fhir/ciliumnetworkpolicies";
const CLUSTERWIDE = "/apis/cilium.io/v2/ciliumclusterwidenetworkpolicies";
const CONFIG_MAPS = "/api/v1/namespaces/galactic-fhir/configmaps";
const DEPLOYMENTS = "/apis/apps/v1/namespaces/galactic-fhir/deployments";

describe("The Star Wars story on a real API server, by the real engine", function () {
  this.timeout(180_000);
  let galaxy: Galaxy;
  let atFirst: readonly string[];

  before(async function () {
    galaxy = await Galaxy.begin(this);
    await galaxy.addVolume();
    atFirst = await everything(galaxy.cluster.client);
  });
  after(() => (galaxy as Galaxy | undefined)?.stop());

  const names = async (path: string) =>
    (await galaxy.cluster.client.list(path)).map(({ metadata }) => metadata.name).sort();

  it("is refused while Cilium is neither in the cluster nor in the stack, before anything is changed", async () => {
    await galaxy.configure({ path: ["cilium"], value: { install: false } });
    const preview = await galaxy.engine.pulumi("preview");
    assert.equal(preview.code, 0, preview.output);
    assert.match(preview.output, /warning: attested-fhir:fhirCluster\.context = "test": .* has no Cilium/);
    const up = await galaxy.engine.pulumi("up", "--yes", "--skip-preview");
    assert.notEqual(up.code, 0);
    assert.match(up.output, /error: .* has no Cilium: .* Nothing was changed\./);
    assert.deepEqual(await everything(galaxy.cluster.client), atFirst);
  });

  it("begins from nothing, in one `up`: Cilium, server, record and clients, and no policy", async () => {
    const [first] = galaxy.story.steps;
    await galaxy.takeStep(first?.name ?? "");
    await galaxy.up();
    assert.deepEqual(await names(DEPLOYMENTS), ["21-b", "coruscanthealth", "dd-13", "fx-6", "payer"]);
    assert.deepEqual(await names(POLICIES), []);
    assert.deepEqual(await names(CLUSTERWIDE), []);
    const [job] = await galaxy.cluster.client.list("/apis/batch/v1/namespaces/galactic-fhir/jobs");
    assert.match(job?.metadata.name ?? "", /^register-patient-darthvader-/);
    assert.equal(job?.status?.succeeded, 1);
  });

  it("tells each step by the changes that the story makes, and by no other", async () => {
    const [, ...steps] = galaxy.story.steps;
    assert.deepEqual(
      steps.map(({ name }) => name),
      Object.keys(CHANGES),
    );
    for (const { name } of steps) {
      await galaxy.takeStep(name);
      assert.deepEqual(await galaxy.planned(), CHANGES[name], name);
      await galaxy.up();
      await THEN[name]?.();
    }
  });

  /** What holds in the cluster once a step is taken. */
  const THEN: Readonly<Record<string, () => Promise<void>>> = {
    "deny-all": async () => {
      assert.deepEqual(await names(CLUSTERWIDE), ["denyall-coruscanthealth"]);
      assert.deepEqual(await names(POLICIES), ["coruscanthealth-ingress", "fhir-registration"]);
    },
    "break-glass": async () => {
      assert.match(await accessMode(), /^breakGlass debugMode=7 until=\S+Z afterwards=5\n$/);
    },
    "grant-payer": async () => {
      assert.deepEqual(await names(POLICIES), [
        "coruscanthealth-ingress",
        "fhir-registration",
        "l7-visibility",
        "l7-visibility-payer",
      ]);
      assert.match(await payersRequest(), /\/Patient\/AnakinSkywalker$/);
    },
    "right-record": async () => {
      assert.match(await payersRequest(), /\/Patient\/DarthVader$/);
    },
    "back-to-smart": async () => {
      assert.equal(await accessMode(), "smart debugMode=5\n");
    },
  };

  const accessMode = async () => {
    const { data } = await galaxy.cluster.client.get(`${CONFIG_MAPS}/coruscanthealth-access`);
    return data?.access ?? "";
  };

  const payersRequest = async () => {
    const { spec } = await galaxy.cluster.client.get(`${DEPLOYMENTS}/payer`);
    const { template } = spec as { template: { spec: { containers: { command: string[] }[] } } };
    return template.spec.containers[0]?.command.at(-1) ?? "";
  };

  it("ends where the stack file begins: nothing is left to change", async () => {
    await galaxy.configure();
    assert.deepEqual(await galaxy.planned(), []);
    const { code, output } = await galaxy.engine.pulumi(
      "refresh",
      "--yes",
      "--skip-preview",
      "--expect-no-changes",
    );
    assert.equal(code, 0, output);
  });

  it("shows a policy that was edited by hand in a preview with --refresh, and `up` restores it", async () => {
    const { client } = galaxy.cluster;
    const path = `${POLICIES}/l7-visibility`;
    const { spec } = await client.get(path);
    await client.patch(path, [{ op: "replace", path: "/spec/egress", value: [{}] }], "json");
    try {
      assert.deepEqual(await galaxy.planned("--refresh"), ["update fhir-access-l7-visibility"]);
      await galaxy.engine.pulumi("up", "--yes", "--skip-preview", "--refresh");
      assert.deepEqual((await client.get(path)).spec, spec);
    } finally {
      // Where the engine could not, the tests after this one still begin with the policy as it was.
      await client.patch(path, [{ op: "replace", path: "/spec", value: spec }], "json");
    }
  });

  it("shows in a preview with --refresh that deny-all was deleted, and `up` restores it", async () => {
    const { client } = galaxy.cluster;
    await client.delete(`${CLUSTERWIDE}/denyall-coruscanthealth`);
    await client.waitUntilGone(`${CLUSTERWIDE}/denyall-coruscanthealth`);
    assert.deepEqual(await galaxy.planned("--refresh"), ["create deny-all-policy"]);
    await galaxy.engine.pulumi("up", "--yes", "--skip-preview", "--refresh");
    assert.deepEqual(await names(CLUSTERWIDE), ["denyall-coruscanthealth"]);
  });

  it("is taken down to the last object", async () => {
    const { code, output } = await galaxy.engine.pulumi("destroy", "--yes", "--skip-preview");
    assert.equal(code, 0, output);
    const left = (await everything(galaxy.cluster.client)).filter((path) => !atFirst.includes(path));
    // Pods end a little later than what they belong to; what does not end fails the test.
    for (const path of left) await galaxy.cluster.client.waitUntilGone(path);
  });
});
