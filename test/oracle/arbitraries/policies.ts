import fc from "fast-check";
import { few, often, rarely, sometimes } from "./chances.ts";
import { authentication, fromPeers, toDeniedPeers, toPeers } from "./peers.ts";
import { allowedPorts, deniedPorts } from "./ports.ts";
import { NAMESPACES, selector, subject } from "./selectors.ts";

const joined = (...parts: readonly fc.Arbitrary<object>[]): fc.Arbitrary<object> =>
  fc.tuple(...parts).map((objects) => Object.assign({}, ...objects) as object);

const asked = rarely<object>(
  150,
  authentication.map((mode) => ({ authentication: mode })),
  fc.constant({}),
);

/** A list of rules for one direction. Empty, it says nothing. */
const rules = (entry: fc.Arbitrary<object>) => rarely(15, few(entry, 0), few(entry, 3, 1));

const defaultDeny = sometimes({ ingress: [60, fc.boolean()], egress: [60, fc.boolean()] });

const ingress = rules(joined(fromPeers, allowedPorts, asked));
const egress = rules(joined(toPeers, allowedPorts, asked));

const what = often<object>(
  [10, ingress.map((list) => ({ ingress: list }))],
  [8, egress.map((list) => ({ egress: list }))],
  [4, fc.record({ ingress, egress })],
  [
    1,
    rarely(
      3,
      fc.constant({}),
      ingress.map((list) => ({ ingress: list })),
    ),
  ],
);

const more = sometimes({
  ingressDeny: [12, rules(joined(fromPeers, deniedPorts))],
  egressDeny: [12, rules(joined(toDeniedPeers, deniedPorts))],
  enableDefaultDeny: [10, defaultDeny],
  description: [2, fc.constant("generated")],
  labels: [1, fc.constantFrom<unknown>(["team=fhir"], [{ key: "team", value: "fhir", source: "k8s" }], [""])],
  log: [1, fc.constantFrom<unknown>({ value: "audit" }, {})],
});

const whom = rarely<object>(
  60,
  often<object>(
    [2, selector.map((nodeSelector) => ({ nodeSelector }))],
    [1, selector.map((each) => ({ nodeSelector: each, endpointSelector: each }))],
    [1, fc.constant({})],
  ),
  subject.map((endpointSelector) => ({ endpointSelector })),
);

const spec = joined(whom, what, more);

const body = often<object>(
  [60, spec.map((one) => ({ spec: one }))],
  [6, few(spec, 2).map((specs) => ({ specs }))],
  [2, fc.tuple(spec, few(spec, 1)).map(([one, specs]) => ({ spec: one, specs }))],
  [1, fc.constantFrom<object>({}, { spec: { endpointSelector: {}, ingress: "all" } })],
);

const scope = often<object>(
  [
    30,
    fc
      .constantFrom(...NAMESPACES)
      .map((namespace) => ({ kind: "CiliumNetworkPolicy", metadata: { namespace } })),
  ],
  [20, fc.constant({ kind: "CiliumClusterwideNetworkPolicy", metadata: {} })],
  // The one is of the whole cluster, and the other's namespace counts for nothing.
  [
    1,
    fc.constantFrom<object>(
      { kind: "CiliumNetworkPolicy", metadata: {} },
      { kind: "CiliumClusterwideNetworkPolicy", metadata: { namespace: "alpha" } },
    ),
  ],
);

interface Unnamed {
  readonly kind: string;
  readonly metadata: object;
}

/** Up to twelve policies, mostly few: each has its own name. */
export const policies: fc.Arbitrary<object[]> = often<object[]>(
  [4, few(fc.tuple(scope, body), 4)],
  [1, few(fc.tuple(scope, body), 12)],
).map((list) =>
  (list as [Unnamed, object][]).map(([{ kind, metadata }, content], index) => ({
    apiVersion: "cilium.io/v2",
    kind,
    metadata: { name: `policy-${index}`, ...metadata },
    ...content,
  })),
);
