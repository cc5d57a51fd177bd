import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import {
  type Configurable,
  type Configuration,
  configurationOf,
  type Exemption,
  type LoweredLevel,
  loweredTexts,
  type PolicySettings,
  readSettings,
  selectionText,
  type Selection,
  type TrustedDeclaration,
  trustedDeclarations,
  trustedText,
  UNCONFIGURED,
} from "@attested-fhir/policy-config";
import type { Properties } from "@attested-fhir/stack-model";
import type { ObservedResource } from "../report/observation.ts";
import { thrownMessage, UserError } from "../user-error.ts";
import type { PulumiProject } from "./project.ts";
import type { GuardrailFacts } from "../report/guardrail-facts.ts";

/** A policy pack's configuration: the file that `pulumi preview` takes by --policy-pack-config. */
export interface PolicyPackConfig {
  /** The file, an absolute path. */
  readonly path: string;
  /** The file as a reader would look for it, relative to the project. */
  readonly name: string;
  /** What it gives the policies, as it stands there. */
  readonly settings: PolicySettings;
  /** What it pins, and what it lowers. */
  readonly configuration: Configuration;
}

/**
 * Reads the configuration of the policy pack for a stack: the file that the user names, or else the stack's own,
 * `policy.<stack>.json` next to the stack files.
 *
 * @param given the file that the user names, relative to the working directory
 * @param policies the pack's policies, which the file is validated against
 * @param now the time that decides which exemptions have expired
 * @returns undefined if the user names no file and the stack has none
 * @throws UserError if the file cannot be read, or lists each place that Pulumi or the pack rejects. Pulumi itself ignores
 * unknown policy names.
 */
export async function readPolicyPackConfig(
  project: PulumiProject,
  stack: string,
  given: string | undefined,
  policies: readonly GuardrailFacts[],
  now: Date,
): Promise<PolicyPackConfig | undefined> {
  const own = join(project.stacksDir, `policy.${basename(stack)}.json`);
  if (given === undefined && !existsSync(own)) return undefined;
  const path = given === undefined ? own : resolve(given);
  const name = given ?? relative(project.root, own);
  const settings = await readSettingsFile(path, name);
  try {
    return {
      path,
      name,
      settings,
      configuration: configurationOf(policies.map(configurable), settings, now),
    };
  } catch (cause) {
    throw new UserError(invalidConfigText(name, thrownMessage(cause).split("\n")), { cause });
  }
}

function configurable({ enforcement = "mandatory", ...facts }: GuardrailFacts): Configurable {
  return { ...facts, enforcement };
}

async function readSettingsFile(path: string, name: string): Promise<PolicySettings> {
  let content: unknown;
  try {
    const text = await readFile(path, "utf8");
    content = text.trim() === "" ? {} : JSON.parse(text); // Pulumi accepts an empty file
  } catch (cause) {
    throw new UserError(`The policy pack's configuration ${name} cannot be read: ${thrownMessage(cause)}`, {
      cause,
    });
  }
  const read = readSettings(content);
  if ("settings" in read) return read.settings;
  throw new UserError(invalidConfigText(name, read.faults));
}

function invalidConfigText(name: string, errors: readonly string[]): string {
  return [`The policy pack's configuration ${name} is invalid:`, ...errors.map((error) => `  ${error}`)].join(
    "\n",
  );
}

/** The policy pack's configuration, and what the pack trusted without one. */
export interface PolicyPackReport {
  /** The file; null if the stack has none. */
  readonly file: string | null;
  /** Whether it fixes the enforcement levels at the pack's, so that lowering has no effect. */
  readonly fixed: boolean;
  /** Policies whose enforcement level it lowers. */
  readonly lowered: readonly LoweredLevel[];
  /** Declarations of the program that the pack trusted, because no configuration pins them. */
  readonly trusted: readonly TrustedDeclaration[];
  /** Policies that it deselects, and how; absent if it selects all or fixes the levels. */
  readonly selection?: Selection;
  /** Its exemptions, including expired ones; absent if it has none. */
  readonly exemptions?: readonly Exemption[];
}

/**
 * Reports the configuration of a policy pack.
 *
 * @param config absent if the stack has none
 * @param resources the observed resources
 */
export function policyPackReport(
  config: PolicyPackConfig | undefined,
  resources: readonly ObservedResource[],
): PolicyPackReport {
  const { trust, lowered, exemptions, selection } = config?.configuration ?? UNCONFIGURED;
  const seen = resources.map(({ type, inputs }) => ({ type, props: inputs as Properties }));
  const fixed = trust.enforcementLevels === "fixed";
  return {
    file: config?.name ?? null,
    fixed,
    lowered,
    trusted: trustedDeclarations(seen, trust),
    ...(selection.deselected.length > 0 && !fixed && { selection }),
    ...(exemptions.all.length > 0 && { exemptions: exemptions.all }),
  };
}

/** The same in whole sentences, for the notes of a report. */
export function policyPackNotes(report: PolicyPackReport): readonly string[] {
  const { file, fixed, lowered, trusted, selection } = report;
  const levels = loweredTexts(lowered);
  const effect = fixed ? ", without effect because it fixes them" : "";
  return [
    ...(levels.length > 0 ? [`${file ?? ""} lowers enforcement levels${effect}: ${levels.join("; ")}.`] : []),
    ...(selection === undefined ? [] : selectionText(selection)),
    ...(trusted.length > 0 ? [trustedText(trusted)] : []),
  ];
}
