import type { Observation } from "./report/observation.ts";
import type { Override } from "./project/config-path.ts";
import type { NeededTool } from "./toolchain/missing-tools.ts";
import type { PolicyPackConfig } from "./project/policy-config.ts";
import type { Placeholder } from "./report/report.ts";
import type { GuardrailFacts } from "./report/guardrail-facts.ts";
import type { Mode } from "./report/preview-mode.ts";
import type { Environment, Toolchain } from "./toolchain/find-toolchain.ts";

/** What to preview, with which tools, and the callbacks that report progress. */
export interface PreviewOptions {
  /** Directory of the Pulumi.yaml, an absolute path. Nothing in it is written to. */
  readonly root: string;
  /** The stack's name, with its organization where the backend needs it. */
  readonly stack: string;
  /** Pulumi's engine and its providers; without them, or when some of them are missing, the preview is embedded. */
  readonly toolchain?: Toolchain | undefined;
  /** Why no toolchain is used, in a few words. Defaults to "no Pulumi CLI was found". */
  readonly because?: string;
  /** Whether to fail when the engine lacks a tool, instead of choosing embedded mode. Defaults to false. */
  readonly engine?: boolean;
  /** Returns the plugins that a stack with these values requires. Defaults to none. */
  readonly plugins?: PluginsOfStack | undefined;
  /** Whether a missing stack file counts as an empty one. Defaults to false. */
  readonly allowMissingFile?: boolean;
  /** The user's environment. */
  readonly env: Environment;
  /** The user's Pulumi directory. */
  readonly pulumiHome: string;
  /** Values that override the stack file's, for this preview only. Defaults to none. */
  readonly overrides?: readonly Override[];
  /** The step of the project's story to preview; `overrides` win over its values. Defaults to none. */
  readonly step?: string;
  /** Directories of policy packs. Defaults to none. */
  readonly policyPacks?: readonly string[];
  /** Metadata of the guardrails in those packs. Defaults to none. */
  readonly guardrails?: readonly GuardrailFacts[];
  /**
   * The file that the policy packs are configured by, relative to the working directory. Defaults to the stack's own,
   * `policy.<stack>.json` next to its stack file, where there is one.
   */
  readonly policyPackConfigFile?: string | undefined;
  /** The moment of the preview, whose day in UTC decides which exemptions have expired. Defaults to the current time. */
  readonly now?: Date;
  /** Whether to refresh the state first. Defaults to false. */
  readonly refresh?: boolean;
  /** Whether to ignore the state, even when a backend has the stack. Defaults to false. */
  readonly noState?: boolean;
  /** Validates the project's own keys before anything is started. Defaults to no validation. */
  readonly validate?: Validate;
  /** Cancels the preview. */
  readonly signal: AbortSignal;
  /** Called with the number of resources seen so far, whenever it grows. */
  readonly onProgress?: (resources: number) => void;
  /** Called, before the engine starts, with each prerequisite that is probably missing. */
  readonly onPrerequisite?: (text: string) => void;
  /** Called with all output of the program, the policy packs and the engine. */
  readonly onLog?: (text: string) => void;
}

/**
 * Validates a stack's configuration.
 *
 * @param stackFile the file's path, relative to the project, for messages
 * @param values the keys of the project's namespace, without the namespace; secrets are a placeholder
 * @returns all errors in one text, or else the placeholders
 */
export type Validate = (stackFile: string, values: Readonly<Record<string, unknown>>) => ValidationResult;

/** The result of validating a stack's configuration. */
export interface ValidationResult {
  /** All errors in one text; absent if the configuration is valid. */
  readonly error?: string;
  /** Placeholders, which `pulumi up` rejects. Defaults to none. */
  readonly placeholders?: readonly Placeholder[];
  /** Whether the stack has resources of Google Cloud. Defaults to false. */
  readonly needsGoogle?: boolean;
}

/**
 * Returns the plugins that a stack requires.
 *
 * @param values the keys of the project's namespace, without the namespace, which `Validate` has accepted
 */
export type PluginsOfStack = (values: Readonly<Record<string, unknown>>) => Promise<readonly NeededTool[]>;

/** What a preview has observed, before it is grouped and evaluated. */
export interface ObservedStack {
  readonly seen: Observation;
  readonly mode: Mode;
  /** What the reader has to know about the preview, in whole sentences. */
  readonly notes: readonly string[];
  /** Placeholders of the stack file. */
  readonly placeholders: readonly Placeholder[];
}

/** What to observe. */
export interface ObserveOptions extends PreviewOptions {
  /** The configuration of the policy packs. Defaults to none. */
  readonly policyPackConfig?: PolicyPackConfig | undefined;
}

/** What the engine or embedded mode has observed of a valid stack. */
export type Seen = Omit<ObservedStack, "placeholders">;

/** Why the preview is embedded, unless the user chose that. */
export const NO_CLI = "no Pulumi CLI was found";
