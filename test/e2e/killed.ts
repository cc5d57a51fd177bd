import { readdir, readFile } from "node:fs/promises";

/**
 * Kills (SIGKILL) all processes that have a variable in their environment: a command and all that it has started.
 *
 * @param variable `NAME=VALUE`; choose one that nobody else has
 */
export async function killAllWith(variable: string): Promise<void> {
  for (const id of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const environment = await readFile(`/proc/${id}/environ`, "utf8").catch(() => "");
    if (!environment.split("\0").includes(variable)) continue;
    try {
      process.kill(Number(id), "SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  }
}
