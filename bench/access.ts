import { type Fleet, fleet, type FleetSize } from "./fleet.ts";
import { clusterInput } from "../access/manifests.ts";
import { matrixOf } from "../access/matrix.ts";
import { modelOf } from "../access/model.ts";

/**
 * `node bench/access.ts [ROUNDS]`: what the access matrix costs, and how it grows when organisations, grants and
 * servers double, each by itself and all together. Of all rounds the fastest counts: the rest is what else ran.
 */

const ROUNDS = Number(process.argv[2] ?? 5);
const BASE: FleetSize = { orgs: 100, grants: 1000, servers: 50 };

const SIZES: Readonly<Record<string, FleetSize>> = {
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

function measure({ objects, grants }: Fleet): Sample {
  const start = performance.now();
  const model = modelOf(clusterInput(objects, "default"));
  const read = performance.now();
  const { servers } = matrixOf(model, { grants });
  const end = performance.now();
  const decisions = servers.reduce((sum, { probes, clients }) => sum + probes.length * clients.length, 0);
  return { reading: read - start, asking: end - read, decisions };
}

const total = ({ reading, asking }: Sample) => reading + asking;

const fleets = Object.entries(SIZES).map(([name, size]) => ({
  name,
  fleet: fleet(size),
  samples: [] as Sample[],
}));
for (let round = 0; round < ROUNDS; round += 1) {
  for (const each of fleets) each.samples.push(measure(each.fleet));
}

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
