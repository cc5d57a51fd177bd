import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { type ApiResponse, ClusterClient } from "./cluster-client.ts";
import type { KubeconfigLookup, KubeconfigCluster } from "./kubeconfig.ts";

/** What a cluster must have, and how long it may take to answer. */
export interface ClusterNeeds {
  /** Whether Cilium must be installed already. Otherwise the stack installs it. */
  readonly cilium: boolean;
  /** Milliseconds for each answer. */
  readonly timeout: number;
}

/** Milliseconds for an answer: a preview continues without one, so it waits only briefly. */
const TIMEOUT = { preview: 2_000, up: 15_000 };

/** The kinds of the two policies, as the API server serves them. */
const POLICIES = ["ciliumnetworkpolicies", "ciliumclusterwidenetworkpolicies"];

const served = z.object({ resources: z.array(z.object({ name: z.string() })) });
const found = z.object({ items: z.array(z.unknown()) });

/**
 * Checks, before a program declares anything, that the stack can be deployed to its existing cluster. An issue fails an
 * `up` with one error, before anything changes; a preview warns of it and continues. The cluster is checked on every run,
 * because it may have been deleted since the last one, which the provider does not report in a preview.
 *
 * Await it first at `up`. A preview may continue meanwhile and await it at its end.
 *
 * @param finding what `findCluster` found
 * @param where the context's key and value in the stack, for messages: `fhirCluster.context = "kind"`
 * @param needs.cilium see `ClusterNeeds`
 * @returns the cluster; undefined in a preview without any kubeconfig, which logs a note
 * @throws RunError at `up`, and in a preview where kubeconfigs exist but define no such cluster
 */
export async function requireCluster(
  finding: KubeconfigLookup,
  where: string,
  { cilium }: Pick<ClusterNeeds, "cilium">,
): Promise<KubeconfigCluster | undefined> {
  const preview = pulumi.runtime.isDryRun();
  if (finding.kind === "fault") throw new pulumi.RunError(`${where} ${finding.fault}`);
  if (finding.kind === "nothing") {
    if (!preview) throw new pulumi.RunError(`${where}: context not found: ${finding.note}`);
    await pulumi.log.info(`${where} was not checked: ${finding.note}`);
    return undefined;
  }
  const { cluster } = finding;
  const fault = await clusterIssue(cluster, { cilium, timeout: TIMEOUT[preview ? "preview" : "up"] });
  if (fault === undefined) return cluster;
  if (!preview) throw new pulumi.RunError(`${where}: ${fault} Nothing was changed.`);
  await pulumi.log.warn(`${where}: ${fault} Until then, pulumi up stops before it changes anything.`);
  return cluster;
}

/**
 * Why a stack cannot be deployed to a cluster, in sentences that state what is required; undefined where nothing
 * prevents it. Its API server must answer and accept the credentials, and its dataplane must not be GKE Dataplane V2, with which
 * Cilium cannot run. Where Cilium must be installed, the server has to serve both kinds of policy, and there has to be a
 * DaemonSet of agents that enforce them.
 *
 * DaemonSets that the user has no permission to read are assumed to be as required.
 */
export async function clusterIssue(
  cluster: KubeconfigCluster,
  needs: ClusterNeeds,
): Promise<string | undefined> {
  const fault = await faultOf(cluster, needs);
  const which = `The cluster of context "${cluster.context}" in ${cluster.file}, ${cluster.server},`;
  return fault && `${which} ${fault}`;
}

async function faultOf({ kubeconfig }: KubeconfigCluster, needs: ClusterNeeds): Promise<string | undefined> {
  let client: ClusterClient;
  try {
    client = await ClusterClient.of(kubeconfig, needs.timeout);
  } catch (error) {
    return `cannot be used: ${inWords(error)}. Correct the credentials and certificates in the kubeconfig.`;
  }
  try {
    return (
      (await apiFault(client)) ??
      (await dataplaneFault(client)) ??
      (needs.cilium ? await ciliumFault(client) : undefined)
    );
  } catch (error) {
    return `cannot be reached: ${inWords(error)}. Start it, correct its entry in the kubeconfig, or name another context.`;
  }
}

async function apiFault(client: ClusterClient): Promise<string | undefined> {
  const { status, body } = await client.get("/api");
  if (status === 401) return "rejects the kubeconfig's credentials. Log in again, or name another context.";
  if (status === 403)
    return "grants the kubeconfig's user no permissions. Name a context whose user has some.";
  if (status === 200 && z.object({ kind: z.literal("APIVersions") }).safeParse(body).success)
    return undefined;
  return `is not a Kubernetes API server: it answers ${status} to GET /api. Correct the address in the kubeconfig.`;
}

async function dataplaneFault(client: ClusterClient): Promise<string | undefined> {
  const { status } = await client.get("/apis/apps/v1/namespaces/kube-system/daemonsets/anetd");
  if (status !== 200) return undefined;
  return "runs GKE Dataplane V2 (DaemonSet anetd), which does not support HTTP rules and does not run together with another Cilium. Create a cluster without it.";
}

async function ciliumFault(client: ClusterClient): Promise<string | undefined> {
  const remedy = "Install Cilium there, or let this stack install it.";
  const kinds = await client.get("/apis/cilium.io/v2");
  const names = served.safeParse(kinds.body).data?.resources.map(({ name }) => name) ?? [];
  const missing = POLICIES.filter((name) => !names.includes(name));
  if (!isHidden(kinds) && missing.length > 0) {
    return `has no Cilium: it does not serve ${missing.map((name) => `${name}.cilium.io`).join(" and ")}. ${remedy}`;
  }
  const agents = await client.get("/apis/apps/v1/daemonsets?labelSelector=k8s-app%3Dcilium");
  if (isHidden(agents) || found.safeParse(agents.body).data?.items.length !== 0) return undefined;
  return `serves Cilium's policies, but no agent enforces them: it has no DaemonSet with the label k8s-app=cilium. ${remedy}`;
}

function isHidden({ status }: ApiResponse): boolean {
  return status === 403;
}

/** A refused connection to a name with several addresses is an AggregateError, which has no message. */
function inWords(error: unknown): string {
  const errors = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  return errors.map((one) => (one instanceof Error ? one.message.trim() : String(one))).join(", ");
}
