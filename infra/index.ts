import { homedir } from "node:os";
import * as pulumi from "@pulumi/pulumi";
import { AttestedFhir, stackDeclaration } from "./root-component.ts";
import { CONFIG_NAMESPACE, parseStack, type StackSource } from "./config/parse-stack.ts";
import { layerConfig } from "./config/layer-configs.ts";
import type { StackConfig } from "./config/stack-config.ts";
import { fhir } from "./layers/fhir/index.ts";
import { existingCluster } from "./layers/fhir/existing-cluster.ts";
import { createProviders } from "./providers.ts";
import { ConfigError } from "./config/errors.ts";
import { placeholderFault } from "./config/placeholders.ts";
import { createProjects } from "./projects.ts";
import { runtime } from "./layers/runtime.ts";
import { signing } from "./layers/signing.ts";
import { stackSource } from "./config/pulumi-config.ts";
import { warningsOn } from "./config/warnings.ts";

/** The program: the stack's configuration, its layers and its outputs. */

// Pulumi's language host looks up source maps for the stack trace of every promise. Types are stripped in place here, so
// positions are correct without them; the lookups would take longer than declaring the resources.
Reflect.deleteProperty(Error, "prepareStackTrace");

function checked(source: StackSource): StackConfig {
  try {
    return parseStack(source);
  } catch (error) {
    // Pulumi prints a RunError's message alone, and a stack trace for everything else.
    throw error instanceof ConfigError ? new pulumi.RunError(error.message) : error;
  }
}

const source = stackSource();
const config = checked(source);
const where = { file: source.file, prefix: `${CONFIG_NAMESPACE}:` };
for (const warning of warningsOn(config, where)) await pulumi.log.warn(warning);
const placeholders = placeholderFault(config, where);
if (placeholders !== undefined) {
  if (!pulumi.runtime.isDryRun()) throw new pulumi.RunError(placeholders);
  await pulumi.log.info(placeholders);
}
// Before anything is declared, so that nothing changes where the cluster check fails.
const cluster = await existingCluster(config, { variable: process.env.KUBECONFIG, home: homedir() });
const parent = new AttestedFhir("attested-fhir", stackDeclaration(config));
const identity = createProviders(config, parent);
const project = createProjects(config, identity, parent);
const context = { project, identity, parent, cluster, now: source.now };

const signs = layerConfig(config, "signing");
const runs = layerConfig(config, "runtime");
const serves = layerConfig(config, "fhir");
const signed = signs && signing({ ...context, config: signs });
const running = runs && runtime({ ...context, config: runs }, signed);
const serving = serves && fhir({ ...context, config: serves }, signed);

/** The outputs of the stack; `npm run docs` writes docs/stacks.md from their comments. */
const outputs = {
  /** The key version that signs; absent where keys are managed elsewhere. */
  keyVersion: signed?.keyVersion,
  /** The attestor's public keys with their ids, for a runtime stack to pin. */
  publicKeys: signed?.publicKeys,
  /** The note, `projects/PROJECT/notes/ID`. */
  note: signed?.note,
  /** The attestor, `projects/PROJECT/attestors/ID`. */
  attestor: signed?.attestor,
  /** The attestations as data, for the `attestations` of a runtime stack. */
  attestations: signed?.attestations,
  /** The internal address that senders connect to, on port 2575. */
  adapterAddress: running?.adapterAddress,
  /** The number of ready pods of the adapter. */
  adapterReadyPods: running?.adapterReadyPods,
  /** Kubeconfig of the deployer's cluster; it contains no token. */
  kubeconfig: running?.kubeconfig,
  /** Base URL of the FHIR endpoint within its cluster. */
  fhirUrl: serving?.url,
  /** The URL of each record on the FHIR server, once it is registered. */
  fhirRecords: serving?.records,
  /** What protects the FHIR server's routes: `smart` or `breakGlass`. */
  accessMode: serving?.accessMode,
  /** When break-glass ends by itself; absent with `smart`. */
  openUntil: serving?.openUntil,
  /** The internal address of the SMART app. */
  smartAppAddress: serving?.appAddress,
  /** Base URL of the DICOMweb gateway within the FHIR server's cluster. */
  dicomUrl: serving?.dicomUrl,
  /** Kubeconfig of the FHIR cluster, where the stack creates it; it contains no token. */
  fhirKubeconfig: serving?.kubeconfig,
};

// Pulumi warns of every output without a value, and a stack of one layer has not all of them.
export default Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== undefined));
