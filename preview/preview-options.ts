import type { Observation } from "./report/observation.ts";
import type { Override } from "./project/config-path.ts";
import type { NeededTool } from "./toolchain/missing-tools.ts";
import type { PolicyPackConfig } from "./project/policy-config.ts";
import type { Placeholder } from "./report/report.ts";
import type { GuardrailFacts } from "./report/guardrail-facts.ts";
import type { Mode } from "./report/preview-mode.ts";
import type { Environment, Toolchain } from "./toolchain/find-toolchain.ts";

/** What to preview, with what, and who is told. */
export interface PreviewOptions {
  /** Directory of the Pulumi.yaml, an absolute path. Nothing in it is written to. */
  readonly root: string;
  /** The stack's name, with its organization where the backend needs it. */
  readonly stack: string;
  /** Pulumi's engine and its providers; the preview does without them when absent, or when some of them are missing. */
  readonly toolchain?: Toolchain | undefined;
  /** Why there is no toolchain, in a few words. Defaults to "no Pulumi CLI was found". */
  readonly because?: string;
  /** Whether to fail where the engine would miss a tool, instead of doing without it. Defaults to false. */
  readonly engine?: boolean;
  /** The plugins that a stack with these values needs, where that is known. Defaults to none. */
  readonly plugins?: PluginsOfStack | undefined;
  /** Whether a stack without a file counts as one whose file is empty. Defaults to false. */
  readonly mayLackFile?: boolean;
  /** The user's environment. */
  readonly env: Environment;
  /** The user's Pulumi directory. */
  readonly pulumiHome: string;
  /** Values that differ from the stack file's, for this preview only. Defaults to none. */
  readonly overrides?: readonly Override[];
  /** The step of the project's story to preview: its values come before `overrides`. Defaults to none. */
  readonly step?: string;
  /** Directories of policy packs. Defaults to none. */
  readonly policyPacks?: readonly string[];
  /** What those packs say of their guardrails. Defaults to nothing. */
  readonly guardrails?: readonly GuardrailFacts[];
  /**
   * The file that the policy packs are configured by, relative to the working directory. Defaults to the stack's own,
   * `policy.<stack>.json` next to its stack file, where there is one.
   */
  readonly policyPackConfigFile?: string | undefined;
  /** The moment of the preview, whose day in UTC decides which exemptions have expired. Defaults to the current time. */
  readonly now?: Date;
  /** Whether to read the real state of the world first. Defaults to false. */
  readonly refresh?: boolean;
  /** Whether to compare with nothing even where a backend has the stack. Defaults to false. */
  readonly noState?: boolean;
  /** Checks the project's own keys before anything is started. Defaults to no check. */
  readonly validate?: Validate;
  /** Ends the preview early. */
  readonly signal: AbortSignal;
  /** Told how many resources have been seen, whenever that grows. */
  readonly onProgress?: (resources: number) => void;
  /** Told, before the engine begins, what it will probably miss. */
  readonly onPrerequisite?: (text: string) => void;
  /** Told everything that the program, the policy packs and the engine say. */
  readonly onLog?: (text: string) => void;
}

/**
 * Checks a stack's configuration.
 *
 * @param stackFile the file's path, relative to the project, for messages
 * @param values the keys of the project's namespace, without the namespace; secrets are a placeholder
 * @returns every error in one text; where there is none, the sample values
 */
export type Validate = (stackFile: string, values: Readonly<Record<string, unknown>>) => Validated;

/** What a check of a stack's configuration found. */
export interface Validated {
  /** Every error in one text; absent where there is none. */
  readonly fault?: string;
  /** Sample values that `pulumi up` refuses. Defaults to none. */
  readonly placeholders?: readonly Placeholder[];
  /** Whether the stack has resources of Google Cloud. Defaults to false. */
  readonly needsGoogle?: boolean;
}

/**
 * Which plugins a stack needs.
 *
 * @param values the keys of the project's namespace, without the namespace, after `Validate` had nothing to say
 */
export type PluginsOfStack = (values: Readonly<Record<string, unknown>>) => Promise<readonly NeededTool[]>;

/** What a preview has seen, before anything is grouped or judged. */
export interface ObservedStack {
  readonly seen: Observation;
  readonly mode: Mode;
  /** What the reader has to know of it, in whole sentences. */
  readonly notes: readonly string[];
  /** Sample values of the stack file. */
  readonly placeholders: readonly Placeholder[];
}

/** What to look at. */
export interface ObserveOptions extends PreviewOptions {
  /** What the policy packs are configured with. Defaults to nothing. */
  readonly policyPackConfig?: PolicyPackConfig | undefined;
}

/** What the engine, or embedded mode in its place, has seen of a stack that is well formed. */
export type Seen = Omit<ObservedStack, "placeholders">;

/** Why there is no engine, unless the user asked for embedded mode. */
export const NO_CLI = "no Pulumi CLI was found";
