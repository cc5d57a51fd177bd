import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Override } from "../../preview/project/config-path.ts";
import { readProject } from "../../preview/project/project.ts";
import { StackFile } from "../../preview/project/stack-file.ts";
import { readStory, resolveStep, type Story } from "../../preview/project/story.ts";
import { CILIUM_VERSION } from "../../components/cilium/version.ts";
import { type Cluster, clusterProgramsOrSkip, startCluster } from "../cluster/index.ts";
import { chartOrSkip } from "../components/cilium/charts.ts";
import { REPOSITORY, toolchainOrSkip } from "../toolchain.ts";
import { Engine } from "./engine.ts";

/** What the stack is made from. */
interface Source {
  /** The text of its file. */
  readonly stackFile: string;
  /** The archive of Cilium's chart, since tests reach no repository. */
  readonly chart: string;
}

/** The stack `kind` on a real API server, run by the real engine. */
export class Galaxy {
  readonly cluster: Cluster;
  readonly engine: Engine;
  readonly story: Story;
  private readonly source: Source;
  /** When the story runs: the same time for all its steps, or each would open the endpoint anew. */
  private readonly now = new Date();

  private constructor(cluster: Cluster, engine: Engine, story: Story, source: Source) {
    this.cluster = cluster;
    this.engine = engine;
    this.story = story;
    this.source = source;
  }

  /** An empty cluster of three nodes, and an empty state. Skips the suite where the tools are missing. */
  static async begin(suite: Mocha.Context): Promise<Galaxy> {
    const tools = await toolchainOrSkip(suite);
    const binDir = await clusterProgramsOrSkip(suite);
    const project = await readProject(REPOSITORY);
    const story = await readStory(project);
    const stackFile = await readFile(join(project.stacksDir, "Pulumi.kind.yaml"), "utf8");
    const chart = await chartOrSkip(suite, CILIUM_VERSION);
    const cluster = await startCluster({ binDir, nodes: 3 });
    let engine: Engine | undefined;
    try {
      engine = await Engine.start(tools, "kind", stackFile, { KUBECONFIG: cluster.kubeconfig });
      const galaxy = new Galaxy(cluster, engine, story, { stackFile, chart });
      await galaxy.configure();
      return galaxy;
    } catch (error) {
      await engine?.stop();
      await cluster.stop();
      throw error;
    }
  }

  /** Puts the stack in force as its file has it, but for some values. */
  async configure(...overrides: readonly Override[]): Promise<void> {
    const file = new StackFile(this.source.stackFile, "stacks/Pulumi.kind.yaml", "attested-fhir");
    const chart: Override = { path: ["cilium", "chart"], value: this.source.chart };
    for (const override of [CONTEXT, chart, ...overrides]) file.set(override);
    await this.engine.configure(file.toString());
  }

  /** Puts a step of the story in force. */
  async takeStep(step: string): Promise<void> {
    const { overrides } = resolveStep(this.story, { stack: "kind", step }, this.now);
    await this.configure(...overrides);
  }

  /** What `pulumi up` would do to the cluster, `create NAME`, in the order of the names. */
  async planned(...flags: readonly string[]): Promise<string[]> {
    const { code, output } = await this.engine.pulumi("preview", "--json", ...flags);
    if (code !== 0) throw new Error(output);
    const { steps } = JSON.parse(output.slice(output.indexOf("{"))) as {
      steps: { op: string; urn: string }[];
    };
    return steps
      .filter(({ op, urn }) => op !== "same" && op !== "refresh" && !IS_COMPONENT.test(urn))
      .map(({ op, urn }) => `${op} ${urn.slice(urn.lastIndexOf("::") + 2)}`)
      .sort();
  }

  /** Brings the cluster to what the stack says; throws with all that the engine said where it fails. */
  async up(): Promise<void> {
    const { code, output } = await this.engine.pulumi("up", "--yes", "--skip-preview");
    if (code !== 0) throw new Error(output);
  }

  /** A volume for IRIS's data, which a cluster of real nodes would make when it is claimed. */
  async addVolume(): Promise<void> {
    await this.cluster.client.create("/api/v1/persistentvolumes", VOLUME);
  }

  async stop(): Promise<void> {
    await this.engine.stop();
    await this.cluster.stop();
  }
}

/** The context of the test cluster's kubeconfig. */
const CONTEXT: Override = { path: ["fhirCluster", "context"], value: "test" };

/** The URN of a component of ours, which stands for others. */
const IS_COMPONENT = /(?:::|\$)attested-fhir:[^:$]+:\w+::[^:]+$/;

const VOLUME = {
  apiVersion: "v1",
  kind: "PersistentVolume",
  metadata: { name: "records" },
  spec: {
    capacity: { storage: "10Gi" },
    accessModes: ["ReadWriteOnce"],
    hostPath: { path: "/records" },
    persistentVolumeReclaimPolicy: "Delete",
  },
};
