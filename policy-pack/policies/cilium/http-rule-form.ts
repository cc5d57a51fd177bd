import {
  compilePattern,
  DEFAULT_RE2_PROGRAM_LIMIT,
  programSize,
  shortestMatch,
} from "@attested-fhir/cilium-access";
import {
  propertyAt,
  CILIUM_POLICY,
  readDeclaration,
  errorMessage,
  NamespaceNames,
  namespaceOfServers,
  formatValue,
  type Resource,
  ROOT,
  findCounterexample,
  counterexamplePath,
  SEARCH_LIMIT_REACHED,
  UNKNOWN,
  type PropertyValue,
} from "@attested-fhir/stack-model";
import { ciliumDocs, envoyDocs } from "../../frameworks.ts";
import type { OrderedGuardrail, ResourceGuardrail, StackGuardrail } from "../../guardrail.ts";
import { plannedHttpRules, policiesOf } from "./planned-http-rules.ts";
import { METHODS } from "../access/rule-probes.ts";

/** Guardrails on the form of Cilium's policies: what makes a rule say something else than its author meant. */

export const httpRuleNamesMethodAndPath: ResourceGuardrail = {
  kind: "resource",
  name: "http-rule-names-method-and-path",
  description:
    "Every HTTP rule of Cilium's policies names its methods and a path: what it leaves out may be anything.",
  severity: "critical",
  enforcement: "mandatory",
  framework: ciliumDocs("Layer 7 Examples", "HTTP: fields that are left out match every request"),
  remediation: [
    "Give the rule both method and path.",
    "Name methods one by one, GET and HEAD each for itself, and none by a pattern.",
  ],
  types: [CILIUM_POLICY],
  check(policy, report) {
    for (const { at: path, rule } of plannedHttpRules(policy)) {
      for (const [key, fault] of [
        ["method", methodFault],
        ["path", nameFault],
      ] as const) {
        const found = fault(propertyAt(rule, key));
        if (found !== undefined) report(`${path}: ${key} ${found}`);
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

export const httpPathEscaped: ResourceGuardrail = {
  kind: "resource",
  name: "http-path-escaped",
  description:
    "Every path of an HTTP rule matches one text and no other, but for the id of a version at its end.",
  severity: "critical",
  enforcement: "mandatory",
  framework: ciliumDocs("Layer 7 Examples", "HTTP: path is a regular expression, RE2's in fact"),
  remediation: [
    "Escape what RE2 takes for more than itself: \\. for a dot, \\? before a query, \\$everything.",
    "For any version of a record write [A-Za-z0-9.-]+ behind /_history/, and no other pattern.",
    "Write a rule of its own for each path.",
  ],
  types: [CILIUM_POLICY],
  check(policy, report) {
    for (const { at: place, rule } of plannedHttpRules(policy)) {
      const path = propertyAt(rule, "path");
      const fault = path === UNKNOWN ? `is ${formatValue(path)}: name it` : pathFault(path);
      if (fault !== undefined) report(`${place}: path ${fault}`);
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
  if (other === SEARCH_LIMIT_REACHED) return `${formatValue(path)} matches more than anybody can tell`;
  return `${formatValue(path)} matches ${JSON.stringify(sample)} and also ${JSON.stringify(other)}`;
}

export const httpRegexSize: OrderedGuardrail = {
  kind: "ordered",
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
  types: [CILIUM_POLICY],
  check(policy, registered, report) {
    const found = readDeclaration(registered.ofTypes(ROOT), "re2ProgramLimit");
    const limit = "sections" in found ? found.sections.re2ProgramLimit : DEFAULT_RE2_PROGRAM_LIMIT;
    for (const { at: place, rule } of plannedHttpRules(policy)) {
      for (const key of ["path", "method", "host"]) {
        const fault = sizeFault(propertyAt(rule, key), limit);
        if (fault !== undefined) report(`${place}: ${key} ${fault}`);
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
  cannotPrevent: "nothing: with an update every namespace is known before its policy is created",
  before: {
    types: [CILIUM_POLICY],
    check(resource, _registered, report) {
      for (const namespace of namespacesIn(resource)) {
        if (namespace === undefined || namespace === "") report(namespaceFault(namespace));
      }
    },
  },
  check(resources, report) {
    const namespaces = new NamespaceNames(resources, namespaceOfServers(resources));
    for (const resource of resources.filter(({ type }) => CILIUM_POLICY.test(type))) {
      for (const named of namespacesIn(resource)) {
        const namespace = namespaces.nameFor(resource, named);
        if (namespace === undefined || namespace === UNKNOWN || namespace === "")
          report(namespaceFault(namespace), resource);
      }
    }
  },
};

/** The namespaces of a resource's policies, but for policies that have none. */
function namespacesIn(resource: Resource): readonly PropertyValue[] {
  if (resource.type.includes("Clusterwide")) return [];
  return policiesOf(resource).map((policy) => propertyAt(policy, "metadata", "namespace"));
}

function namespaceFault(namespace: PropertyValue): string {
  return `metadata.namespace is ${formatValue(namespace)}: name it`;
}
