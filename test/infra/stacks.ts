import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { CONFIG_NAMESPACE, parseStack } from "../../infra/config/parse-stack.ts";
import type { StackConfig } from "../../infra/config/stack-config.ts";

/** The repository's own stacks as data, changed key by key, and their errors. */

/** The keys of a stack, without their namespace. */
export type Data = Record<string, unknown>;

/** Changes that remove the keys of the runtime layer alone. */
export const WITHOUT_RUNTIME: Data = {
  "projects.hl7v2": undefined,
  "projects.deployer": undefined,
  admissionPolicy: undefined,
  deployerCluster: undefined,
  hl7v2Store: undefined,
  mllpAdapter: undefined,
};

const STACKS = new URL("../../stacks/", import.meta.url);

/** Reads a YAML file of `stacks/`, afresh each time. */
export function stackFile(name: string): unknown {
  return parse(readFileSync(new URL(name, STACKS), "utf8"));
}

/** The keys of a stack of the repository, `tutorial`. */
export function stack(name: string): Data {
  const { config } = stackFile(`Pulumi.${name}.yaml`) as { config: Data };
  const prefix = `${CONFIG_NAMESPACE}:`;
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
    ),
  );
}

/**
 * A copy with other values at some paths, `images[0].image`; undefined removes the key. Missing parents of a
 * path are created.
 */
export function changed(data: Data, changes: Data): Data {
  const copy = structuredClone(data);
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.match(/[^.[\]]+/g) ?? [];
    const last = keys.pop() ?? "";
    const holder = keys.reduce<Data>((at, key) => (at[key] ??= {}) as Data, copy);
    if (value === undefined) Reflect.deleteProperty(holder, last);
    else holder[last] = value;
  }
  return copy;
}

/** Files in the directory of the stack files, by name. */
export type StackDirFiles = Readonly<Record<string, unknown>>;

/** The files that stacks of the repository name. */
export const STACK_DIR_FILES: StackDirFiles = Object.fromEntries(
  ["attestations.yaml", "vader.json"].map((name) => [name, stackFile(name)]),
);

/** The current time of every test, which expiries are compared with. */
export const NOW = new Date("2026-10-01T12:00:00Z");

const FILE = "stacks/Pulumi.test.yaml";

/** Validates a stack as the program does. */
export function parsed(data: Data, files: StackDirFiles = STACK_DIR_FILES): StackConfig {
  return parseStack({ file: FILE, data, readStackDirFile: (name) => files[name], now: NOW });
}

/** The whole message of a stack with these errors, written `KEY = VALUE: MESSAGE`. */
export function messageOf(
  errors: readonly string[],
  { file = FILE, prefix = `${CONFIG_NAMESPACE}:` } = {},
): string {
  const count = errors.length === 1 ? "1 error" : `${String(errors.length)} errors`;
  return [`${file}: ${count}`, ...errors.map((error) => `  ${prefix}${error}`)].join("\n");
}

/** A value as messages show it: JSON on one line, cut where it is long. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= 100 ? text : `${text.slice(0, 97)}…`;
}

/** Asserts that a stack is rejected for exactly these errors, in this order. */
export function assertRefused(data: Data, errors: readonly string[], files?: StackDirFiles): void {
  assert.throws(() => parsed(data, files), { name: "ConfigError", message: messageOf(errors) });
}
