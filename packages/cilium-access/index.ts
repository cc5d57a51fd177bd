/** The public API: from policies to verdicts. Nothing else of this package is imported from outside. */

export { isPeer } from "./api/peers.ts";
export { type PortRange, type Protocol, speaksOf } from "./api/ports.ts";
export { describePolicy, type Direction, type Entry, type Rule } from "./api/rules.ts";
export { covers, parsePrefix, type Prefix } from "./identity/cidr.ts";
export { labelOf, namespaceOf, podIdentity, reservedIdentity } from "./identity/identity.ts";
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
export { serverFault } from "./k8s/api-server.ts";
export { beyondIn, KINDS_BEYOND, namespacesMissing, settingsBeyond } from "./k8s/beyond.ts";
export { clusterInput, isRead, itemsOf, type KubernetesObject } from "./k8s/manifests.ts";
export { type Actor, type Model, modelOf, outsider, workloadsBehind, worldOf } from "./k8s/model.ts";
export { formFault } from "./k8s/object-form.ts";
export { CONFIG, nearestRelease, releaseOptions, settingsIn, settingsOf } from "./k8s/settings.ts";
export type { HttpRule } from "./l7/http.ts";
export { inNormalForm, normalizePath } from "./l7/paths.ts";
export { type Question, question } from "./l7/question.ts";
export { DEFAULT_RE2_PROGRAM_LIMIT, type Options, type Version, VERSIONS } from "./options.ts";
export type { Clause } from "./policy/clause.ts";
export { type Answer, answer, answerData, answerText, readQuestion } from "./query/ask.ts";
export { answerBatch } from "./query/batch.ts";
export { accessOf, matrixOf, passesAt, type ServerAccess } from "./query/matrix.ts";
export {
  type GrantedRecord,
  grantedRequests,
  INTERACTIONS,
  once,
  type Probe,
  probesOf,
} from "./query/requests.ts";
export { matrixData, matrixTable, remarks } from "./query/table.ts";
export { compile, literalOf, type Pattern } from "./re2/patterns.ts";
export { programSize } from "./re2/program-size.ts";
export { type CharacterRange, type Instruction, type Program, programOf } from "./re2/program.ts";
export { sampleOf } from "./re2/samples.ts";
export { type Party, placeOf } from "./verdict/cluster.ts";
export { because, decidingDirection, explain } from "./verdict/explain.ts";
export { type Access, isRefused, passes, type Verdict } from "./verdict/verdict.ts";
export { WrongQuestion } from "./wrong-question.ts";
