import type { Resource } from "../../packages/stack-model/resource.ts";
import {
  ADMISSION_POLICY,
  ATTESTOR,
  CLUSTER,
  HELM_RELEASE,
  NODE_POOL,
  OCCURRENCE,
  ROOT,
} from "../../packages/stack-model/type-tokens.ts";
import type { Properties, PropertyValue } from "../../packages/stack-model/property-value.ts";

/** Resources as a guardrail receives them: a compliant stack that each test changes in one point. */

/** A resource with its own URN. */
export function resource(
  type: string,
  props: Properties = {},
  extra: Partial<Pick<Resource, "name" | "protect" | "provider" | "providerInputs" | "dependencies">> = {},
): Resource {
  const name = extra.name ?? "it";
  return { urn: `urn:pulumi:test::policy::${type}::${name}`, type, name, props, ...extra };
}

/** The same resource as a child of the root component. */
export function belowRoot(one: Resource): Resource {
  return { ...one, urn: one.urn.replace(`::${one.type}::`, `::${ROOT}$${one.type}::`) };
}

export const ATTESTOR_NAME = "projects/attestor-project/attestors/attestor";
export const NOTE_NAME = "projects/note-project/notes/note";
export const IMAGE = `gcr.io/vendor/adapter@sha256:${"1".repeat(64)}`;

/** The root component of a stack with an empty declaration. */
export function root(declaration: Properties = {}): Resource {
  const silent = {
    layers: ["runtime"],
    separateDuties: false,
    roles: {},
    mergedRoles: [],
    allowedLocations: [],
    attestors: [],
    attestations: [],
    senders: [],
    unattestedImages: [],
    fhirServers: [],
    grants: [],
    systemNamespaces: ["kube-system"],
    re2ProgramLimit: 100,
    accessMode: "smart",
  };
  return resource(ROOT, { ...silent, ...declaration }, { name: "root" });
}

const RULE = {
  evaluationMode: "REQUIRE_ATTESTATION",
  enforcementMode: "ENFORCED_BLOCK_AND_AUDIT_LOG",
  requireAttestationsBies: [ATTESTOR_NAME],
};

/** An admission rule that requires the attestor. */
export function rule(props: Properties = {}): Properties {
  return { ...RULE, ...props };
}

/** The admission policy of the project `deployer-project`. */
export function policy(props: Properties = {}, name = "policy"): Resource {
  const sound = { project: "deployer-project", defaultAdmissionRule: rule(), admissionWhitelistPatterns: [] };
  return resource(ADMISSION_POLICY, { ...sound, ...props }, { name });
}

/** A policy's allow-list. */
export function allowing(...patterns: readonly PropertyValue[]): Properties {
  return { admissionWhitelistPatterns: patterns.map((namePattern) => ({ namePattern })) };
}

/** A cluster of the project `deployer-project`, `us-central1.cluster` in admission rules. */
export function cluster(props: Properties = {}, name = "cluster"): Resource {
  const sound = {
    project: "deployer-project",
    location: "us-central1",
    name: "cluster",
    binaryAuthorization: { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" },
    privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true },
    workloadIdentityConfig: { workloadPool: "deployer-project.svc.id.goog" },
  };
  return resource(CLUSTER, { ...sound, ...props }, { name });
}

export function nodePool(props: Properties = {}): Resource {
  const sound = { nodeConfig: { workloadMetadataConfig: { mode: "GKE_METADATA" } } };
  return resource(NODE_POOL, { ...sound, ...props }, { name: "nodes" });
}

/** A Deployment whose pod has one container; `pod` and `container` change them. */
export function deployment(
  changes: {
    readonly container?: Properties;
    readonly pod?: Properties;
    readonly labels?: PropertyValue;
  } = {},
  extra: Parameters<typeof resource>[2] = {},
): Resource {
  const container = {
    name: "adapter",
    image: IMAGE,
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    ...changes.container,
  };
  const spec = {
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    containers: [container],
    ...changes.pod,
  };
  const template: Properties = { metadata: { labels: changes.labels ?? { app: "adapter" } }, spec };
  return resource("kubernetes:apps/v1:Deployment", { spec: { template } }, { name: "deployment", ...extra });
}

/** A Helm release with these values. */
export function release(
  values: PropertyValue,
  props: Properties = {},
  extra: Parameters<typeof resource>[2] = {},
): Resource {
  return resource(HELM_RELEASE, { chart: "chart", values, ...props }, { name: "release", ...extra });
}

/** The attestor that the admission rule requires. */
export function attestor(publicKeys: PropertyValue, props: Properties = {}): Resource {
  const sound: Properties = {
    project: "attestor-project",
    name: "attestor",
    attestationAuthorityNote: { noteReference: NOTE_NAME, publicKeys },
  };
  return resource(ATTESTOR, { ...sound, ...props }, { name: "attestor" });
}

/** An attestation of IMAGE in Container Analysis. */
export function occurrence(props: Properties = {}): Resource {
  const sound = { resourceUri: `https://${IMAGE}`, noteName: NOTE_NAME };
  return resource(OCCURRENCE, { ...sound, ...props }, { name: "occurrence" });
}
