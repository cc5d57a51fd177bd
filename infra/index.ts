import { homedir } from "node:os";
import * as pulumi from "@pulumi/pulumi";
import { AttestedFhir, stackDeclaration } from "./root-component.ts";
import { CONFIG_NAMESPACE, parseStack, type StackSource } from "./config/parse-stack.ts";
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

/** The program: the stack's configuration, the layers that it names, and what they hand on. */

// Pulumi's host looks up source maps for the stack trace of every promise. Types are stripped in place here, so
// positions are true as they stand; looking them up would take longer than declaring the resources.
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
// Before anything is declared, so that nothing is changed where the cluster is not as it has to be.
const cluster = await existingCluster(config, { variable: process.env.KUBECONFIG, home: homedir() });
const parent = new AttestedFhir("attested-fhir", stackDeclaration(config));
const identity = createProviders(config, parent);
const project = createProjects(config, identity, parent);
const context = { config, project, identity, parent, cluster, now: source.now };

const signed = config.layers.includes("signing") ? signing(context) : undefined;
const running = config.layers.includes("runtime") ? runtime(context, signed) : undefined;
const serving = config.layers.includes("fhir") ? fhir(context, signed) : undefined;

/** What the stack hands on, and what answers the tutorial's own checks. */
const outputs = {
  /** `gcloud kms keys versions list`: the version that signs is 1. */
  keyVersion: signed?.keyVersion,
  /** The attestor's public keys, for a runtime stack to pin. */
  publicKeys: signed?.publicKeys,
  /** The request for the note: it exists, by this name. */
  note: signed?.note,
  /** `gcloud container binauthz attestors list`: the attestor, by its full name. */
  attestor: signed?.attestor,
  /** The attestations, for a runtime stack's file: `pulumi stack output attestations --json`. */
  attestations: signed?.attestations,
  /** Where senders connect to, on port 2575. */
  adapterAddress: running?.adapterAddress,
  /** `kubectl get pods`: how many pods of the adapter are ready. */
  adapterReadyPods: running?.adapterReadyPods,
  /** Kubeconfig of the deployer cluster, for `kubectl`; it holds no token. */
  kubeconfig: running?.kubeconfig,
  /** Base URL of the FHIR endpoint within its cluster. */
  fhirUrl: serving?.url,
  /** Where each record is on the FHIR server. */
  fhirRecords: serving?.records,
  /** What protects the FHIR server's routes: `smart` or `breakGlass`. */
  accessMode: serving?.accessMode,
  /** When break-glass ends by itself. */
  openUntil: serving?.openUntil,
  /** Kubeconfig of the FHIR cluster, where the stack makes it; it holds no token. */
  fhirKubeconfig: serving?.kubeconfig,
};

// Pulumi warns of every output without a value, and a stack of one layer has not all of them.
export default Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== undefined));
