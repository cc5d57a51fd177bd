import { type HttpRule, type RegexPattern, type Probe, shortestMatch } from "@attested-fhir/cilium-access";
import {
  type GrantedRequests,
  type Counterexample,
  findCounterexample,
  counterexamplePath,
} from "@attested-fhir/stack-model";

/** Requests to ask about because rules let them pass: such as no grant allows, if there are any. */

/** Methods that HTTP and FHIR know. */
export const METHODS = [
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
  "TRACE",
  "CONNECT",
] as const;

const EVERY = ".*";

/**
 * For each rule, and for each two rules that a request may pass by, one on its way out and one on its way in, a
 * request that they let pass and no grant allows. Without such a request there is none at all: each rule is looked at
 * as the set of texts that it matches. Conditions on hosts and headers only narrow a rule, and are left out.
 *
 * @param sides the rules of each policy that has a say, whichever side it is on
 */
export function ruleProbes(sides: readonly (readonly HttpRule[])[], granted: GrantedRequests): Probe[] {
  const rules = sides.flat();
  return rules.flatMap((rule) =>
    methodsFor(rule.method).flatMap((method) => {
      const probe = (path: string): Probe => ({ method, path, probes: `what ${rule.at} allows` });
      const literal = rule.path?.literal;
      if (literal !== undefined) return [probe(literal)];
      const source = rule.path?.source ?? EVERY;
      const alone = surplus([source], method, granted);
      if (alone === undefined) return [];
      const together = rules
        .filter(
          (other) => other !== rule && other.path?.literal === undefined && matches(other.method, method),
        )
        .flatMap((other) => text(surplus([source, other.path?.source ?? EVERY], method, granted)));
      return [...text(alone), ...together].map(probe);
    }),
  );
}

/** What was found for the grants of one client: the same rules hold for many, and on both sides. */
const found = new WeakMap<GrantedRequests, Map<string, Counterexample>>();

function surplus(sources: readonly string[], method: string, granted: GrantedRequests): Counterexample {
  const known = found.get(granted) ?? new Map<string, Counterexample>();
  found.set(granted, known);
  const key = JSON.stringify([method, ...sources]);
  if (!known.has(key)) known.set(key, counterexamplePath(sources, granted.paths(method)));
  return known.get(key);
}

/** The methods to ask about: those that a pattern matches, and one that is not a known method, if it matches any. */
function methodsFor(method: RegexPattern | undefined): string[] {
  if (method?.literal !== undefined) return [method.literal];
  const known = METHODS.filter((name) => matches(method, name));
  const unknown = findCounterexample([method?.source ?? EVERY], { texts: METHODS });
  const other = method === undefined ? ["ANY"] : text(unknown === "" ? shortestMatch(method) : unknown);
  return [...known, ...other];
}

function matches(method: RegexPattern | undefined, name: string): boolean {
  return method === undefined || method.matches(name);
}

function text(surplus: Counterexample): string[] {
  return typeof surplus === "string" && surplus !== "" ? [surplus] : [];
}
