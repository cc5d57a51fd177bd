import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { answerBatch, clusterInput, buildMatrix, buildClusterModel } from "@attested-fhir/cilium-access";
import type { Batch, Query } from "../test/oracle/batch.ts";
import { startOracles } from "../test/oracle/oracle.ts";
import { type SyntheticCluster, synthesizeCluster, type ClusterSize } from "./synthetic-cluster.ts";
import { median } from "./median.ts";

/** What it costs to know who may ask whom. */

const BASE: ClusterSize = { orgs: 100, grants: 1000, servers: 50 };

const SIZES: Readonly<Record<string, ClusterSize>> = {
  "100 organisations, 1,000 grants, 50 servers": BASE,
  "twice the organisations": { ...BASE, orgs: 2 * BASE.orgs },
  "twice the grants": { ...BASE, grants: 2 * BASE.grants },
  "twice the servers": { ...BASE, servers: 2 * BASE.servers },
  "twice of all": { orgs: 2 * BASE.orgs, grants: 2 * BASE.grants, servers: 2 * BASE.servers },
};

interface Sample {
  /** To read objects and policies. */
  readonly reading: number;
  /** To answer everything. */
  readonly asking: number;
  /** Verdicts, where each client's on each request counts. */
  readonly decisions: number;
}

function measure({ objects, grants }: SyntheticCluster): Sample {
  const start = performance.now();
  const model = buildClusterModel(clusterInput(objects, "default"));
  const read = performance.now();
  const { servers } = buildMatrix(model, { grants });
  const end = performance.now();
  const decisions = servers.reduce((sum, { probes, clients }) => sum + probes.length * clients.length, 0);
  return { reading: read - start, asking: end - read, decisions };
}

const total = ({ reading, asking }: Sample) => reading + asking;

/**
 * Measures and prints: how the matrix grows when organisations, grants and servers double, each by itself and all
 * together; what Cilium's own engine takes for the same decisions; what a preview of the stack `kind` pays.
 */
export async function benchAccess(rounds: number, compileCache: string): Promise<void> {
  benchGrowth(rounds);
  await benchOracles(rounds);
  await benchKind(rounds, compileCache);
}

/** Of all rounds the fastest counts: the rest is what else ran. */
function benchGrowth(rounds: number): void {
  const fleets = Object.entries(SIZES).map(([name, size]) => ({
    name,
    fleet: synthesizeCluster(size),
    samples: [] as Sample[],
  }));
  for (let round = 0; round < rounds; round += 1) {
    for (const each of fleets) each.samples.push(measure(each.fleet));
  }
  console.log("\nthe access matrix");
  let base: Sample | undefined;
  for (const { name, samples } of fleets) {
    const best = samples.reduce((one, other) => (total(other) < total(one) ? other : one));
    base ??= best;
    const rows = {
      decisions: `${best.decisions.toLocaleString("en")}, ${(best.decisions / base.decisions).toFixed(2)} times`,
      time: `${(total(best) / 1000).toFixed(2)} s, ${(total(best) / total(base)).toFixed(2)} times`,
      reading: `${Math.round((100 * best.reading) / total(best))} % of it`,
      "a decision": `${((1e6 * best.asking) / best.decisions).toFixed(0)} ns`,
    };
    console.log(name);
    for (const [row, value] of Object.entries(rows)) console.log(`  ${row.padEnd(12)}${value}`);
  }
}

/** One of so many clients is asked about, for each question is an object here. */
const ONE_OF = 8;

/** The same batches to our engine and to Cilium's, with what it takes to read the questions. */
async function benchOracles(rounds: number): Promise<void> {
  const oracles = await startOracles();
  if (oracles === undefined) {
    console.log("\nCilium's own engine needs Go to be built, and there is none");
    return;
  }
  const batch = batchOf(synthesizeCluster(BASE));
  const policies = { ...batch, queries: [] };
  const contestants = [
    { name: "access", ask: (asked: Batch) => answerBatch(JSON.parse(JSON.stringify(asked))) },
    ...oracles.map((oracle) => ({
      name: `Cilium ${oracle.version}`,
      ask: (asked: Batch) => oracle.ask(asked),
    })),
  ];
  const samples = contestants.map(() => [] as { readonly reading: number; readonly deciding: number }[]);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { ask }] of contestants.entries()) {
      const [reading, whole] = [await timeOf(() => ask(policies)), await timeOf(() => ask(batch))];
      samples[index]?.push({ reading, deciding: whole - reading });
    }
  }
  await Promise.all(oracles.map((oracle) => oracle.stop()));
  console.log(`\n${batch.queries.length.toLocaleString("en")} of these decisions as a batch`);
  for (const [index, { name }] of contestants.entries()) {
    const own = samples[index] ?? [];
    const ratio = median(own.map(({ deciding }, round) => deciding / (samples[0]?.[round]?.deciding ?? NaN)));
    const each = (median(own.map(({ deciding }) => deciding)) * 1e6) / batch.queries.length;
    const reading = median(own.map((sample) => sample.reading));
    console.log(
      `  ${name.padEnd(12)}${ratio.toFixed(2)} times, ${each.toFixed(0)} ns a decision with its question; ${reading.toFixed(0)} ms for the policies`,
    );
  }
}

function batchOf({ objects, grants }: SyntheticCluster): Batch {
  const input = clusterInput(objects, "default");
  const model = buildClusterModel(input);
  const queries = buildMatrix(model, { grants }).servers.flatMap(
    ({ server, port, probes, clients }): Query[] =>
      clients
        .filter(({ client }, index) => index % ONE_OF === 0 && model.workloads.includes(client))
        .flatMap(({ client }) =>
          probes.map(({ method, path }) => ({ src: client.name, dst: server.name, port, method, path })),
        ),
  );
  const endpoints = input.workloads.map(({ name, namespace, labels }) => ({
    name,
    namespace,
    labels,
    ports: {},
  }));
  return { policies: input.policies, endpoints, queries };
}

async function timeOf(act: () => unknown): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

async function benchKind(rounds: number, compileCache: string): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(import.meta.dirname, "kind-access.ts")],
      {
        env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
      },
    );
    // The first one fills Node's cache, as the first of all previews does.
    if (round > 0) times.push(Number(stdout));
  }
  console.log(
    `\nwhat a preview of kind pays for it: ${median(times).toFixed(0)} ms, the median of ${rounds}`,
  );
}
