import fc from "fast-check";
import { few, often, rarely, sometimes } from "./chances.ts";
import { PORT_NAMES, PORTS } from "./ports.ts";
import { NAMESPACES } from "./selectors.ts";

/** Kubernetes' own policies, in forms that the API server takes. */

const LABELS: Readonly<Record<string, readonly string[]>> = {
  org: ["empire", "payer", ""],
  class: ["droid", "server"],
  "app.kubernetes.io/name": ["fhir", "client"],
  // Cilium's own, which pods cannot have themselves.
  "io.kubernetes.pod.namespace": ["alpha"],
};

const NAMESPACE_LABELS: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/metadata.name": [...NAMESPACES, "nowhere"],
  team: ["care"],
};

function selectorOf(labels: Readonly<Record<string, readonly string[]>>): fc.Arbitrary<object> {
  const terms = Object.entries(labels).flatMap(([key, values]) => values.map((value) => ({ key, value })));
  const term = fc.constantFrom(...terms);
  const expression = fc
    .tuple(fc.constantFrom("In", "NotIn", "Exists", "DoesNotExist"), term, few(term, 1))
    .map(([operator, { key, value }, more]) =>
      operator.endsWith("In")
        ? { key, operator, values: [value, ...more.map((other) => other.value)] }
        : { key, operator },
    );
  return sometimes({
    matchLabels: [
      50,
      few(term, 2).map((list) => Object.fromEntries(list.map(({ key, value }) => [key, value]))),
    ],
    matchExpressions: [25, few(expression, 2)],
  });
}

const podSelector = selectorOf(LABELS);
const namespaceSelector = selectorOf(NAMESPACE_LABELS);

const ipBlock = fc.constantFrom<object>(
  { cidr: "0.0.0.0/0" },
  { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] },
  { cidr: "10.0.0.0/8" },
  { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] },
  { cidr: "203.0.113.0/24" },
  { cidr: "10.0.0.0/8", except: ["10.0.0.0/9", "10.128.0.0/9"] },
  { cidr: "192.168.7.8/31", except: ["192.168.7.8/32", "192.168.7.9/32"] },
);

/** Pods, namespaces, both at once, or a block, which stands alone. */
const peer = often<object>(
  [3, podSelector.map((pods) => ({ podSelector: pods }))],
  [3, namespaceSelector.map((namespaces) => ({ namespaceSelector: namespaces }))],
  [2, fc.record({ podSelector, namespaceSelector })],
  [2, ipBlock.map((block) => ({ ipBlock: block }))],
);

const port = sometimes({
  protocol: [60, fc.constantFrom("TCP", "TCP", "UDP", "SCTP")],
  port: [90, often<number | string>([4, fc.constantFrom(...PORTS)], [1, fc.constantFrom(...PORT_NAMES)])],
  endPort: [15, fc.constantFrom(...PORTS, 65_535)],
}).map(({ port: first, endPort, ...rest }) => ({
  ...rest,
  ...(first !== undefined && { port: first }),
  // The API server accepts endPort with a port number that is not above it, and nothing else.
  ...(typeof first === "number" && endPort !== undefined && endPort >= first && { endPort }),
}));

/** A missing list and an empty one are all peers, and all ports. */
const rule = (prefix: "from" | "to") =>
  sometimes({ [prefix]: [80, few(peer, 2)], ports: [60, few(port, 2)] } as const);

const spec = fc
  .tuple(
    podSelector,
    sometimes({
      ingress: [60, few(rule("from"), 2)],
      egress: [40, few(rule("to"), 2)],
      policyTypes: [60, fc.constantFrom(["Ingress"], ["Egress"], ["Ingress", "Egress"])],
    }),
  )
  .map(([pods, rest]) => ({ podSelector: pods, ...rest }));

/** Up to three of them. */
export const networkPolicies: fc.Arbitrary<object[]> = rarely(
  3,
  few(
    fc.record({ namespace: fc.constantFrom(...NAMESPACES), spec }).map(({ namespace, spec: content }) => ({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { namespace },
      spec: content,
    })),
    3,
    1,
  ).map((list) =>
    list.map(({ metadata, ...rest }, index) => ({
      ...rest,
      metadata: { name: `network-policy-${index}`, ...metadata },
    })),
  ),
  fc.constant([]),
);
