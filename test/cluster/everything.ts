import type { Client } from "./client.ts";

/** Kinds that come and go by themselves. */
const PASSING = ["Event", "Lease"];

interface Discovery {
  readonly groups: readonly { readonly preferredVersion: { readonly groupVersion: string } }[];
}

interface Kinds {
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly verbs: readonly string[];
  }[];
}

/** The paths of all objects that there are, of every kind that can be listed; sorted. */
export async function everything(client: Client): Promise<string[]> {
  const { groups } = JSON.parse(await client.text("/apis")) as Discovery;
  const versions = groups.map(({ preferredVersion }) => `/apis/${preferredVersion.groupVersion}`);
  const paths: string[] = [];
  for (const version of ["/api/v1", ...versions]) {
    const { resources } = JSON.parse(await client.text(version)) as Kinds;
    for (const { name, kind, verbs } of resources) {
      if (!verbs.includes("list") || name.includes("/") || PASSING.includes(kind)) continue;
      for (const { metadata } of await client.list(`${version}/${name}`)) {
        const namespace = metadata.namespace === undefined ? "" : `/namespaces/${metadata.namespace}`;
        paths.push(`${version}${namespace}/${name}/${metadata.name}`);
      }
    }
  }
  return paths.sort();
}
