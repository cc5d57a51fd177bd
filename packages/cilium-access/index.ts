/** The public API: from policies to verdicts. Nothing else of this package is imported from outside. */

export { selectsPeer } from "./api/peer-selector.ts";
export { type PortRange, type Protocol, portRangeMatches } from "./api/ports.ts";
export { describePolicy, type Direction, type RuleEntry, type Rule } from "./api/rules.ts";
export { covers, parsePrefix, type Prefix } from "./identity/cidr.ts";
export { labelValue, namespaceName, podIdentity, reservedIdentity } from "./identity/identity.ts";
export {
  ANY,
  CLUSTER_LABEL,
  K8S,
  NAMESPACE_LABEL,
  NAMESPACE_LABELS_PREFIX,
  RESERVED,
  SERVICE_ACCOUNT_LABEL,
} from "./identity/labels.ts";
export { type Requirement, requirementsOf, type Selector } from "./identity/selectors.ts";
export { serverFault } from "./k8s/api-server-validation.ts";
export {
  unsupportedInObject,
  UNSUPPORTED_KINDS,
  missingNamespaces,
  unsupportedInConfig,
} from "./k8s/unsupported.ts";
export { clusterInput, isReadKind, listItems, type KubernetesObject } from "./k8s/cluster-objects.ts";
export {
  type Peer,
  type ClusterModel,
  buildClusterModel,
  externalPeer,
  workloadsBehind,
  worldPeers,
} from "./k8s/cluster-model.ts";
export { manifestError } from "./k8s/manifest-schema.ts";
export {
  CILIUM_CONFIG_MAP,
  nearestRelease,
  releaseOptions,
  readCiliumConfig,
  parseCiliumConfig,
} from "./k8s/cilium-config.ts";
export type { HttpRule } from "./l7/http-rules.ts";
export { normalizedOrOriginalPath, normalizePath } from "./l7/normalize-path.ts";
export { type PreparedRequest, prepareRequest } from "./l7/http-request.ts";
export { DEFAULT_RE2_PROGRAM_LIMIT, type Options, type Version, VERSIONS } from "./options.ts";
export type { PolicyEntry } from "./policy/policy-entry.ts";
export { type QueryAnswer, answerQuery, answerJson, formatAnswer, parseQuery } from "./query/query.ts";
export { answerBatch } from "./query/query-batch.ts";
export { evaluatePeers, buildMatrix, passesAt, type ServerAccess } from "./query/access-matrix.ts";
export {
  type GrantedRecord,
  grantedRequests,
  INTERACTIONS,
  uniqueProbes,
  type Probe,
  recordProbes,
} from "./query/probes.ts";
export { matrixJson, formatMatrix, matrixNotes } from "./query/format-matrix.ts";
export { compilePattern, literalText, type RegexPattern } from "./re2/regex-pattern.ts";
export { programSize } from "./re2/program-size.ts";
export {
  type CharacterRange,
  type Instruction,
  type RegexProgram,
  compileProgram,
} from "./re2/regex-program.ts";
export { shortestMatch } from "./re2/shortest-match.ts";
export { type TrafficParty, describeNamespace } from "./verdict/policy-repository.ts";
export { explainDirection, decidingDirection, explainVerdict } from "./verdict/explain-verdict.ts";
export { type PairAccess, isRefused, passes, type Verdict } from "./verdict/verdict.ts";
export { QueryError } from "./query-error.ts";
