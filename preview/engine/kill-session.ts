import { readdir, readFile } from "node:fs/promises";

/**
 * Kills what is left of a session of processes. The engine starts its plugins in process groups of their own, but in its
 * session, and does not stop them when it fails early.
 *
 * Does nothing on systems without /proc, where plugins exit by themselves when their engine is gone.
 *
 * @param leader id of the session leader, a process that was started detached
 */
export async function killSession(leader: number): Promise<void> {
  const ids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  await Promise.all(
    ids.map(async (id) => {
      if ((await readSession(id)) === leader) kill(Number(id));
    }),
  );
}

/** Reads the session of a process, see proc_pid_stat(5); undefined if it has exited. */
async function readSession(id: string): Promise<number | undefined> {
  const stat = await readFile(`/proc/${id}/stat`, "latin1").catch(() => "");
  // The name is in parentheses and may contain any character; state, parent, group and session follow.
  const session = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[3];
  return session === undefined ? undefined : Number(session);
}

function kill(id: number): void {
  try {
    process.kill(id, "SIGKILL");
  } catch {
    // It has already exited.
  }
}
