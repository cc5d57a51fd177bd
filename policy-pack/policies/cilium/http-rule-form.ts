import {
  compilePattern,
  DEFAULT_RE2_PROGRAM_LIMIT,
  programSize,
  shortestMatch,
} from "@attested-fhir/cilium-access";
import {
  propertyAt,
  CILIUM_POLICY,
  hasDeclaration,
  readDeclaration,
  errorMessage,
  NamespaceNames,
  namespaceOfServers,
  formatValue,
  findCounterexample,
  counterexamplePath,
  SEARCH_LIMIT_REACHED,
  UNKNOWN,
  type PropertyValue,
} from "@attested-fhir/stack-model";
import { ciliumDocs, envoyDocs } from "../../frameworks.ts";
import { type StackGuardrail, theRoot } from "../../guardrail.ts";
import { plannedHttpRules, listedPolicies } from "./planned-http-rules.ts";
import { METHODS } from "../access/rule-probes.ts";

/** Guardrails on the form of Cilium's policies: what makes a rule say something else than its author meant. */

export const httpRuleNamesMethodAndPath: StackGuardrail = {
  kind: "stack",
  name: "http-rule-names-method-and-path",
  description:
    "Every HTTP rule of Cilium's policies names its methods and a path: what it leaves out may be anything.",
  severity: "critical",
  enforcement: "mandatory",
  needs: ["fhirServers"],
  framework: ciliumDocs("Layer 7 Examples", "HTTP: fields that are left out match every request"),
  remediation: [
    "Give the rule both method and path.",
    "Name methods one by one, GET and HEAD each for itself, and none by a pattern.",
  ],
  cannotPrevent: "a resource that is registered before the root component, which then is refused",
  before: { types: [CILIUM_POLICY], related: theRoot },
  check(resources, report) {
    if (!hasDeclaration(resources)) return;
    for (const { resource, at: path, rule } of plannedHttpRules(resources)) {
      for (const [key, fault] of [
        ["method", methodFault],
        ["path", nameFault],
      ] as const) {
        const found = fault(propertyAt(rule, key));
        if (found !== undefined) report(`${path}: ${key} ${found}`, resource);
      }
    }
  },
};

function nameFault(value: PropertyValue): string | undefined {
  return typeof value === "string" && value !== "" ? undefined : `is ${formatValue(value)}: name it`;
}

function methodFault(value: PropertyValue): string | undefined {
  if (typeof value !== "string" || value === "") return nameFault(value);
  const fault = errorMessage(() => compilePattern(value));
  if (fault !== undefined) return `${formatValue(value)} is no regular expression: ${fault}`;
  if (METHODS.some((method) => method === value)) return undefined;
  const other = findCounterexample([value], { texts: METHODS });
  if (other === undefined) return undefined;
  if (other === SEARCH_LIMIT_REACHED)
    return `${formatValue(value)} is too complex to evaluate: name the methods one by one`;
  return `${formatValue(value)} also matches ${JSON.stringify(other)}, which is no method of HTTP: name the methods one by one`;
}

export const httpPathEscaped: StackGuardrail = {
  kind: "stack",
  name: "http-path-escaped",
  description:
    "Every path of an HTTP rule matches one text and no other, but for the id of a version at its end.",
  severity: "critical",
  enforcement: "mandatory",
  needs: ["fhirServers"],
  framework: ciliumDocs("Layer 7 Examples", "HTTP: path is a regular expression, RE2's in fact"),
  remediation: [
    "Escape what RE2 takes for more than itself: \\. for a dot, \\? before a query, \\$everything.",
    "For any version of a record write [A-Za-z0-9.-]+ behind /_history/, and no other pattern.",
    "Write a rule of its own for each path.",
  ],
  cannotPrevent: "a resource that is registered before the root component, which then is refused",
  before: { types: [CILIUM_POLICY], related: theRoot },
  check(resources, report) {
    if (!hasDeclaration(resources)) return;
    for (const { resource, at: place, rule } of plannedHttpRules(resources)) {
      const path = propertyAt(rule, "path");
      const fault = path === UNKNOWN ? `is ${formatValue(path)}: name it` : pathFault(path);
      if (fault !== undefined) report(`${place}: path ${fault}`, resource);
    }
  },
};

/** A path that names a version, and what stands before it. */
const VERSION = /^(.*\/_history\/)[A-Za-z0-9.-]+$/s;

function pathFault(path: PropertyValue): string | undefined {
  if (typeof path !== "string" || path === "") return undefined;
  const fault = errorMessage(() => compilePattern(path));
  if (fault !== undefined) return `${formatValue(path)} is no regular expression: ${fault}`;
  const pattern = compilePattern(path);
  if (pattern.literal !== undefined) return undefined;
  const sample = shortestMatch(pattern);
  if (sample === undefined) return `${formatValue(path)} matches nothing: escape what it says literally`;
  const [, beforeVersion] = VERSION.exec(sample) ?? [];
  const other = counterexamplePath([path], {
    texts: [sample],
    ...(beforeVersion !== undefined && { beforeVersion: [beforeVersion] }),
  });
  if (other === undefined) return undefined;
  if (other === SEARCH_LIMIT_REACHED)
    return `${formatValue(path)} is too complex to evaluate: write one rule for each path`;
  return `${formatValue(path)} matches ${JSON.stringify(sample)} and also ${JSON.stringify(other)}`;
}

export const httpRegexSize: StackGuardrail = {
  kind: "stack",
  name: "http-regex-size",
  description:
    "Every regular expression of an HTTP rule surely fits into the RE2 program that Envoy takes, 100 instructions unless the stack says otherwise.",
  severity: "critical",
  enforcement: "mandatory",
  framework: envoyDocs("type.matcher.v3.RegexMatcher", "re2.max_program_size.error_level"),
  remediation: [
    "Write a rule of its own for each path, and no repetition with a number, as {1,64} is: RE2 writes it out.",
    "Shorten the server's base path.",
    "Or raise re2.max_program_size.error_level in Envoy's bootstrap, and cilium.re2ProgramLimit with it.",
  ],
  cannotPrevent: "a resource that is registered before the root component, which then is refused",
  before: { types: [CILIUM_POLICY], related: theRoot },
  check(resources, report) {
    const rules = plannedHttpRules(resources);
    if (rules.length === 0) return;
    const found = readDeclaration(resources, "re2ProgramLimit");
    const limit = "sections" in found ? found.sections.re2ProgramLimit : DEFAULT_RE2_PROGRAM_LIMIT;
    for (const { resource, at: place, rule } of rules) {
      for (const key of ["path", "method", "host"]) {
        const fault = sizeFault(propertyAt(rule, key), limit);
        if (fault !== undefined) report(`${place}: ${key} ${fault}`, resource);
      }
    }
  },
};

function sizeFault(value: PropertyValue, limit: number): string | undefined {
  if (value === undefined || value === "") return undefined;
  if (typeof value !== "string") return `is ${formatValue(value)}: name it`;
  // What is no expression at all has no size; other guardrails say so, and Envoy.
  if (errorMessage(() => compilePattern(value)) !== undefined)
    return `${formatValue(value)} is no regular expression`;
  const size = programSize(value);
  if (size <= limit) return undefined;
  return `${formatValue(value)} needs up to ${size} instructions of RE2, and Envoy takes no policy with more than ${limit}`;
}

export const policyHasNamespace: StackGuardrail = {
  kind: "stack",
  name: "policy-has-namespace",
  description:
    "Every CiliumNetworkPolicy names its namespace: without one it may hold for every pod of the cluster.",
  severity: "high",
  enforcement: "mandatory",
  framework: ciliumDocs("Network Policy", "CiliumNetworkPolicy, CiliumClusterwideNetworkPolicy"),
  remediation: [
    "Set metadata.namespace of the policy.",
    "Where it is meant for the whole cluster, make it a CiliumClusterwideNetworkPolicy.",
  ],
  cannotPrevent: "nothing: in an update every namespace is known before its policy is created",
  before: {
    types: [CILIUM_POLICY],
    check(resource, _registered, report) {
      if (resource.type.includes("Clusterwide")) return;
      for (const policy of listedPolicies(resource)) {
        const namespace = propertyAt(policy, "metadata", "namespace");
        if (namespace === undefined || namespace === "")
          report(`metadata.namespace is ${formatValue(namespace)}: name it`);
      }
    },
  },
  check(resources, report) {
    const namespaces = new NamespaceNames(resources, namespaceOfServers(resources));
    for (const resource of resources.filter(({ type }) => CILIUM_POLICY.test(type))) {
      if (resource.type.includes("Clusterwide")) continue;
      for (const policy of listedPolicies(resource)) {
        const namespace = namespaces.nameFor(resource, propertyAt(policy, "metadata", "namespace"));
        if (namespace === undefined || namespace === UNKNOWN || namespace === "")
          report(`metadata.namespace is ${formatValue(namespace)}: name it`, resource);
      }
    }
  },
};
