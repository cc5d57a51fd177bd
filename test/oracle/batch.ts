/** A cluster and what is asked of it, as `npm run access -- --batch` and the oracle read it. */
export interface Batch {
  /** CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy objects. */
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
}

/** An HTTP request over TCP. */
export interface Query {
  /** An endpoint's name, `world` or `host`. */
  readonly src: string;
  readonly dst: string;
  readonly port: number;
  readonly method: string;
  readonly path: string;
}

export type Verdict = "allow" | "l7-deny" | "drop" | "undecided";

export interface Answer {
  /** The policies that Cilium does not take. */
  readonly refused: readonly { readonly policy: string; readonly error: string }[];
  /** One for each query. */
  readonly verdicts: readonly Verdict[];
}
