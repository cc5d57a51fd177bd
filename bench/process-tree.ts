import { readdirSync, readFileSync } from "node:fs";

/** Memory of this process's descendants, as Linux tells it in /proc. */

const PAGE_KIB = 4;
const INTERVAL_MS = 50;

interface Process {
  readonly parent: number;
  readonly residentKib: number;
}

/** Samples the descendants until it is stopped, and then tells the most that they held together, in MiB. */
export function watchMemory(): () => number | undefined {
  if (process.platform !== "linux") return () => undefined;
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, descendantsKib(process.pid, processes()));
  }, INTERVAL_MS);
  return () => {
    clearInterval(timer);
    return Math.round(peak / 1024);
  };
}

function processes(): Map<number, Process> {
  const numbers = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return new Map(numbers.flatMap((name) => readProcess(name)));
}

function readProcess(name: string): [number, Process][] {
  try {
    // The command stands in parentheses and may hold anything, so count from behind it.
    const stat = readFileSync(`/proc/${name}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return [[Number(name), { parent: Number(fields[1]), residentKib: Number(fields[21]) * PAGE_KIB }]];
  } catch {
    return []; // It ended meanwhile.
  }
}

function descendantsKib(pid: number, all: ReadonlyMap<number, Process>): number {
  const children = [...all].filter(([, { parent }]) => parent === pid);
  return children.reduce(
    (sum, [child, { residentKib }]) => sum + residentKib + descendantsKib(child, all),
    0,
  );
}
