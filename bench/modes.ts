import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { median } from "./median.ts";
import { watchMemory } from "./process-tree.ts";

/**
 * What embedded mode costs against the engine: whole commands, as a user waits for them, and an empty program that only
 * imports the SDK, which no preview can be faster than.
 */

interface Command {
  readonly name: string;
  /** For Node. */
  readonly args: readonly string[];
}

interface Sample {
  readonly seconds: number;
  readonly peakMib: number | undefined;
}

const REPOSITORY = join(import.meta.dirname, "..");
const COUNTS = [10, 100, 1000];
const MODES = {
  embedded: ["--embedded"],
  engine: ["--throwaway"],
} as const;
type ModeName = keyof typeof MODES;

function preview(mode: ModeName, ...args: readonly string[]): readonly string[] {
  return [join(REPOSITORY, "preview/start.mjs"), ...MODES[mode], ...args];
}

function commands(): Command[] {
  const many = (mode: ModeName, count: number): Command => ({
    name: manyName(mode, count),
    args: preview(mode, "--program", join(import.meta.dirname, "many"), "--config", `count=${count}`),
  });
  return [
    { name: "a program that only imports the SDK", args: ["-e", 'require("@pulumi/pulumi")'] },
    { name: "tutorial with its pack, embedded", args: preview("embedded", "--stack", "tutorial") },
    { name: "tutorial with its pack, by the engine", args: preview("engine", "--stack", "tutorial") },
    ...COUNTS.flatMap((count) => [many("embedded", count), many("engine", count)]),
  ];
}

function manyName(mode: ModeName, count: number): string {
  return `${count} resources with our pack, ${mode === "engine" ? "by the engine" : "embedded"}`;
}

async function measure({ name, args }: Command, compileCache: string): Promise<Sample> {
  const stopWatching = watchMemory();
  const start = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: REPOSITORY,
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache, CI: "true" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`${name} ended with exit code ${code ?? "none"}`);
  return { seconds: (performance.now() - start) / 1000, peakMib: stopWatching() };
}

/** Measures both modes, the commands in turn, and prints ratios, and what a resource adds. */
export async function benchModes(rounds: number, compileCache: string): Promise<void> {
  const all = commands();
  // One round is not counted: it brings the files into memory, for everybody alike.
  for (const command of all) await measure(command, compileCache);
  const samples: Sample[][] = all.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, command] of all.entries()) samples[index]?.push(await measure(command, compileCache));
    console.log(`round ${round + 1} of ${rounds}, both modes`);
  }
  print(all, samples);
  printSlopes(new Map(all.map(({ name }, index) => [name, samples[index] ?? []])));
}

function print(all: readonly Command[], samples: readonly (readonly Sample[])[]): void {
  const [empty = []] = samples;
  console.log(`\nmedians of ${empty.length} rounds, the commands in turn`);
  console.log("ratio   seconds  peak MiB  command");
  for (const [index, { name }] of all.entries()) {
    const own = samples[index] ?? [];
    const ratio = median(own.map(({ seconds }, round) => seconds / (empty[round]?.seconds ?? NaN)));
    const seconds = median(own.map((sample) => sample.seconds));
    const peak = median(own.map(({ peakMib }) => peakMib ?? NaN));
    const memory = Number.isNaN(peak) ? "-" : String(peak);
    console.log(
      `${ratio.toFixed(2).padStart(5)}  ${seconds.toFixed(2).padStart(8)}  ${memory.padStart(8)}  ${name}`,
    );
  }
}

function printSlopes(byName: ReadonlyMap<string, readonly Sample[]>): void {
  console.log("\nwhat a resource adds, in milliseconds: medians of the differences within a round");
  for (const [index, more] of COUNTS.slice(1).entries()) {
    const fewer = COUNTS[index] ?? 0;
    const added = (mode: ModeName) => {
      const before = byName.get(manyName(mode, fewer)) ?? [];
      const after = byName.get(manyName(mode, more)) ?? [];
      const each = after.map(({ seconds }, round) => seconds - (before[round]?.seconds ?? NaN));
      return ((median(each) * 1000) / (more - fewer)).toFixed(2);
    };
    console.log(`${fewer} to ${more}: embedded ${added("embedded")}, by the engine ${added("engine")}`);
  }
}
