import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { parseAllDocuments } from "yaml";
import type { Client } from "../cluster/index.ts";

/** A release as Helm keeps it in the cluster. */
export interface HelmRelease {
  readonly version: number;
  readonly info: { readonly status: string };
  readonly chart: { readonly metadata: { readonly version: string } };
  readonly config: Readonly<Record<string, unknown>>;
  /** What Helm rendered, but for the hooks: YAML documents. */
  readonly manifest: string;
  readonly hooks?: readonly { readonly kind: string; readonly manifest: string }[];
}

/** A rendered object. */
export interface Rendered {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

const SECRETS = "/api/v1/namespaces/kube-system/secrets";

/** The newest revision of a release in kube-system. */
export async function helmRelease(client: Client, name: string): Promise<HelmRelease> {
  const secrets = await client.list(`${SECRETS}?labelSelector=owner%3Dhelm,name%3D${name}`);
  const revisions = secrets.map(({ data }) => {
    const packed = Buffer.from(data?.release ?? "", "base64").toString();
    return JSON.parse(gunzipSync(Buffer.from(packed, "base64")).toString()) as HelmRelease;
  });
  const [newest] = revisions.sort((one, other) => other.version - one.version);
  return newest ?? assert.fail(`Helm keeps no release ${name}`);
}

/** All objects of a release, those of hooks too. */
export function rendered({ manifest, hooks = [] }: HelmRelease): Rendered[] {
  return [manifest, ...hooks.map((hook) => hook.manifest)]
    .flatMap((text) => parseAllDocuments(text))
    .map((document) => document.toJS() as Rendered | null)
    .filter((object) => object !== null);
}

/** Every image that objects name, wherever it stands; each once, sorted. */
export function imagesOf(objects: readonly unknown[]): string[] {
  const images = new Set<string>();
  const look = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === "image" && typeof value === "string") images.add(value);
      else look(value);
    }
  };
  look(objects);
  return [...images].sort();
}
