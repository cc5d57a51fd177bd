import { changesIn, isVisible, type StepChanges } from "../report/property-changes.ts";
import {
  type ObservedResource,
  type ObservedViolation,
  type Observation,
  type Operation,
  SEVERITIES,
  type Warning,
} from "../report/observation.ts";
import { isSecretValue, isUnknownValue } from "../report/engine-values.ts";
import { thrownMessage, UserError } from "../user-error.ts";
import { urnName, providerUrn } from "../report/urn.ts";

/**
 * The parts of Pulumi's engine events that a report needs, as `pulumi preview --json` streams them
 * (sdk/go/common/apitype/events.go; the Automation API's EngineEvent lacks the newer fields).
 */
export interface EngineEvent {
  readonly policyLoadEvent?: object;
  readonly preludeEvent?: object;
  readonly stdoutEvent?: { readonly message: string };
  readonly diagnosticEvent?: DiagnosticEvent;
  readonly resourcePreEvent?: { readonly metadata: StepMetadata };
  readonly policyEvent?: PolicyEvent;
  readonly summaryEvent?: { readonly PolicyPacks?: Readonly<Record<string, string>> };
}

interface DiagnosticEvent {
  readonly urn?: string;
  readonly message: string;
  readonly severity: string;
  readonly ephemeral?: boolean;
}

interface PolicyEvent {
  readonly resourceUrn?: string;
  readonly message: string;
  readonly policyName: string;
  readonly enforcementLevel: string;
  readonly severity?: string;
}

interface StepMetadata extends StepChanges {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly old?: StepState | null;
  readonly new?: StepState | null;
  readonly keys?: readonly string[] | null;
}

interface StepState {
  readonly parent: string;
  readonly provider: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** Whether this is the old half of a replacement that was interrupted. */
  readonly delete?: boolean;
  readonly retainOnDelete?: boolean;
}

/** How the engine ended. */
export interface EngineEnd {
  readonly exitCode: number | null;
  readonly stderr: string;
  /** How many policy packs it was told to run. */
  readonly policyPacks: number;
}

/** The engine's operations (pkg/resource/deploy/step.go) in a reader's words. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  same: "same",
  refresh: "same",
  create: "create",
  update: "update",
  delete: "delete",
  discard: "delete",
  replace: "replace",
  "create-replacement": "replace",
  "delete-replaced": "replace",
  "discard-replaced": "replace",
  "remove-pending-replace": "replace",
  "import-replacement": "replace",
  import: "import",
  read: "read",
  "read-replacement": "read",
};

/** Gathers what the engine tells while it previews. */
export class EngineLog {
  readonly #resources = new Map<string, ObservedResource>();
  readonly #violations: ObservedViolation[] = [];
  readonly #warnings: Warning[] = [];
  readonly #errors: string[] = [];
  /** What the policy pack's process wrote before the program began. */
  #packOutput = "";
  #begun = false;
  #loadedPacks = 0;

  /** Takes the next event. */
  take(event: EngineEvent): void {
    if (event.preludeEvent) this.#begun = true;
    if (event.resourcePreEvent) this.#takeStep(event.resourcePreEvent.metadata);
    if (event.policyEvent) this.#violations.push(violationOf(event.policyEvent));
    if (event.diagnosticEvent) this.#takeDiagnostic(event.diagnosticEvent);
    if (event.summaryEvent) this.#loadedPacks = Object.keys(event.summaryEvent.PolicyPacks ?? {}).length;
  }

  /** How many resources have been seen so far. */
  get resources(): number {
    return this.#resources.size;
  }

  /**
   * Everything that was seen, now that the engine has ended.
   *
   * @throws UserError when the engine did not get through the whole program with every policy pack. That it also exits
   * with an error when a mandatory guardrail is not kept is no problem: the violations are in the result.
   */
  result(end: EngineEnd): Observation {
    const failure = this.#failure(end);
    if (failure !== undefined) throw new UserError(failure);
    return {
      resources: [...this.#resources.values()],
      violations: this.#violations,
      warnings: this.#warnings,
    };
  }

  #failure({ exitCode, stderr, policyPacks }: EngineEnd): string | undefined {
    if (this.#errors.length > 0) return [...new Set(this.#errors)].map(withHint).join("\n");
    if (this.#packOutput.includes("failed with an unhandled exception")) {
      return `The policy pack failed to load: ${ownWords(this.#packOutput.replace(/^[^]*?error: \[runtime\] /, ""))}`;
    }
    const said = stderr.replace(/^error: /gm, "").trim();
    const stopped = this.#violations.some(({ enforcement }) => enforcement === "mandatory");
    if (exitCode !== 0 && !stopped)
      return said || `The engine stopped with exit code ${exitCode ?? "none"} and gave no reason.`;
    if (this.#loadedPacks < policyPacks) return `The policy pack did not run. ${said}`.trim();
    return undefined;
  }

  #takeStep(step: StepMetadata): void {
    const before = this.#resources.get(step.urn);
    this.#resources.set(step.urn, before ? merge(before, step) : resourceOf(step));
  }

  #takeDiagnostic({ severity, urn, message, ephemeral }: DiagnosticEvent): void {
    const text = message.trim();
    if (severity === "info#err" && !this.#begun) this.#packOutput += `${message.trimEnd()}\n`;
    if (severity === "warning" && ephemeral !== true && !isAboutPath(text)) {
      this.#warnings.push({ ...(urn !== undefined && { urn }), message: text });
    }
    // After a mandatory violation the engine sums up: "preview failed".
    if (severity === "error" && text !== "preview failed") {
      this.#errors.push(urn === undefined ? ownWords(text) : `${urnName(urn)}: ${ownWords(text)}`);
    }
  }
}

/** Reads a line of the stream; undefined when it is no event. */
export function parseEvent(line: string): EngineEvent | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as EngineEvent;
  } catch (error) {
    throw new UserError(`The engine wrote something that is no event: ${thrownMessage(error)}`);
  }
}

/** The message of a program's error, without the engine's introduction, the class of a plain error and the stack. */
export function ownWords(message: string): string {
  return message
    .replace(/^Running program '.*' failed with an unhandled exception:\n+/, "")
    .trimStart()
    .replace(/^<ref \*\d+> /, "")
    .replace(/^(?:Error|RunError|ResourceError): /, "")
    .replace(/\n\s+at \S[^\n]*(?::\d+:\d+\)?|\))(?:\n[^]*|\s*\{\n[^]*|)$/, "")
    .trim();
}

function withHint(error: string): string {
  const isPlugin = /\bno \w+ plugin '[^']+' found\b/.test(error);
  return isPlugin
    ? `${error}\nnpm run toolchain shows which tools there are, and gets those that are missing.`
    : error;
}

function isAboutPath(warning: string): boolean {
  return /^using \S+ from \$PATH at /.test(warning);
}

function violationOf({
  resourceUrn,
  message,
  policyName,
  enforcementLevel,
  severity,
}: PolicyEvent): ObservedViolation {
  const known = SEVERITIES.find((one) => one === severity);
  return {
    guardrail: policyName,
    ...(resourceUrn !== undefined && { urn: resourceUrn }),
    enforcement: enforcementLevel === "advisory" ? "advisory" : "mandatory",
    message,
    ...(known !== undefined && { severity: known }),
  };
}

function resourceOf(step: StepMetadata): ObservedResource {
  const state = step.new ?? step.old;
  const operation = operationOf(step);
  const isChange = operation === "update" || operation === "replace";
  return {
    urn: step.urn,
    type: step.type,
    ...(state?.parent && { parent: state.parent }),
    ...(state?.provider && { provider: providerUrn(state.provider) }),
    operation,
    changes: isChange && step.new ? changesIn(step) : [],
    replacedFor: isChange ? (step.keys ?? []).filter(isVisible) : [],
    retained: operation === "delete" && (step.op === "discard" || step.old?.retainOnDelete === true),
    inputs: known(state?.inputs ?? {}),
    ...(step.old && { before: known(step.old.inputs) }),
  };
}

function operationOf({ op, urn, old }: StepMetadata): Operation {
  const operation = OPERATIONS[op];
  if (operation === undefined)
    throw new UserError(`${urnName(urn)}: the engine's operation "${op}" is not known here.`);
  return operation === "delete" && old?.delete === true ? "replace" : operation;
}

/** A replacement is told in several steps, and a refresh comes before the step that counts. */
function merge(before: ObservedResource, step: StepMetadata): ObservedResource {
  const after = resourceOf(step);
  const keep = before.operation === "replace" || after.operation === "same";
  const state = before.before ?? after.before;
  const changes = new Map([...before.changes, ...after.changes].map((change) => [change.path, change]));
  return {
    ...after,
    operation: keep ? before.operation : after.operation,
    changes: [...changes.values()],
    // The step that deletes the old half of a replacement does not know the new one.
    inputs: step.new ? after.inputs : before.inputs,
    ...(state !== undefined && { before: state }),
    replacedFor: [...new Set([...before.replacedFor, ...after.replacedFor])],
    retained: keep ? before.retained : after.retained,
  };
}

function known(inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(inputs).filter(([, value]) => !isUnknownValue(value) && !isSecretValue(value)),
  );
}
