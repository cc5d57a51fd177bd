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
  /** Whether this is the old resource of an interrupted replacement. */
  readonly delete?: boolean;
  readonly retainOnDelete?: boolean;
}

/** How the engine ended. */
export interface EngineEnd {
  readonly exitCode: number | null;
  readonly stderr: string;
  /** The number of policy packs that it was started with. */
  readonly policyPacks: number;
}

/** The engine's operations (pkg/resource/deploy/step.go) as the report names them. */
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

/** Collects the events of a preview. */
export class EngineLog {
  readonly #resources = new Map<string, ObservedResource>();
  readonly #violations: ObservedViolation[] = [];
  readonly #warnings: Warning[] = [];
  readonly #errors: string[] = [];
  /** Output of the policy pack's process before the program started. */
  #packOutput = "";
  #begun = false;
  #loadedPacks = 0;

  /** Processes the next event. */
  take(event: EngineEvent): void {
    if (event.preludeEvent) this.#begun = true;
    if (event.resourcePreEvent) this.#takeStep(event.resourcePreEvent.metadata);
    if (event.policyEvent) this.#violations.push(toViolation(event.policyEvent));
    if (event.diagnosticEvent) this.#takeDiagnostic(event.diagnosticEvent);
    if (event.summaryEvent) this.#loadedPacks = Object.keys(event.summaryEvent.PolicyPacks ?? {}).length;
  }

  /** The number of resources seen so far. */
  get resources(): number {
    return this.#resources.size;
  }

  /**
   * Returns everything that was observed, after the engine has exited.
   *
   * @throws UserError if the engine failed before it ran the whole program and every policy pack. A failure caused by a
   * mandatory violation is not an error here: the result contains the violation.
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
      return `The policy pack failed to load: ${stripErrorPreamble(this.#packOutput.replace(/^[^]*?error: \[runtime\] /, ""))}`;
    }
    const message = stderr.replace(/^error: /gm, "").trim();
    const stopped = this.#violations.some(({ enforcement }) => enforcement === "mandatory");
    if (exitCode !== 0 && !stopped)
      return message || `The engine stopped with exit code ${exitCode ?? "none"} and gave no reason.`;
    if (this.#loadedPacks < policyPacks) return `The policy pack did not run. ${message}`.trim();
    return undefined;
  }

  #takeStep(step: StepMetadata): void {
    const before = this.#resources.get(step.urn);
    this.#resources.set(step.urn, before ? merge(before, step) : toResource(step));
  }

  #takeDiagnostic({ severity, urn, message, ephemeral }: DiagnosticEvent): void {
    const text = message.trim();
    if (severity === "info#err" && !this.#begun) this.#packOutput += `${message.trimEnd()}\n`;
    if (severity === "warning" && ephemeral !== true && !isAboutPath(text)) {
      this.#warnings.push({ ...(urn !== undefined && { urn }), message: text });
    }
    // The engine reports "preview failed" after a mandatory violation.
    if (severity === "error" && text !== "preview failed") {
      this.#errors.push(
        urn === undefined ? stripErrorPreamble(text) : `${urnName(urn)}: ${stripErrorPreamble(text)}`,
      );
    }
  }
}

/** Parses a line of the stream; undefined if it is not an event. */
export function parseEvent(line: string): EngineEvent | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as EngineEvent;
  } catch (error) {
    throw new UserError(`The engine wrote an invalid event: ${thrownMessage(error)}`);
  }
}

/** Removes the engine's introduction, the class of a plain error and the stack trace from a program's error. */
export function stripErrorPreamble(message: string): string {
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
    ? `${error}\nnpm run toolchain lists the tools and installs those that are missing.`
    : error;
}

function isAboutPath(warning: string): boolean {
  return /^using \S+ from \$PATH at /.test(warning);
}

function toViolation({
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

function toResource(step: StepMetadata): ObservedResource {
  const state = step.new ?? step.old;
  const operation = toOperation(step);
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

function toOperation({ op, urn, old }: StepMetadata): Operation {
  const operation = OPERATIONS[op];
  if (operation === undefined)
    throw new UserError(
      `${urnName(urn)}: unknown engine operation "${op}": this release of attested-fhir does not support this Pulumi CLI.`,
    );
  return operation === "delete" && old?.delete === true ? "replace" : operation;
}

/** Merges the steps of a replacement, and a refresh with the step after it. */
function merge(before: ObservedResource, step: StepMetadata): ObservedResource {
  const after = toResource(step);
  const keep = before.operation === "replace" || after.operation === "same";
  const state = before.before ?? after.before;
  const changes = new Map([...before.changes, ...after.changes].map((change) => [change.path, change]));
  return {
    ...after,
    operation: keep ? before.operation : after.operation,
    changes: [...changes.values()],
    // The step that deletes the old resource does not contain the new one.
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
