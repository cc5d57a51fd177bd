import fc from "fast-check";
import type { Batch, Endpoint, Query } from "../batch.ts";
import { few, often, rarely, sometimes } from "./chances.ts";
import { method, path } from "./http.ts";
import { networkPolicies } from "./network-policies.ts";
import { policies } from "./policies.ts";
import { port, PORT_NAMES, PORTS } from "./ports.ts";
import { NAMESPACES, podLabels } from "./selectors.ts";

/** Clusters with questions about them. */

const endpoint = fc.record({
  namespace: often([3, fc.constant(NAMESPACES[0] ?? "")], [2, fc.constantFrom(...NAMESPACES)]),
  labels: podLabels,
  serviceAccount: rarely(6, fc.constant("robot"), fc.constant("default")),
  ports: sometimes(
    Object.fromEntries(
      PORT_NAMES.map((name) => [
        name,
        [40, often([4, fc.constantFrom(...PORTS.slice(0, 2))], [1, fc.constantFrom(...PORTS)])] as const,
      ]),
    ),
  ),
});

/** Who asks: a pod by its number, what Cilium itself names, or an address outside the cluster. */
const source = often<number | string>(
  [8, fc.nat(5)],
  [3, fc.constantFrom("world", "host")],
  [1, fc.constantFrom("10.0.0.1", "10.1.2.3", "10.96.0.7", "192.168.7.9", "192.168.7.8", "203.0.113.5")],
  [1, fc.constantFrom("remote-node", "kube-apiserver", "unmanaged")],
);

const query = fc.record({
  source,
  target: fc.nat(5),
  port,
  method,
  path,
});

/** A cluster and queries; source and destination differ. */
export function batches(questions: number): fc.Arbitrary<Batch> {
  return fc
    .record({
      endpoints: few(endpoint, 6, 2),
      policies,
      networkPolicies,
      queries: fc.array(query, { minLength: questions, maxLength: questions, size: "max" }),
    })
    .map(({ endpoints, policies: ciliums, networkPolicies: kubernetes, queries }) => ({
      policies: [...ciliums, ...kubernetes],
      endpoints: endpoints.map((each, index) => ({ name: nameOf(index), ...each }) as Endpoint),
      queries: queries.map(({ source: from, target, ...request }): Query => {
        const dst = target % endpoints.length;
        const src = typeof from === "string" ? from : nameOf(other(from, dst, endpoints.length));
        return { src, dst: nameOf(dst), ...request };
      }),
    }));
}

function nameOf(index: number): string {
  return `pod-${index}`;
}

function other(index: number, than: number, count: number): number {
  const wrapped = index % count;
  return wrapped === than ? (wrapped + 1) % count : wrapped;
}
