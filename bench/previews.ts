import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { runEngine } from "../preview/engine.ts";
import { makeThrowaway } from "../preview/throwaway.ts";
import { findToolchain, howToInstall, searchIn, type Toolchain } from "../preview/toolchain.ts";
import { pinnedVersion } from "../preview/pins.ts";
import { Problem } from "../preview/problem.ts";
import { median } from "./median.ts";
import { watchMemory } from "./process-tree.ts";

/** What a preview costs by the engine, the contestants in turn. */

const REPOSITORY = join(import.meta.dirname, "..");

/** The contestants that are held against each other besides the floor. */
const EMPTY = "an empty program, an empty pack";
const KIND = "kind with its pack, by npm run preview";

interface Contestant {
  readonly name: string;
  readonly root: string;
  readonly project: string;
  readonly stack: string;
  readonly stackFile: string;
  readonly policyPack: string;
  /** Where Node keeps what it compiled, as `npm run preview` has it; plain Pulumi keeps nothing. */
  readonly compileCache?: string;
}

interface Sample {
  readonly seconds: number;
  readonly peakMib: number | undefined;
}

async function contestants(compileCache: string): Promise<Contestant[]> {
  const own = { root: REPOSITORY, project: "attested-fhir", policyPack: join(REPOSITORY, "policy-pack") };
  const stacks = ["tutorial", "prod-signing", "prod", "kind"].map(async (stack) => {
    const stackFile = await readFile(join(REPOSITORY, `stacks/Pulumi.${stack}.yaml`), "utf8");
    const common = { ...own, stack, stackFile };
    return [
      { ...common, name: `${stack} with its pack, by plain pulumi` },
      { ...common, name: `${stack} with its pack, by npm run preview`, compileCache },
    ];
  });
  const floor = {
    name: "floor: a resource of each plugin, an empty pack",
    root: join(import.meta.dirname, "floor"),
    project: "floor",
    stack: "floor",
    stackFile: "config: {}\n",
    policyPack: join(import.meta.dirname, "empty-pack"),
  };
  const empty = { ...floor, name: EMPTY, root: join(import.meta.dirname, "empty"), project: "empty" };
  return [floor, empty, ...(await Promise.all(stacks)).flat()];
}

async function measure(contestant: Contestant, toolchain: Toolchain): Promise<Sample> {
  const dir = await mkdtemp(join(tmpdir(), "attested-fhir-bench-"));
  const throwaway = await makeThrowaway(dir, contestant.project, contestant.stack, toolchain, process.env);
  const configFile = join(dir, `Pulumi.${contestant.stack}.yaml`);
  await writeFile(configFile, contestant.stackFile);
  const path = [toolchain.binDir, dirname(process.execPath), process.env.PATH].join(delimiter);
  const stopWatching = watchMemory();
  const start = performance.now();
  try {
    const { violations } = await runEngine({
      cli: join(toolchain.binDir, "pulumi"),
      root: contestant.root,
      stack: contestant.stack,
      configFile,
      policyPacks: [contestant.policyPack],
      refresh: false,
      env: {
        ...throwaway.env,
        PATH: path,
        ...(contestant.compileCache !== undefined && { NODE_COMPILE_CACHE: contestant.compileCache }),
      },
      signal: new AbortController().signal,
    });
    if (violations.length > 0) throw new Error(`${contestant.name}: ${violations[0]?.message ?? ""}`);
    return { seconds: (performance.now() - start) / 1000, peakMib: stopWatching() };
  } finally {
    await throwaway.close();
    await rm(dir, { recursive: true, force: true });
  }
}

function print(names: readonly string[], samples: readonly (readonly Sample[])[]): void {
  const [floor = []] = samples;
  console.log(`\nmedians of ${floor.length} rounds, the contestants in turn`);
  console.log("ratio   seconds  peak MiB  preview");
  for (const [index, name] of names.entries()) {
    const own = samples[index] ?? [];
    const ratio = ratioOf(own, floor);
    const seconds = median(own.map((sample) => sample.seconds));
    const peak = median(own.map(({ peakMib }) => peakMib ?? NaN));
    const memory = Number.isNaN(peak) ? "-" : String(peak);
    console.log(
      `${ratio.toFixed(2).padStart(5)}  ${seconds.toFixed(2).padStart(8)}  ${memory.padStart(8)}  ${name}`,
    );
  }
}

/** The median of the ratios round by round, which a machine that is busy for a while does not change. */
function ratioOf(one: readonly Sample[], other: readonly Sample[]): number {
  return median(one.map(({ seconds }, round) => seconds / (other[round]?.seconds ?? NaN)));
}

/**
 * Measures them all, and prints ratios.
 *
 * @param compileCache where Node keeps what it compiled
 * @throws Problem where there is no Pulumi
 */
export async function benchPreviews(rounds: number, compileCache: string): Promise<void> {
  const toolchain = await findToolchain(searchIn(process.env, REPOSITORY));
  if (toolchain === undefined)
    throw new Problem(howToInstall(await pinnedVersion(REPOSITORY, "@pulumi/pulumi")));
  const all = await contestants(compileCache);
  // One round is not counted: it brings the files into memory, for everybody alike.
  for (const contestant of all) await measure(contestant, toolchain);
  const samples: Sample[][] = all.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, contestant] of all.entries())
      samples[index]?.push(await measure(contestant, toolchain));
    console.log(`round ${round + 1} of ${rounds}`);
  }
  print(
    all.map(({ name }) => name),
    samples,
  );
  const samplesOf = (wanted: string) => samples[all.findIndex(({ name }) => name === wanted)] ?? [];
  console.log(`\nkind against the empty program: ${ratioOf(samplesOf(KIND), samplesOf(EMPTY)).toFixed(2)}`);
}
