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
 * @param policies the pack's policies; what the file says is checked against them
 * @param now which decides what exemptions have expired
 * @returns undefined where the user names none and the stack has none
 * @throws UserError when the file cannot be read, or says something that Pulumi or the pack does not take, each with its
 * place. Pulumi itself ignores the names of policies that do not exist.
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
  const settings = await settingsIn(path, name);
  try {
    return {
      path,
      name,
      settings,
      configuration: configurationOf(policies.map(configurable), settings, now),
    };
  } catch (cause) {
    throw new UserError(faultText(name, thrownMessage(cause).split("\n")), { cause });
  }
}

function configurable({ enforcement = "mandatory", ...facts }: GuardrailFacts): Configurable {
  return { ...facts, enforcement };
}

async function settingsIn(path: string, name: string): Promise<PolicySettings> {
  let content: unknown;
  try {
    const text = await readFile(path, "utf8");
    content = text.trim() === "" ? {} : JSON.parse(text); // Pulumi takes an empty file, too
  } catch (cause) {
    throw new UserError(`The policy pack's configuration ${name} cannot be read: ${thrownMessage(cause)}`, {
      cause,
    });
  }
  const read = readSettings(content);
  if ("settings" in read) return read.settings;
  throw new UserError(faultText(name, read.faults));
}

function faultText(name: string, faults: readonly string[]): string {
  return [
    `The policy pack's configuration ${name} is not right:`,
    ...faults.map((fault) => `  ${fault}`),
  ].join("\n");
}

/** The policy pack's configuration, and what the pack trusted for want of one. */
export interface PolicyPackReport {
  /** The file; null where the stack has none. */
  readonly file: string | null;
  /** Whether it fixes the enforcement levels at those that the pack gives, so that lowering has no effect. */
  readonly fixed: boolean;
  /** Policies that it gives a lower enforcement level than the pack does. */
  readonly lowered: readonly LoweredLevel[];
  /** What the pack trusted because the program declares it, and no configuration pins it. */
  readonly trusted: readonly TrustedDeclaration[];
  /** Policies that it does not select, and by what; absent where it selects all, or fixes the levels. */
  readonly selection?: Selection;
  /** The exemptions that it holds, expired ones too; absent where it holds none. */
  readonly exemptions?: readonly Exemption[];
}

/**
 * What a report tells of a pack's configuration.
 *
 * @param config absent where the stack has none
 * @param resources what the preview has seen
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

/** The same in whole sentences: one for what is lowered and one for what is trusted, where there is something. */
export function policyPackNotes(report: PolicyPackReport): readonly string[] {
  const { file, fixed, lowered, trusted, selection } = report;
  const levels = loweredTexts(lowered);
  const effect = fixed ? ", in vain since it fixes them" : "";
  return [
    ...(levels.length > 0 ? [`${file ?? ""} lowers enforcement levels${effect}: ${levels.join("; ")}.`] : []),
    ...(selection === undefined ? [] : selectionText(selection)),
    ...(trusted.length > 0 ? [trustedText(trusted)] : []),
  ];
}
