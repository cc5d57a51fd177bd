import fc from "fast-check";
import { few, often, rarely, sometimes } from "./chances.ts";

/** A small world, so that selectors meet pods. */

export const NAMESPACES = ["alpha", "beta", "kube-system"];

/** Labels that pods have, and their values. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  org: ["empire", "payer", ""],
  class: ["droid", "server"],
  "app.kubernetes.io/name": ["fhir", "client"],
};

/** Labels that Cilium leaves out of identities, or takes for its own. */
const ODD_LABELS: Readonly<Record<string, readonly string[]>> = {
  "pod-template-hash": ["5d9c"],
  "statefulset.kubernetes.io/pod-name": ["fhir-0"],
  "io.cilium.k8s.policy.cluster": ["other"],
  host: ["x"],
  init: ["x"],
  world: [""],
};

const NAMESPACE_LABEL = "io.kubernetes.pod.namespace";
const NAMESPACE_NAME_LABEL = "io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name";

/** The labels of a pod. */
export const podLabels: fc.Arbitrary<Record<string, string>> = fc
  .tuple(
    sometimes(
      Object.fromEntries(
        Object.entries(VALUES).map(([key, values]) => [key, [70, fc.constantFrom(...values)] as const]),
      ),
    ),
    rarely(
      4,
      fc
        .constantFrom(...Object.entries(ODD_LABELS))
        .chain(([key, values]) => fc.constantFrom(...values).map((value) => ({ [key]: value }))),
      fc.constant<Record<string, string>>({}),
    ),
  )
  .map(([labels, odd]) => ({ ...labels, ...odd }) as Record<string, string>);

interface Term {
  readonly key: string;
  readonly value: string;
}

function terms(values: Readonly<Record<string, readonly string[]>>): fc.Arbitrary<Term> {
  const all = Object.entries(values).flatMap(([key, list]) => list.map((value) => ({ key, value })));
  return fc.constantFrom(...all);
}

function withSource({ key, value }: Term): fc.Arbitrary<Term> {
  return fc.constantFrom("", "", "", "k8s:", "any:").map((source) => ({ key: source + key, value }));
}

const namespaceTerm = often([6, fc.constant(NAMESPACE_LABEL)], [2, fc.constant(NAMESPACE_NAME_LABEL)]).chain(
  (key) => fc.constantFrom(...NAMESPACES, "nowhere").map((value) => ({ key, value })),
);

const ciliumTerm = fc.constantFrom<Term>(
  { key: "io.cilium.k8s.policy.cluster", value: "default" },
  { key: "io.cilium.k8s.policy.cluster", value: "other" },
  { key: "io.cilium.k8s.policy.serviceaccount", value: "default" },
  { key: "io.cilium.k8s.policy.serviceaccount", value: "robot" },
);

const reservedTerm = fc.constantFrom<Term>(
  ...["host", "world", "remote-node", "health", "init", "all"].map((name) => ({
    key: `reserved:${name}`,
    value: "",
  })),
  { key: "reserved.host", value: "" },
  { key: "$world", value: "" },
  { key: "cidr:10.0.0.0/8", value: "" },
  { key: "any:", value: "" },
);

const malformedTerm = fc.constantFrom<Term>(
  { key: "a b", value: "" },
  { key: "", value: "x" },
  { key: "x/y/z", value: "" },
  { key: "a:b:c", value: "" },
  { key: "org", value: "not a value" },
  { key: "org=empire", value: "" },
  { key: "a".repeat(60), value: "x" },
  { key: "org", value: "v".repeat(64) },
);

/** A label that a selector may name. */
const term: fc.Arbitrary<Term> = rarely(
  600,
  malformedTerm,
  often(
    [24, terms(VALUES).chain(withSource)],
    [8, namespaceTerm.chain(withSource)],
    [4, terms(ODD_LABELS).chain(withSource)],
    [1, ciliumTerm.chain(withSource)],
    [1, reservedTerm],
  ),
);

const expression = fc
  .tuple(fc.constantFrom("In", "NotIn", "Exists", "DoesNotExist"), term, few(term, 1), fc.nat(599))
  .map(([operator, { key, value }, more, odd]) => {
    const compares = operator === "In" || operator === "NotIn";
    const values = [value, ...more.map((other) => other.value)];
    if (odd === 0) return { key, operator: operator.toLowerCase(), values };
    // What compares without values, and what takes none with some.
    if (odd === 1) return { key, operator, values: compares ? [] : values };
    return compares ? { key, operator, values } : { key, operator };
  });

/** Two keys that differ in `any:` alone are one to Cilium, and it leaves it to chance which of their values counts. */
const matchLabels = fc
  .uniqueArray(term, { maxLength: 2, selector: ({ key }) => key.replace(/^any:/, "") })
  .map((list) => Object.fromEntries(list.map(({ key, value }) => [key, value])));

/** A label selector. */
export const selector: fc.Arbitrary<object> = often<object>(
  [2, fc.constant({})],
  [8, matchLabels.map((labels) => ({ matchLabels: labels }))],
  [3, few(expression, 2).map((expressions) => ({ matchExpressions: expressions }))],
  [2, fc.record({ matchLabels, matchExpressions: few(expression, 2) })],
);

/** A selector that often selects. */
export const subject: fc.Arbitrary<object> = often<object>([1, fc.constant({})], [1, selector]);
