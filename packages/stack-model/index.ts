/** The public API: the resources of a stack as policies and reports see them. */

export { allowListOf, type Judge, judgesOf, resourceName, rulesOf } from "./admission.ts";
export {
  type Declaration,
  declared,
  type DeclaredGrant,
  type DeclaredKey,
  type DeclaredServer,
  holdersOf,
  type Layer,
  type PinnedAttestor,
  type Side,
  sideOf,
  type UnattestedImage,
  withDeclaration,
} from "./declaration.ts";
export { brokenBy, defaultDenyFaults, DIRECTIONS } from "./default-deny.ts";
export { faultOf } from "./fault.ts";
export { type Granted, grantedTo, recordOf } from "./granted.ts";
export { CILIUM_POLICY } from "./kubernetes-objects.ts";
export { type Surplus, surplusOf, surplusPath, TOO_LONG } from "./languages.ts";
export { NamespaceNames } from "./namespaces.ts";
export { containersOf, type Pod, POD_BEARERS, podsOf } from "./pods.ts";
export {
  bearerOf,
  namespaceOfServers,
  type PolicedCluster,
  policedClusters,
  type PolicedServer,
  serversIn,
  withServers,
} from "./policed-clusters.ts";
export type { Resource, StackReport } from "./resource.ts";
export { hiddenImagesOf, type RunningImage, runningImagesOf } from "./running-images.ts";
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
} from "./token.ts";
export { at, entries, isProperties, items, type Properties, said, UNKNOWN, type Value } from "./value.ts";
