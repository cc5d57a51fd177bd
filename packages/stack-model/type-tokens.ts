/** Pulumi's type tokens of the resources that more than one guardrail looks at. */

/** The component that declares what the stack as a whole is. */
export const ROOT = "attested-fhir:index:AttestedFhir";

export const ADMISSION_POLICY = "gcp:binaryauthorization/policy:Policy";
export const ATTESTOR = "gcp:binaryauthorization/attestor:Attestor";
export const CLUSTER = "gcp:container/cluster:Cluster";
export const CRYPTO_KEY = "gcp:kms/cryptoKey:CryptoKey";
/** Helm's own release: one resource, whose pods Pulumi never sees. */
export const HELM_RELEASE = "kubernetes:helm.sh/v3:Release";
export const NODE_POOL = "gcp:container/nodePool:NodePool";
export const NOTE = "gcp:containeranalysis/note:Note";
/** A repository of Artifact Registry. */
export const REPOSITORY = "gcp:artifactregistry/repository:Repository";
/** The stack itself, which holds everything. */
export const STACK = "pulumi:pulumi:Stack";
/** Pulumi spells it so. */
export const OCCURRENCE = "gcp:containeranalysis/occurence:Occurence";
