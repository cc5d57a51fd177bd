import { isDeepStrictEqual } from "node:util";
import {
  type Document,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  Scalar,
  visit,
} from "yaml";
import { formatPath, type Override } from "./config-path.ts";
import { thrownMessage, UserError } from "../user-error.ts";

/** What stands for a secret where it cannot be decrypted. */
export const SECRET_PLACEHOLDER = "secret";

/**
 * The placeholder as the throwaway backend has to have it: encrypted, since keys that Pulumi.yaml declares secret take
 * nothing else. Made by `pulumi config set --secret` with an empty passphrase, which is no secret.
 */
const SEALED = {
  encryptionsalt: "v1:8n93hMBWrc0=:v1:yYOkl1PYaM6l36a8:M31EptogVbp5VcojATZ3tXg0okk/Tg==",
  placeholder: "v1:+E8jhEEknCI3G+Wu:Z6886+Wx1JIo6BZqdUECSAySsqvN+A==",
};

/** A value of a stack's configuration. */
export interface ConfigValue {
  /** `NAMESPACE:NAME` */
  readonly key: string;
  /** Plain data, with a placeholder for each secret. */
  readonly value: unknown;
  /** Whether it is, or holds, a secret. */
  readonly secret: boolean;
}

/** A stack file that is read, to be changed for this preview only. */
export class StackFile {
  /** The file's name, for messages. */
  readonly name: string;
  readonly #document: Document;
  readonly #project: string;

  /**
   * @param text the file's text
   * @param name the file's name, for messages
   * @param project the project's name, which its own keys are prefixed with
   * @throws UserError when the text is not YAML.
   */
  constructor(text: string, name: string, project: string) {
    const document = parseDocument(text);
    const [fault] = document.errors;
    if (fault) throw new UserError(`${name} is not YAML: ${thrownMessage(fault)}`);
    this.#document = document;
    this.name = name;
    this.#project = project;
  }

  /**
   * Sets a value of the configuration.
   *
   * @param origin where the value comes from, for messages
   * @throws UserError when there is nothing for it to stand in: only the last step of its path may be new.
   */
  set({ path: [key, ...rest], value }: Override, origin = "--config"): void {
    const path = ["config", this.#writtenKey(key), ...rest];
    const parent = this.#document.getIn(path.slice(0, -1), true);
    const last = path.at(-1);
    const fits = isSeq(parent)
      ? typeof last === "number" && last <= parent.items.length
      : isMap(parent) && typeof last === "string";
    if (!fits && rest.length > 0) {
      const within = formatPath([key, ...rest.slice(0, -1)]);
      const why = isCollection(parent) ? `${within} has no place for it` : `${within} is not there`;
      throw new UserError(`${origin} ${formatPath([key, ...rest])}: ${why} in ${this.name}.`);
    }
    this.#document.setIn(path, quoted(this.#document.createNode(value)));
  }

  /** A key with its namespace: Pulumi reads a key without one as the project's own. */
  #fullKey(key: string): string {
    return key.includes(":") ? key : `${this.#project}:${key}`;
  }

  /** A key as the file has it, with its namespace or without. */
  #writtenKey(key: string): string {
    const full = this.#fullKey(key);
    const own = full.startsWith(`${this.#project}:`) ? full.slice(this.#project.length + 1) : full;
    return this.#document.hasIn(["config", own]) ? own : full;
  }

  /** Whether the stack's secrets are encrypted with a passphrase. */
  get hasPassphrase(): boolean {
    return this.#document.has("encryptionsalt");
  }

  /** The values of the project's own keys, without its name; secrets are replaced by a placeholder. */
  values(): Record<string, unknown> {
    const { config } = (this.#document.toJS() ?? {}) as { config?: Record<string, unknown> | null };
    const prefix = `${this.#project}:`;
    const entries = Object.entries(config ?? {}).map(([key, value]) => [this.#fullKey(key), value] as const);
    const own = entries.filter(([key]) => key.startsWith(prefix));
    return Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), withoutSecrets(value)]));
  }

  /** Every value of the configuration, by its full key; secrets are replaced by a placeholder. */
  config(): ConfigValue[] {
    const document = this.#document.clone();
    visit(document, { Scalar: readTime });
    const { config } = (document.toJS() ?? {}) as { config?: Record<string, unknown> | null };
    return Object.entries(config ?? {}).map(([key, value]) => {
      const plain = withoutSecrets(value);
      return { key: this.#fullKey(key), value: plain, secret: !isDeepStrictEqual(plain, value) };
    });
  }

  /**
   * Fits the file to a backend of its own with an empty passphrase: replaces how the secrets are encrypted, and the
   * secrets; takes out the environments, which are kept in Pulumi Cloud.
   *
   * @returns what the reader of the preview has to know of that
   */
  seal(): string[] {
    for (const key of ["secretsprovider", "encryptedkey"]) this.#document.delete(key);
    this.#document.set("encryptionsalt", SEALED.encryptionsalt);
    const secrets = replaceSecrets(this.#document);
    const hadEnvironment = this.#document.delete("environment");
    return [
      ...(secrets > 0
        ? [`Secrets cannot be read without the stack's own backend: each stands as "${SECRET_PLACEHOLDER}".`]
        : []),
      ...(hadEnvironment
        ? ["The environments that the stack imports were left out: they are kept in its backend."]
        : []),
    ];
  }

  toString(): string {
    return this.#document.toString({ lineWidth: 0 });
  }
}

/** What Pulumi takes for a time where it has no quotes: a date alone, or with a time after `T` and its zone, or after a space. */
const TIME =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt](?=.*(?:Z|[+-]\d\d:\d\d)$)| (?=[\d:.]+$))(\d\d?):(\d\d?):(\d\d?)(\.\d+)?(Z|[+-]\d\d:\d\d)?)?$/;

/** Pulumi reads a time without quotes, and writes it in Go's way: `2026-01-31 10:00:00 +0000 UTC`. */
function readTime(_: unknown, scalar: Scalar): void {
  if (scalar.type !== "PLAIN" || typeof scalar.value !== "string") return;
  const found = TIME.exec(scalar.value);
  if (found === null) return;
  const [, year = "", month, day, hour, minute, second, fraction = "", zone = "Z"] = found;
  const two = (text = "0") => text.padStart(2, "0");
  const offset = zone.replace(":", "");
  scalar.value =
    `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}` +
    `${fraction.replace(/\.?0+$/, "")} ${zone === "Z" ? "+0000 UTC" : `${offset} ${offset}`}`;
}

/** Puts every text into quotes: Pulumi would take a time without them for more than a text. */
function quoted(node: Node): Node {
  visit(node, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value === "string") scalar.type = "QUOTE_DOUBLE";
    },
  });
  return node;
}

/** Replaces the ciphertext of each `{ secure: CIPHERTEXT }`, and counts them. */
function replaceSecrets(document: Document): number {
  let count = 0;
  visit(document, {
    Pair: (_, pair, path) => {
      const map = path.at(-1);
      if (!isScalar(pair.key) || pair.key.value !== "secure" || !isMap(map) || map.items.length > 1)
        return undefined;
      pair.value = new Scalar(SEALED.placeholder);
      count += 1;
      return visit.SKIP;
    },
  });
  return count;
}

/** Replaces each secret in plain data by a placeholder. */
function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0]?.[0] === "secure") return SECRET_PLACEHOLDER;
  return Object.fromEntries(entries.map(([key, within]) => [key, withoutSecrets(within)]));
}
