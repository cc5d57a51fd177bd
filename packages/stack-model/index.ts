/** The public API: the resources of a stack as policies and reports see them. */

export {
  allowedPatterns,
  type ApplicableRule,
  applicableRules,
  resourceName,
  admissionRules,
} from "./admission-rules.ts";
export { INTERACTIONS } from "@attested-fhir/cilium-access";
export {
  type Declaration,
  DECLARED_ROLES,
  type DeclaredRole,
  hasDeclaration,
  isBelowRoot,
  readDeclaration,
  type DeclaredGrant,
  type DeclaredKey,
  type DeclaredServer,
  roleHolders,
  type DeclaredLayer,
  type PinnedAttestor,
  type Duty,
  declaredDuty,
  type UnattestedImage,
  withDeclaration,
} from "./declaration.ts";
export { defaultDenyExceptions, defaultDenyViolations, DIRECTIONS } from "./default-deny.ts";
export { errorMessage } from "./error-message.ts";
export { googleLocation, googleProject } from "./google-project.ts";
export { type GrantedRequests, requestsGrantedTo, grantedRecord } from "./granted-requests.ts";
export { CILIUM_POLICY } from "./kubernetes-objects.ts";
export { CUSTOM_RESOURCE, kubernetesType } from "./kubernetes-types.ts";
export { withPatchesApplied } from "./object-patches.ts";
export {
  type Counterexample,
  findCounterexample,
  counterexamplePath,
  SEARCH_LIMIT_REACHED,
} from "./regex-counterexample.ts";
export { NamespaceNames } from "./namespace-names.ts";
export { podContainers, type Pod, WORKLOAD_TYPES, podSpecs } from "./pod-specs.ts";
export {
  workloadResource,
  namespaceOfServers,
  type PlannedCluster,
  clusterModels,
  type PlannedServer,
  plannedServers,
  type ServersAndDeclaration,
  serverClusters,
  serversIn,
  reportUnknownAccess,
  withServers,
} from "./cluster-models.ts";
export type { EvaluationBlocker } from "./planned-cilium-config.ts";
export { registeredCluster } from "./registered-cluster.ts";
export { isOneOf, type RegisteredResources, Registrations } from "./registered-resources.ts";
export type { Resource, StackReport } from "./resource.ts";
export { hiddenImages, type RunningImage, runningImages } from "./running-images.ts";
export {
  ADMISSION_POLICY,
  ATTESTOR,
  CLUSTER,
  CRYPTO_KEY,
  HELM_RELEASE,
  NODE_POOL,
  NOTE,
  OCCURRENCE,
  REPOSITORY,
  ROOT,
  STACK,
} from "./type-tokens.ts";
export {
  isDeployedByController,
  isRenderedBySdk,
  NOT_RENDERED,
  unseenContent,
  type UnseenContent,
} from "./unseen-content.ts";
export {
  propertyAt,
  mapEntries,
  isProperties,
  listItems,
  type Properties,
  formatValue,
  UNKNOWN,
  type PropertyValue,
} from "./property-value.ts";
