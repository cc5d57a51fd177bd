import { readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";

/** A process, as a failed test wants to show it. */
export interface Holder {
  readonly pid: number;
  readonly command: string;
}

/**
 * The processes that name a directory on their command line, work in it, or hold a file in it open. Linux only.
 * This process does not count.
 */
export async function holders(directory: string): Promise<Holder[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.filter((pid) => pid !== process.pid).map((pid) => holder(pid, directory)),
  );
  return found.filter((one) => one !== undefined);
}

async function holder(pid: number, directory: string): Promise<Holder | undefined> {
  const own = `/proc/${pid}`;
  try {
    const command = (await readFile(join(own, "cmdline"), "utf8")).replaceAll("\0", " ");
    const descriptors = (await readdir(join(own, "fd"))).map((name) => join(own, "fd", name));
    const files = await Promise.all(
      [join(own, "cwd"), ...descriptors].map((link) => readlink(link).catch(() => "")),
    );
    const holds = command.includes(directory) || files.some((file) => file.startsWith(directory));
    return holds ? { pid, command } : undefined;
  } catch {
    // It has ended meanwhile, or belongs to another user.
    return undefined;
  }
}
