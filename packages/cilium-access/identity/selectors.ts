import { type Identity, labelValue } from "./identity.ts";
import { ANY, fullKey, type LabelKey, parseLabelKey } from "./labels.ts";
import type { Version } from "../options.ts";

/** Label selectors, as Kubernetes has them, over Cilium's labels. */

export const OPERATORS = ["In", "NotIn", "Exists", "DoesNotExist"] as const;

export type Operator = (typeof OPERATORS)[number];

/** A selector as a policy has it; its form has been checked. */
export interface SelectorObject {
  readonly matchLabels?: Readonly<Record<string, string>> | undefined;
  readonly matchExpressions?:
    | readonly {
        readonly key: string;
        readonly operator: string;
        readonly values?: readonly string[] | undefined;
      }[]
    | undefined;
}

/** One condition on one label. */
export interface Requirement {
  readonly key: LabelKey;
  readonly operator: Operator;
  readonly values: readonly string[];
}

/** Requirements on labels. Without requirements it selects all identities, the world included. */
export interface Selector {
  /** The labels and values that `matchLabels` names. */
  readonly labels: readonly Requirement[];
  /** What `matchExpressions` names, in its order. */
  readonly expressions: readonly Requirement[];
  /** The same for selectors that Cilium takes for one. */
  readonly id: string;
  /** Whether `matchLabels` names one label twice, with two values: which of them counts is left to chance. */
  readonly isAmbiguous: boolean;
}

/** Reads a selector. */
export function parseSelector(object: SelectorObject, version: Version): Selector {
  const labels = Object.entries(object.matchLabels ?? {}).map(([key, value]): Requirement => ({
    key: parseLabelKey(key, version),
    operator: "In",
    values: [value],
  }));
  const expressions = (object.matchExpressions ?? []).map(({ key, operator, values = [] }): Requirement => ({
    key: parseLabelKey(key, version),
    operator: operator as Operator,
    values,
  }));
  return selector(labels, expressions);
}

/** A selector made of requirements; of two on one key among `labels`, either value will do. */
export function selector(labels: readonly Requirement[], expressions: readonly Requirement[] = []): Selector {
  const byKey = new Map<string, Requirement>();
  for (const requirement of labels) {
    const key = fullKey(requirement.key);
    const values = new Set([...(byKey.get(key)?.values ?? []), ...requirement.values]);
    byKey.set(key, { ...requirement, values: [...values] });
  }
  const sorted = [...byKey].sort(([one], [other]) => (one < other ? -1 : 1));
  const id = JSON.stringify([
    sorted.map(([key, { values }]) => [key, values]),
    expressions.map(({ key, operator, values }) => [fullKey(key), operator, values]),
  ]);
  const isAmbiguous = sorted.some(([, { values }]) => values.length > 1);
  return { labels: sorted.map(([, requirement]) => requirement), expressions, id, isAmbiguous };
}

/** A selector with one more label, in the place of one on the same key. */
export function withLabel(from: Selector, key: LabelKey, value: string): Selector {
  const others = from.labels.filter((label) => fullKey(label.key) !== fullKey(key));
  return selector([...others, { key, operator: "In", values: [value] }], from.expressions);
}

/** A selector with more expressions at its end. */
export function withExpressions(from: Selector, expressions: readonly Requirement[]): Selector {
  return selector(from.labels, [...from.expressions, ...expressions]);
}

/** All of a selector's requirements. */
export function requirementsOf({ labels, expressions }: Selector): readonly Requirement[] {
  return [...labels, ...expressions];
}

/** Whether a selector has no requirements. */
export function isWildcard({ labels, expressions }: Selector): boolean {
  return labels.length + expressions.length === 0;
}

/** Whether a selector says anything about a label, by its very source or by any. */
export function namesKey(of: Selector, key: string, source: string): boolean {
  return requirementsOf(of).some(
    (it) => it.key.key === key && (it.key.source === source || it.key.source === ANY),
  );
}

type Labelled = Pick<Identity, "labels">;

/** Whether a selector selects an identity. `NotIn` also selects what does not have the label at all. */
export function selects({ labels, expressions }: Selector, identity: Labelled): boolean {
  return (
    labels.every((requirement) => isMet(requirement, identity)) &&
    expressions.every((requirement) => isMet(requirement, identity))
  );
}

function isMet({ key, operator, values }: Requirement, identity: Labelled): boolean {
  const label = labelValue(identity, key);
  switch (operator) {
    case "In":
      return label !== undefined && values.includes(label.value);
    case "NotIn":
      return label === undefined || !values.includes(label.value);
    case "Exists":
      return label !== undefined;
    case "DoesNotExist":
      return label === undefined;
  }
}
