/** A cluster and what is asked of it, as `npm run access -- --batch` and the oracle read it. */
export interface Batch {
  /** CiliumNetworkPolicy, CiliumClusterwideNetworkPolicy and NetworkPolicy objects. */
  readonly policies: readonly object[];
  readonly endpoints: readonly Endpoint[];
  readonly queries: readonly Query[];
}

/** A pod, or all the pods of a workload. */
export interface Endpoint {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Its named TCP ports. */
  readonly ports: Readonly<Record<string, number>>;
  /** `default` unless it is given. */
  readonly serviceAccount?: string;
}

/** An HTTP request over TCP. */
export interface Query {
  /** An endpoint's name, an IPv4 address outside the cluster, or one of Cilium's own: `world`, `host` and their like. */
  readonly src: string;
  readonly dst: string;
  readonly port: number;
  readonly method: string;
  readonly path: string;
}
