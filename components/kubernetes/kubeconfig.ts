import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

/** A cluster that a kubeconfig defines. */
export interface KubeconfigCluster {
  /** The context that names it. */
  readonly context: string;
  /** Address of its API server, `https://127.0.0.1:6443`. */
  readonly server: string;
  /** The file that the context is in. */
  readonly file: string;
  /** A kubeconfig of this context alone, JSON. It may hold credentials: keep it out of logs and of the state. */
  readonly kubeconfig: string;
}

/** The result of looking a context up in kubeconfigs. */
export type KubeconfigLookup =
  | { readonly kind: "cluster"; readonly cluster: KubeconfigCluster }
  /** No kubeconfig exists; the note names the files that were looked for. */
  | { readonly kind: "nothing"; readonly note: string }
  /** What is wrong; completes the sentence that begins with the context's key: "is not a context of …". */
  | { readonly kind: "fault"; readonly fault: string };

const user = z
  .looseObject({ exec: z.looseObject({ command: z.string() }).nullish() })
  .nullish()
  .transform((given) => given ?? {});

/** The fields that lead from a context to a server. All other fields of a kubeconfig are passed on unchanged. */
const schema = z.looseObject({
  "current-context": z.string().nullish(),
  clusters: z
    .array(z.looseObject({ name: z.string(), cluster: z.looseObject({ server: z.string() }) }))
    .nullish(),
  contexts: z
    .array(
      z.looseObject({
        name: z.string(),
        context: z.looseObject({ cluster: z.string(), user: z.string().nullish() }),
      }),
    )
    .nullish(),
  users: z.array(z.looseObject({ name: z.string(), user })).nullish(),
});

/** A kubeconfig as it was read. */
interface Kubeconfig extends z.infer<typeof schema> {
  readonly file: string;
}

/** A cluster or a user of a kubeconfig. */
type Part = z.infer<typeof user>;

/** Keys, of a cluster or a user, that name files. */
const FILE_KEYS = ["certificate-authority", "client-certificate", "client-key", "tokenFile"];

/** Keys that the library for kubeconfigs names differently from Kubernetes. */
const RENAMED: Readonly<Record<string, string>> = { tokenFile: "token-file" };

/** An error in the kubeconfigs. */
class KubeconfigFault extends Error {}

/**
 * The kubeconfigs that kubectl reads.
 *
 * @param variable the value of KUBECONFIG: paths as in PATH
 * @param home the user's home directory
 */
export function kubeconfigFiles(variable: string | undefined, home: string): string[] {
  const named = (variable ?? "").split(delimiter).filter((path) => path !== "");
  return named.length > 0 ? named : [join(home, ".kube", "config")];
}

/**
 * Looks a context up as kubectl does: files that do not exist are skipped, and where two files have an entry of the
 * same name, the first one takes precedence.
 *
 * Source: Kubernetes' documentation, "Organizing Cluster Access Using kubeconfig Files".
 *
 * @param files paths, from `kubeconfigFiles`
 * @param context name of the context; the current one when absent
 */
export function findCluster(files: readonly string[], context?: string): KubeconfigLookup {
  const existing = files.filter((file) => existsSync(file));
  if (existing.length === 0) {
    const verb = files.length === 1 ? "does" : "do";
    return {
      kind: "nothing",
      note: `${files.join(", ")} (from KUBECONFIG or the default) ${verb} not exist`,
    };
  }
  try {
    return { kind: "cluster", cluster: follow(existing.map(readKubeconfig), context) };
  } catch (error) {
    if (error instanceof KubeconfigFault) return { kind: "fault", fault: error.message };
    throw error;
  }
}

function readKubeconfig(file: string): Kubeconfig {
  try {
    const content: unknown = parse(readFileSync(file, "utf8"));
    // kubectl takes an empty file, too.
    const { data, error } = schema.safeParse(content ?? {});
    if (data !== undefined) return { ...data, file };
    throw new Error(z.prettifyError(error));
  } catch (error) {
    throw new KubeconfigFault(
      `cannot be looked up: ${file} is not a kubeconfig: ${(error as Error).message}`,
    );
  }
}

/** From the context to its cluster and its user. */
function follow(all: readonly Kubeconfig[], wanted: string | undefined): KubeconfigCluster {
  const files = all.map(({ file }) => file).join(", ");
  const context = wanted ?? all.map((one) => one["current-context"]).find(Boolean);
  if (!context) throw new KubeconfigFault(`is missing, and ${files} names no current context`);
  const inContext = first(all, "contexts", context);
  if (inContext === undefined) {
    const names = [...new Set(all.flatMap(({ contexts }) => contexts?.map(({ name }) => name) ?? []))];
    const there = names.length > 0 ? `the contexts are ${names.sort().join(", ")}` : "there are none";
    throw new KubeconfigFault(`is not a context of ${files}: ${there}`);
  }
  const { cluster, user } = inContext.entry.context;
  const itsCluster = first(all, "clusters", cluster);
  if (itsCluster === undefined) {
    throw new KubeconfigFault(`refers to the cluster "${cluster}", which ${files} does not define`);
  }
  const itsUser = user ? first(all, "users", user) : undefined;
  if (user && itsUser === undefined) {
    throw new KubeconfigFault(`refers to the user "${user}", which ${files} does not define`);
  }
  return {
    context,
    server: itsCluster.entry.cluster.server,
    file: inContext.file,
    kubeconfig: JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ ...itsCluster.entry, cluster: fromRoot(itsCluster.entry.cluster, itsCluster.file) }],
      users: itsUser && [{ ...itsUser.entry, user: fromRoot(itsUser.entry.user, itsUser.file) }],
      contexts: [inContext.entry],
      "current-context": context,
    }),
  };
}

/** The first entry of a name, and its file. */
function first<Key extends "clusters" | "contexts" | "users">(
  all: readonly Kubeconfig[],
  key: Key,
  name: string,
): { entry: NonNullable<Kubeconfig[Key]>[number]; file: string } | undefined {
  for (const kubeconfig of all) {
    const entries: readonly NonNullable<Kubeconfig[Key]>[number][] = kubeconfig[key] ?? [];
    const entry = entries.find((one) => one.name === name);
    if (entry !== undefined) return { entry, file: kubeconfig.file };
  }
  return undefined;
}

/** Paths in a kubeconfig are relative to its directory; so is a command, unless it is found by PATH. */
function fromRoot({ exec, ...part }: Readonly<Part>, file: string): Part {
  const absolute = (path: string) => resolve(dirname(file), path);
  const entries = Object.entries(part).map(([key, value]) => [
    RENAMED[key] ?? key,
    FILE_KEYS.includes(key) && typeof value === "string" ? absolute(value) : value,
  ]);
  const onPath = exec && !/[\\/]/.test(exec.command);
  return {
    ...(Object.fromEntries(entries) as Part),
    ...(exec && { exec: onPath ? exec : { ...exec, command: absolute(exec.command) } }),
  };
}
