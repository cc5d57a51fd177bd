import {
  egressPolicies,
  type FhirPoliciesArgs,
  ingressPolicies,
} from "../../components/cilium/fhir-policies.ts";
import type { GrantHttpRule } from "../../components/cilium/http-rules.ts";
import { inNamespace, podLabels } from "../../components/cilium/selectors.ts";

/** Which HTTP rules Cilium holds requests against, read from the finished policies of grants. */

/** The namespace that the story happens in. */
export const STORY_NAMESPACE = "galactic-fhir";

/** The labels of a pod of the namespace, without their source: `org`, `class`. */
export type Labels = Readonly<Record<string, string>>;

/** The rules on the client's side and on the server's, as each side's policies have them. */
export interface RulesBetween {
  readonly egress: readonly GrantHttpRule[];
  readonly ingress: readonly GrantHttpRule[];
}

/**
 * The HTTP rules for what one pod asks another under deny-all. Undefined where either side lets nothing through: Cilium
 * then drops the connection, and Envoy never sees it.
 */
export function rulesBetween(
  client: Labels,
  server: Labels,
  port: number,
  access: Omit<FhirPoliciesArgs, "namespace">,
): RulesBetween | undefined {
  const [from, to] = [asKnown(client), asKnown(server)];
  const args = { namespace: STORY_NAMESPACE, ...access };
  const egress = egressPolicies(args)
    .filter(({ spec }) => selects(spec.endpointSelector, from))
    .flatMap(({ spec }) => spec.egress)
    .filter(({ toEndpoints }) => toEndpoints.some((peer) => selects(peer, to)));
  const ingress = ingressPolicies(args)
    .filter(({ spec }) => selects(spec.endpointSelector, to))
    .flatMap(({ spec }) => spec.ingress)
    .filter(({ fromEndpoints }) => fromEndpoints.some((peer) => selects(peer, from)));
  const rules = { egress: httpRulesOn(port, egress), ingress: httpRulesOn(port, ingress) };
  return rules.egress.length === 0 || rules.ingress.length === 0 ? undefined : rules;
}

interface Selector {
  readonly matchLabels?: Readonly<Record<string, unknown>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values: readonly string[];
  }[];
}

/** A rule of a policy. It allows the union of what its ports allow, as several rules do. */
interface Rule {
  readonly toPorts: readonly {
    readonly ports: readonly { readonly port: string }[];
    readonly rules: { readonly http: readonly GrantHttpRule[] } | { readonly dns: unknown };
  }[];
}

function asKnown(labels: Labels): Readonly<Record<string, unknown>> {
  return inNamespace(STORY_NAMESPACE, podLabels(labels));
}

function selects(
  { matchLabels = {}, matchExpressions = [] }: Selector,
  pod: Readonly<Record<string, unknown>>,
): boolean {
  const excluded = matchExpressions.some(({ key, operator, values }) => {
    if (operator !== "NotIn")
      throw new Error(`a selector has the operator ${operator}, which is not known here`);
    return values.includes(String(pod[key]));
  });
  return !excluded && Object.entries(matchLabels).every(([label, value]) => pod[label] === value);
}

function httpRulesOn(port: number, rules: readonly Rule[]): GrantHttpRule[] {
  return rules
    .flatMap(({ toPorts }) => toPorts)
    .filter(({ ports }) => ports.some((one) => one.port === String(port)))
    .flatMap(({ rules }) => ("http" in rules ? rules.http : []));
}
