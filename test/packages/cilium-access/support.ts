import { answerQuery, type QueryAnswer, parseQuery } from "../../../packages/cilium-access/query/query.ts";
import type { Workload } from "../../../packages/cilium-access/verdict/policy-repository.ts";
import type { ClusterInput, KubernetesObject } from "../../../packages/cilium-access/k8s/cluster-objects.ts";
import { type ClusterModel, buildClusterModel } from "../../../packages/cilium-access/k8s/cluster-model.ts";
import type { Options } from "../../../packages/cilium-access/options.ts";
import type { Outcome } from "../../../packages/cilium-access/verdict/verdict.ts";

/** Small clusters for tests of what policies mean. */

/** A policy of a namespace. */
export function cnp(spec: object, { name = "policy", namespace = "default" } = {}): KubernetesObject {
  return {
    apiVersion: "cilium.io/v2",
    kind: "CiliumNetworkPolicy",
    metadata: { name, namespace },
    spec,
  };
}

/** A policy of the whole cluster. */
export function ccnp(spec: object, name = "clusterwide"): KubernetesObject {
  return { apiVersion: "cilium.io/v2", kind: "CiliumClusterwideNetworkPolicy", metadata: { name }, spec };
}

/** A pod `app: NAME` of the namespace `default` that runs as its default account. */
export function pod(name: string, rest: Partial<Workload> = {}): Workload {
  return { name, namespace: "default", labels: { app: name }, serviceAccount: "default", ports: [], ...rest };
}

/** Selects pods by `app`. */
export const app = (name: string) => ({ matchLabels: { app: name } });

/** `toPorts` of one TCP port, with HTTP rules if any. */
export function onPort(port: number | string, http?: readonly object[]) {
  const ports = [{ port: String(port), protocol: "TCP" }];
  return [http === undefined ? { ports } : { ports, rules: { http } }];
}

/** What a test needs to know of a cluster. Pods are a client and a server unless it names others. */
export interface ClusterSketch extends Partial<Omit<ClusterInput, "workloads">> {
  readonly pods?: readonly Workload[];
  readonly options?: Partial<Options>;
}

export const CLIENT = pod("client");
export const SERVER = pod("server", { ports: [{ name: "http", port: 8080, protocol: "TCP" }] });

/** A cluster as the tests draw it. */
export function sketch({ pods = [CLIENT, SERVER], options, ...input }: ClusterSketch): ClusterModel {
  return buildClusterModel(
    { services: [], policies: [], cidrGroups: new Map(), ...input, workloads: pods },
    options,
  );
}

/** The one answer to a question such as `client GET / on server`. */
export function answerTo(model: ClusterModel, text: string): QueryAnswer {
  const [only, ...others] = answerQuery(model, parseQuery(text));
  if (only === undefined || others.length > 0) throw new Error(`${text}: ${others.length + 1} answers`);
  return only;
}

/** What becomes of a request, `client GET / on server` unless another is named. */
export function outcome(cluster: ClusterSketch, text = "client GET / on server"): Outcome {
  return answerTo(sketch(cluster), text).verdict.outcome;
}

/** Why policies are refused; the first where there are more. */
export function refusal(policy: KubernetesObject, options: Partial<Options> = {}): string | undefined {
  return sketch({ policies: [policy], options }).policies[0]?.refused;
}
