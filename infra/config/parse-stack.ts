import { type StackConfig } from "./stack-config.ts";
import { z } from "zod";
import { attestationError, type PinnedKey } from "@attested-fhir/attestation";
import {
  ConfigError,
  type InvalidFile,
  type ConfigIssue,
  type Partially,
  salvage,
  schemaIssues,
} from "./errors.ts";
import { readRecords } from "./fhir-records.ts";
import { attestationsSchema } from "./schema/attestations.ts";
import { CHECKS } from "./checks/stack-checks.ts";
import { DICOM_CHECKS } from "./checks/dicom-checks.ts";
import { FHIR_CHECKS } from "./checks/fhir-checks.ts";
import { SMART_CHECKS } from "./checks/smart-checks.ts";
import { REQUIRED_LABELS_CHECKS } from "./checks/required-labels-checks.ts";
import { layersAreWhole, rolesShareOnlyByName, serviceAccountsNameParents } from "./checks/layer-checks.ts";
import { stackSchema, type StackFileData } from "./schema/stack.ts";

/** The namespace of the stack's keys: the project's name in Pulumi.yaml. */
export const CONFIG_NAMESPACE = "attested-fhir";

/** A stack as it was read, before validation. */
export interface StackSource {
  /** The stack file, as messages name it: `stacks/Pulumi.tutorial.yaml`. */
  readonly file: string;
  /** The keys of the project's namespace, without the namespace; values may be texts of JSON, as Pulumi keeps them. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Reads a file in the directory of the stack files, as YAML; undefined when it does not exist. */
  readonly readStackDirFile: (name: string) => unknown;
  /** The current time, which an expiry is compared with. */
  readonly now: Date;
}

/**
 * Validates a stack as a whole.
 *
 * @throws ConfigError with every error at once: file, key path, value, what is allowed.
 */
export function parseStack(source: StackSource): StackConfig {
  const data = withoutEmptyDefaults(fromTexts(source.data));
  const draft = salvage(stackSchema, data) ?? {};
  const given = readAttestations(source, data.attestations);
  const registered = readRecords(draft.fhirRecords, stackDirectory(source), source.readStackDirFile);
  const context = { now: source.now, records: registered.records };
  const issues = [
    ...schemaIssues(stackSchema, data),
    ...layersAreWhole(draft, data),
    ...rolesShareOnlyByName(draft),
    ...serviceAccountsNameParents(draft),
    ...[...CHECKS, ...FHIR_CHECKS, ...REQUIRED_LABELS_CHECKS, ...SMART_CHECKS, ...DICOM_CHECKS].flatMap(
      (check) => check(draft, context),
    ),
    ...given.issues,
    ...registered.issues,
  ];
  const attestationIssues = checkAttestations(given.data, draft.attestors);
  const files: InvalidFile[] = [
    { file: source.file, prefix: `${CONFIG_NAMESPACE}:`, data, issues: once(issues) },
    { file: given.file, prefix: "", data: given.data, issues: attestationIssues },
  ].filter((file) => file.issues.length > 0);
  if (files.length > 0) throw new ConfigError(files);
  return {
    ...stackSchema.parse(data),
    attestations: attestationsSchema.parse(given.data ?? []),
    fhirRecords: registered.records.filter((record) => record !== undefined),
  };
}

/**
 * Pulumi keeps top-level values as texts. It hands them to the program so, structured ones as JSON; and where it writes
 * to a stack file (`pulumi stack init`, `pulumi config set`), `true` becomes `"true"` there.
 */
function fromTexts(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, fromText(value)]));
}

/** A text that is not JSON stays unchanged. */
function fromText(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** Pulumi requires a default for every optional key, so an empty value, or the default, counts as not given. */
function withoutEmptyDefaults(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isEmpty = (value: unknown) =>
    value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
  const defaults = stackSchema.shape as Readonly<Record<string, z.ZodType | undefined>>;
  const isDefault = (schema: z.ZodType | undefined, value: unknown) =>
    schema instanceof z.ZodDefault && schema.def.defaultValue === value;
  return Object.fromEntries(
    Object.entries(data).filter(([key, value]) => {
      const schema = Object.hasOwn(defaults, key) ? defaults[key] : undefined;
      return schema === undefined || !(isEmpty(value) || isDefault(schema, value));
    }),
  );
}

/** Removes duplicates: two checks may report the same missing key. */
function once(issues: readonly ConfigIssue[]): ConfigIssue[] {
  const seen = new Set<string>();
  return issues.filter(({ path, message }) => {
    const key = JSON.stringify([path, message]);
    return !seen.has(key) && seen.add(key);
  });
}

function stackDirectory({ file }: StackSource): string {
  return file.replace(/[^/]*$/, "");
}

interface GivenAttestations {
  readonly file: string;
  readonly data: unknown;
  readonly issues: ConfigIssue[];
}

function readAttestations(source: StackSource, name: unknown): GivenAttestations {
  const file = `${stackDirectory(source)}${String(name)}`;
  if (typeof name !== "string" || name === "") return { file, data: undefined, issues: [] };
  if (!/^[\w-][\w.-]*\.(?:yaml|yml|json)$/.test(name)) {
    const message =
      "is not a file in the directory of the stack files: NAME.yaml or NAME.json, without a directory";
    return { file, data: undefined, issues: [{ path: ["attestations"], message }] };
  }
  try {
    const data = source.readStackDirFile(name);
    const absent = { path: ["attestations"], message: `names a file that does not exist: ${file}` };
    return { file, data, issues: data === undefined ? [absent] : [] };
  } catch (error) {
    const message = `names a file that cannot be read: ${(error as Error).message}`;
    return { file, data: undefined, issues: [{ path: ["attestations"], message }] };
  }
}

function checkAttestations(data: unknown, attestors: Partially<StackFileData>["attestors"]): ConfigIssue[] {
  if (data === undefined) return [];
  const issues = schemaIssues(attestationsSchema, data);
  if (issues.length > 0) return issues;
  const keys = pinnedKeys(attestors);
  if (keys === undefined) return [];
  return attestationsSchema.parse(data).flatMap((attestation, index) => {
    const error = attestationError(attestation, keys);
    return error === undefined
      ? []
      : [{ path: [index], message: `the attestation of ${attestation.image} is refused: ${error}` }];
  });
}

/** The keys that the stack pins; undefined where one is malformed, so that no attestation can be verified. */
function pinnedKeys(attestors: Partially<StackFileData>["attestors"]): PinnedKey[] | undefined {
  const keys = attestors?.flatMap(({ publicKeys }) => publicKeys ?? [{}]);
  const wellFormed = keys?.filter((key): key is PinnedKey => key.id !== undefined && key.pem !== undefined);
  return wellFormed?.length === keys?.length ? wellFormed : undefined;
}
