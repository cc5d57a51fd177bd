import type { Client } from "./client.ts";

/** What a cluster writes down for itself, and forgets by itself. */
const PASSING = new Set(["events", "leases", "componentstatuses"]);

interface Discovery {
  readonly groups?: readonly { readonly preferredVersion: { readonly groupVersion: string } }[];
  readonly resources?: readonly { readonly name: string; readonly verbs: readonly string[] }[];
}

/** Every object of a cluster, `GROUP/VERSION/RESOURCE NAMESPACE/NAME`, but for what passes by itself. */
export async function everything(client: Client): Promise<ReadonlySet<string>> {
  const ask = async (path: string) => JSON.parse(await client.text(path)) as Discovery;
  const groups = (await ask("/apis")).groups?.map(({ preferredVersion }) => preferredVersion.groupVersion);
  const roots = ["/api/v1", ...(groups ?? []).map((version) => `/apis/${version}`)];
  const collections = await Promise.all(
    roots.map(async (root) =>
      ((await ask(root)).resources ?? [])
        .filter(({ name, verbs }) => verbs.includes("list") && !PASSING.has(name))
        .map(({ name }) => `${root}/${name}`),
    ),
  );
  const objects = await Promise.all(
    collections
      .flat()
      .map(async (path) =>
        (await client.list(path)).map(
          ({ metadata: { namespace = "", name } }) => `${path} ${namespace}/${name}`,
        ),
      ),
  );
  return new Set(objects.flat());
}
