import assert from "node:assert/strict";
import { stringify } from "yaml";
import { SYSTEM_NAMESPACES } from "@attested-fhir/required-labels";
import {
  ApiError,
  type Cluster,
  clusterProgramsOrSkip,
  type KubernetesObject,
  startCluster,
} from "../cluster/index.ts";
import { gatekeeperChartOrSkip } from "../gatekeeper/chart.ts";
import { GatekeeperManager, managerOrSkip } from "../gatekeeper/manager.ts";
import { toolchainOrSkip } from "../toolchain.ts";
import { Engine } from "./engine.ts";

const NAMESPACES = "/api/v1/namespaces";
const CONSTRAINT = "/apis/constraints.gatekeeper.sh/v1beta1/k8srequiredlabels/all-must-have-product";
const MESSAGE =
  "All namespaces must have a `product` label that points to your product (options: celegans, neuroglass, cloudharness).";
const RULE = {
  key: "product",
  allowedRegex: "^(celegans|neuroglass|cloudharness)$",
  message: MESSAGE,
  exemptNamespaces: [...SYSTEM_NAMESPACES, "gke-managed-*"],
};

const namespace = (name: string, labels: Readonly<Record<string, string>>) => ({
  metadata: { name, labels },
});

/** Creates a namespace as a dry run, so that each test leaves the cluster as it was. */
async function refusal(cluster: Cluster, object: unknown): Promise<string | undefined> {
  try {
    await cluster.client.create(`${NAMESPACES}?dryRun=All`, object);
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.message;
  }
}

/** The tests that both engines of the rule have to pass. */
function enforcesTheRule(cluster: () => Cluster): void {
  it("the seed's two namespaces, labelled team, are refused with the stack's message", async () => {
    for (const [name, team] of [
      ["allowed-namespace", "celegans"],
      ["disallowed-namespace", "invalid"],
    ] as const) {
      assert.match(
        (await refusal(cluster(), namespace(name, { team }))) ?? "",
        /403.*All namespaces must have/s,
      );
    }
  });

  it("a namespace labelled product=celegans is admitted, another value or none is refused", async () => {
    assert.equal(await refusal(cluster(), namespace("worms", { product: "celegans" })), undefined);
    for (const product of ["celegans2", "not-celegans", "Celegans", ""]) {
      assert.match((await refusal(cluster(), namespace("worms", { product }))) ?? "", /403/, product);
    }
    assert.match((await refusal(cluster(), { metadata: { name: "worms" } })) ?? "", /403/);
  });

  it("changing the label to another value and removing it are refused", async () => {
    const { client } = cluster();
    const { metadata: created } = await client.create(NAMESPACES, {
      metadata: { generateName: "labelled-", labels: { product: "neuroglass" } },
    });
    const path = `${NAMESPACES}/${created.name}`;
    await assert.rejects(client.patch(path, { metadata: { labels: { product: "other" } } }), /403/);
    await assert.rejects(client.patch(path, { metadata: { labels: { product: null } } }), /403/);
    await client.patch(path, { metadata: { labels: { product: "cloudharness", team: "a" } } });
    const { metadata } = await client.get(path);
    assert.equal(metadata.labels?.product, "cloudharness");
  });

  it("system namespaces and exempt prefixes are admitted without the label", async () => {
    const { client } = cluster();
    await client.patch(`${NAMESPACES}/kube-system`, { metadata: { annotations: { touched: "yes" } } });
    assert.equal(await refusal(cluster(), namespace("gke-managed-x", {})), undefined);
  });
}

describe("Required labels on a real API server", function () {
  this.timeout(180_000);
  let cluster: Cluster;
  let engine: Engine;

  before(async function () {
    const tools = await toolchainOrSkip(this);
    cluster = await startCluster({ binDir: await clusterProgramsOrSkip(this) });
    engine = await Engine.startProgram(tools, "required-labels.ts", { KUBECONFIG: cluster.kubeconfig });
  });

  after(async () => {
    // Both are missing where the suite was skipped.
    await (engine as Engine | undefined)?.stop();
    await (cluster as Cluster | undefined)?.stop();
  });

  const configure = (settings: object) => {
    const keys = Object.entries(settings).map(([key, value]): [string, unknown] => [
      `attested-fhir:${key}`,
      value,
    ]);
    return engine.configure(stringify({ config: Object.fromEntries(keys) }));
  };
  const succeeds = async (...command: readonly string[]) => {
    const { code, output } = await engine.pulumi(...command);
    assert.equal(code, 0, output);
    return output;
  };
  const up = () => succeeds("up", "--yes", "--skip-preview");

  describe("by ValidatingAdmissionPolicy", () => {
    before(async () => {
      await configure({ engine: "validatingAdmissionPolicy", rule: RULE });
      await up();
      // The API server takes a policy into account a moment after it was created.
      await untilEnforced(cluster);
    });

    enforcesTheRule(() => cluster);

    it("dryrun admits with a warning, and deny refuses again", async () => {
      await configure({ engine: "validatingAdmissionPolicy", rule: { ...RULE, enforcement: "dryrun" } });
      await up();
      await untilRefusal(cluster, false);
      await configure({ engine: "validatingAdmissionPolicy", rule: RULE });
      await up();
      await untilEnforced(cluster);
    });

    it("a second preview finds no changes, and destroy leaves no policy", async () => {
      await succeeds("preview", "--expect-no-changes");
      await succeeds("destroy", "--yes", "--skip-preview");
      await untilRefusal(cluster, false);
    });
  });

  describe("by Gatekeeper", () => {
    let chart: string;
    let program: string;
    let manager: GatekeeperManager | undefined;

    before(async function () {
      chart = await gatekeeperChartOrSkip(this);
      program = await managerOrSkip(this, await clusterProgramsOrSkip(this));
      await cluster.client.create(NAMESPACES, namespace("before", {}));
      await allocatable("256Mi");
      await configure({ engine: "gatekeeper", chart, rule: RULE });
      const running = engine.begin("up", "--yes", "--skip-preview");
      const [{ code, output }] = await Promise.all([running.outcome, play()]);
      assert.equal(code, 0, output);
      await untilEnforced(cluster);
    });

    after(async () => {
      await manager?.stop();
    });

    /** The node's memory, from the size at which none of Gatekeeper's pods is scheduled to one at which all are. */
    async function allocatable(memory: string): Promise<void> {
      await cluster.client.patch("/api/v1/nodes/node-1/status", { status: { allocatable: { memory } } });
    }

    /** Runs the manager, and lets the pods that kwok plays become ready once it is: as if they were its own. */
    async function play(): Promise<void> {
      manager = await GatekeeperManager.start(program, cluster);
      await allocatable("16Gi");
    }

    enforcesTheRule(() => cluster);

    const reported = (enforcementAction: string) =>
      cluster.client.waitFor(CONSTRAINT, (constraint) =>
        violations(constraint).some(
          (one) => one.name === "before" && one.enforcementAction === enforcementAction,
        ),
      );

    it("audit reports the namespace that was there before the Constraint", async () => {
      await reported("deny");
    });

    it("failurePolicy Fail refuses every namespace while the webhook is down, and leaves other kinds alone", async () => {
      await manager?.crash();
      const refused = await refusal(cluster, namespace("worms", { product: "celegans" }));
      assert.match(refused ?? "", /500.*failed calling webhook/s);
      const configMap = { metadata: { name: "any" } };
      await cluster.client.create("/api/v1/namespaces/default/configmaps?dryRun=All", configMap);
    });

    it("failurePolicy Ignore admits every namespace while the webhook is down, and none without the label after", async () => {
      await configure({ engine: "gatekeeper", chart, rule: { ...RULE, failurePolicy: "Ignore" } });
      await manager?.restoreWebhooks(cluster);
      await up();
      await untilRefusal(cluster, false);
      await manager?.restart();
      await manager?.receiveAdmissionReviews(cluster);
      await untilEnforced(cluster);
    });

    it("dryrun admits namespaces without the label and reports them, and deny refuses them again", async () => {
      const rule = { ...RULE, failurePolicy: "Ignore" };
      await configure({ engine: "gatekeeper", chart, rule: { ...rule, enforcement: "dryrun" } });
      await up();
      await untilRefusal(cluster, false);
      await reported("dryrun");
      await configure({ engine: "gatekeeper", chart, rule });
      await up();
      await untilEnforced(cluster);
      await succeeds("preview", "--expect-no-changes");
    });

    it("destroy removes Constraint, template and Gatekeeper, and namespaces are admitted again", async () => {
      await succeeds("destroy", "--yes", "--skip-preview");
      await untilRefusal(cluster, false);
    });
  });
});

interface Violation {
  readonly name: string;
  readonly enforcementAction: string;
}

function violations(constraint: KubernetesObject): readonly Violation[] {
  const { status } = constraint as unknown as { status?: { violations?: readonly Violation[] } };
  return status?.violations ?? [];
}

const untilEnforced = (cluster: Cluster) => untilRefusal(cluster, true);

/** Until the API server refuses a namespace without the label, or admits it: it applies changes after a moment. */
async function untilRefusal(cluster: Cluster, refused: boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (((await refusal(cluster, namespace("probe", {}))) !== undefined) !== refused) {
    if (Date.now() > deadline) assert.fail(`namespaces are ${refused ? "still admitted" : "still refused"}`);
  }
}
