import { readdir, readFile } from "node:fs/promises";

/**
 * Ends what is left of a session of processes. The engine puts its plugins into process groups of their own, but they
 * stay in its session, and where it fails early it forgets to stop them.
 *
 * Does nothing on systems without /proc; plugins end by themselves there when they miss their engine.
 *
 * @param leader id of the process that began the session, by being started detached
 */
export async function killSession(leader: number): Promise<void> {
  const ids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  await Promise.all(
    ids.map(async (id) => {
      if ((await sessionOf(id)) === leader) kill(Number(id));
    }),
  );
}

/** The session of a process, by proc_pid_stat(5); undefined when it has ended. */
async function sessionOf(id: string): Promise<number | undefined> {
  const stat = await readFile(`/proc/${id}/stat`, "latin1").catch(() => "");
  // The name, in parentheses, may hold anything; after it come state, parent, group and session.
  const session = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[3];
  return session === undefined ? undefined : Number(session);
}

function kill(id: number): void {
  try {
    process.kill(id, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
