import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { compareInTurn, printResults, type Results, type Sample } from "./compare.ts";
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

const REPOSITORY = join(import.meta.dirname, "..");
const COUNTS = [10, 100, 1000];
const MODES = {
  embedded: ["--embedded"],
  engine: ["--engine", "--no-state"],
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
  const results = await compareInTurn(commands(), rounds, "both modes", (command) =>
    measure(command, compileCache),
  );
  printResults(results, "command");
  printSlopes(results);
}

function printSlopes(results: Results): void {
  console.log("\nwhat a resource adds, in milliseconds: medians of the differences within a round");
  for (const [index, more] of COUNTS.slice(1).entries()) {
    const fewer = COUNTS[index] ?? 0;
    const added = (mode: ModeName) => {
      const before = results.get(manyName(mode, fewer)) ?? [];
      const after = results.get(manyName(mode, more)) ?? [];
      const each = after.map(({ seconds }, round) => seconds - (before[round]?.seconds ?? NaN));
      return ((median(each) * 1000) / (more - fewer)).toFixed(2);
    };
    console.log(`${fewer} to ${more}: embedded ${added("embedded")}, by the engine ${added("engine")}`);
  }
}
