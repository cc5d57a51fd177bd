import { googleLocation, googleProject } from "./google-project.ts";
import type { Resource } from "./resource.ts";
import { ADMISSION_POLICY, CLUSTER } from "./type-tokens.ts";
import { propertyAt, listItems, type PropertyValue } from "./property-value.ts";

/** Binary Authorization policies, and which of their rules decides about a pod. */

/** A rule of a policy, as it is written; Pulumi writes `requireAttestationsBy` as a plural. */
export interface AdmissionRule {
  /** `LOCATION.CLUSTER`, or absent for the default rule. */
  readonly cluster?: PropertyValue;
  /** What a message calls it. */
  readonly called: string;
  readonly evaluationMode: PropertyValue;
  readonly enforcementMode: PropertyValue;
  /** The attestors that must all attest an image: `projects/PROJECT/attestors/ID`. */
  readonly attestors: readonly PropertyValue[];
}

/** The rules of a policy: the default one first, then those for single clusters. */
export function admissionRules(policy: Resource): readonly AdmissionRule[] {
  const project = googleProject(policy);
  const rule = (value: PropertyValue, called: string): AdmissionRule => ({
    called,
    evaluationMode: propertyAt(value, "evaluationMode"),
    enforcementMode: propertyAt(value, "enforcementMode"),
    attestors: listItems(propertyAt(value, "requireAttestationsBies")).map((name) =>
      resourceName(name, project, "attestors"),
    ),
  });
  return [
    rule(propertyAt(policy.props, "defaultAdmissionRule"), "the default rule"),
    ...listItems(propertyAt(policy.props, "clusterAdmissionRules")).map((value): AdmissionRule => {
      const cluster = propertyAt(value, "cluster");
      return {
        ...rule(value, `the rule for ${typeof cluster === "string" ? cluster : "a cluster"}`),
        cluster,
      };
    }),
  ];
}

/** The image patterns of a policy that need no attestation. */
export function allowedPatterns(policy: Resource): readonly PropertyValue[] {
  return listItems(propertyAt(policy.props, "admissionWhitelistPatterns")).map((pattern) =>
    propertyAt(pattern, "namePattern"),
  );
}

/** The full name of a resource that may be given by its id alone, as Google reads it within a project. */
export function resourceName(
  name: PropertyValue,
  project: PropertyValue,
  collection: "attestors" | "notes",
): PropertyValue {
  if (typeof name !== "string" || name.includes("/") || typeof project !== "string") return name;
  return `projects/${project}/${collection}/${name}`;
}

/** A rule that may decide about a pod, with the policy that it stands in. */
export interface ApplicableRule {
  readonly policy: Resource;
  readonly rule: AdmissionRule;
}

/**
 * The rules that may decide about the pods of a resource. Which cluster they run on is known from the provider
 * that makes them: its kubeconfig is made from the cluster. Where that is not to be seen, every rule
 * that admits anything may decide, and the pod has to satisfy them all.
 */
export function applicableRules(
  workload: Resource,
  resources: readonly Resource[],
): readonly ApplicableRule[] {
  const policies = resources.filter(({ type }) => type === ADMISSION_POLICY);
  const clusters = clustersFor(workload, resources);
  if (clusters.length > 0) return clusters.flatMap((cluster) => rulesForCluster(cluster, policies));
  const every = policies.flatMap((policy) => admissionRules(policy).map((rule) => ({ policy, rule })));
  const admitting = every.filter(({ rule }) => rule.evaluationMode !== "ALWAYS_DENY");
  return admitting.length > 0 ? admitting : every;
}

function clustersFor(workload: Resource, resources: readonly Resource[]): readonly Resource[] {
  const provider = resources.find(({ urn }) => urn === workload.provider);
  const sources = new Set(provider?.dependencies);
  return resources.filter(({ type, urn }) => type === CLUSTER && sources.has(urn));
}

function rulesForCluster(cluster: Resource, policies: readonly Resource[]): readonly ApplicableRule[] {
  const project = googleProject(cluster);
  const own = policies.filter((policy) => typeof project === "string" && googleProject(policy) === project);
  const [location, name] = [googleLocation(cluster), propertyAt(cluster.props, "name")];
  const spec = typeof location === "string" && typeof name === "string" ? `${location}.${name}` : undefined;
  return own.flatMap((policy) => {
    const [byDefault, ...others] = admissionRules(policy);
    const rule = others.find(({ cluster }) => cluster === spec) ?? byDefault;
    return rule === undefined ? [] : [{ policy, rule }];
  });
}
