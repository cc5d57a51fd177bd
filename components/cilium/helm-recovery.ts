import { isDeepStrictEqual } from "node:util";
import { gunzipSync } from "node:zlib";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { ClusterClient } from "../kubernetes/cluster-client.ts";

/**
 * Helm rejects a release name that exists, and blocks where one of its operations was interrupted. A killed `up` leaves both
 * behind: a release that is not in the state, or an upgrade that stays pending. These hooks run before Helm
 * starts and let it continue from there.
 *
 * Source: Helm 3, pkg/storage/driver/secrets.go; availableName in pkg/action/install.go; pkg/action/upgrade.go.
 */

/** The part of a client that is needed here. */
export type ReleaseClient = Pick<ClusterClient, "get" | "delete">;

/** The release that Helm is about to create, from the provider's inputs. */
const wantedRelease = z.object({ version: z.string(), values: z.record(z.string(), z.unknown()) });

export type WantedRelease = z.infer<typeof wantedRelease>;

/** A revision of a release, as Helm keeps it: a secret. */
const secrets = z.object({
  items: z.array(
    z.object({
      metadata: z.object({
        name: z.string(),
        labels: z.object({ status: z.string(), version: z.coerce.number() }),
      }),
      data: z.object({ release: z.string() }),
    }),
  ),
});

type Revision = z.infer<typeof secrets>["items"][number];

/** The part of its packed content that identifies the release's origin. */
const release = z.object({
  chart: z.object({ metadata: z.object({ version: z.string() }) }),
  config: z.record(z.string(), z.unknown()).nullish(),
});

const SECRETS = "/api/v1/namespaces/kube-system/secrets";

/** Milliseconds for each answer of the API server. */
const TIMEOUT = 30_000;

/**
 * Hooks for the resource of the release `cilium` in `kube-system`; none in a preview, which creates nothing.
 *
 * @param name what the hooks' names begin with
 * @param kubeconfig text of the kubeconfig
 */
export function recoveryHooks(name: string, kubeconfig: pulumi.Input<string>): pulumi.ResourceHookBinding {
  if (pulumi.runtime.isDryRun()) return {};
  const client = async () => ClusterClient.of(await valueOf(kubeconfig), TIMEOUT);
  return {
    beforeCreate: [
      new pulumi.ResourceHook(`${name}-before-create`, async ({ newInputs }) => {
        await beforeCreate(await client(), wantedRelease.parse(newInputs));
      }),
    ],
    beforeUpdate: [
      new pulumi.ResourceHook(`${name}-before-update`, async () => {
        await beforeUpdate(await client());
      }),
    ],
  };
}

/**
 * Deletes Helm's record of a release whose installation was interrupted, and of one that equals the wanted one, which Helm
 * completed after `up` was killed. Their objects carry the release's name, so the next release adopts them.
 *
 * @throws Error when another release exists: a Cilium that this stack did not install is never taken over
 */
export async function beforeCreate(client: ReleaseClient, wanted: WantedRelease): Promise<void> {
  const revisions = await revisionsOf(client);
  const last = revisions.at(-1);
  // After a failure, the provider's argument `replace` lets Helm continue by itself.
  if (last === undefined || ["failed", "uninstalled"].includes(statusOf(last))) return;
  if (statusOf(last) !== "pending-install" && !isAsWanted(last, wanted)) {
    throw new Error(
      'kube-system has a Helm release "cilium" that this stack did not create: its chart or its values differ. ' +
        "Leave Cilium out of the stack, or uninstall that release first: helm uninstall cilium --namespace kube-system",
    );
  }
  for (const one of revisions) await forget(client, one);
}

/** Deletes Helm's record of an upgrade that was interrupted. */
export async function beforeUpdate(client: ReleaseClient): Promise<void> {
  const last = (await revisionsOf(client)).at(-1);
  if (last && ["pending-upgrade", "pending-rollback"].includes(statusOf(last))) await forget(client, last);
}

/** The release's revisions, oldest first. */
async function revisionsOf(client: ReleaseClient): Promise<Revision[]> {
  const { status, body } = await client.get(`${SECRETS}?labelSelector=owner%3Dhelm,name%3Dcilium`);
  if (status !== 200) throw new Error(`Helm's releases in kube-system cannot be listed: ${status}`);
  const versionOf = ({ metadata }: Revision) => metadata.labels.version;
  return secrets.parse(body).items.sort((one, other) => versionOf(one) - versionOf(other));
}

async function forget(client: ReleaseClient, { metadata: { name } }: Revision): Promise<void> {
  const { status } = await client.delete(`${SECRETS}/${name}`);
  if (status !== 200 && status !== 404)
    throw new Error(`${name} in kube-system cannot be deleted: ${status}`);
}

function statusOf({ metadata }: Revision): string {
  return metadata.labels.status;
}

/** Helm packs a release by gzip in base64, and a secret's data are in base64 once more. */
function isAsWanted({ data }: Revision, { version, values }: WantedRelease): boolean {
  const packed = Buffer.from(Buffer.from(data.release, "base64").toString(), "base64");
  const { chart, config } = release.parse(JSON.parse(gunzipSync(packed).toString()));
  return chart.metadata.version === version && isDeepStrictEqual(config ?? {}, values);
}

function valueOf(input: pulumi.Input<string>): Promise<string> {
  return new Promise((resolve) => {
    pulumi.output(input).apply(resolve);
  });
}
