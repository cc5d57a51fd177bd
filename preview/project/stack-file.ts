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
import { UserError } from "../user-error.ts";

/** The placeholder of a secret that is not decrypted. */
export const SECRET_PLACEHOLDER = "secret";

/**
 * The encrypted placeholder for the ephemeral backend: keys that Pulumi.yaml declares secret require encryption. Created by
 * `pulumi config set --secret` with an empty passphrase.
 */
const SEALED = {
  encryptionsalt: "v1:8n93hMBWrc0=:v1:yYOkl1PYaM6l36a8:M31EptogVbp5VcojATZ3tXg0okk/Tg==",
  placeholder: "v1:+E8jhEEknCI3G+Wu:Z6886+Wx1JIo6BZqdUECSAySsqvN+A==",
};

/** A value of a stack's configuration. */
export interface ConfigValue {
  /** `NAMESPACE:NAME` */
  readonly key: string;
  /** Plain data, with placeholders for secrets. */
  readonly value: unknown;
  /** Whether it is or contains a secret. */
  readonly secret: boolean;
}

/** A stack file, which a preview changes only in memory. */
export class StackFile {
  /** The file's name, for messages. */
  readonly name: string;
  readonly #document: Document;
  readonly #project: string;

  /**
   * @param text the file's content
   * @param name the file's name, for messages
   * @param project the project's name, which its own keys are prefixed with
   * @throws UserError if the content is not YAML.
   */
  constructor(text: string, name: string, project: string) {
    const document = parseDocument(text);
    const [error] = document.errors;
    if (error) throw new UserError(`${name}: invalid YAML: ${error.message}`);
    this.#document = document;
    this.name = name;
    this.#project = project;
  }

  /**
   * Sets a value of the configuration.
   *
   * @param origin where the value comes from, for messages
   * @throws UserError if the parent does not exist: only the last step of the path may be new.
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
      const why = isCollection(parent) ? `${within} cannot contain it` : `${within} does not exist`;
      throw new UserError(`${origin} ${formatPath([key, ...rest])}: ${why} in ${this.name}.`);
    }
    this.#document.setIn(path, quoted(this.#document.createNode(value)));
  }

  /** Adds the namespace to a key: a key without one is the project's own. */
  #fullKey(key: string): string {
    return key.includes(":") ? key : `${this.#project}:${key}`;
  }

  /** The key as the file spells it, with or without its namespace. */
  #writtenKey(key: string): string {
    const full = this.#fullKey(key);
    const own = full.startsWith(`${this.#project}:`) ? full.slice(this.#project.length + 1) : full;
    return this.#document.hasIn(["config", own]) ? own : full;
  }

  /** Whether the stack's secrets are encrypted with a passphrase. */
  get hasPassphrase(): boolean {
    return this.#document.has("encryptionsalt");
  }

  /** The values of the project's own keys, without the namespace; secrets are replaced by a placeholder. */
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
   * Adapts the file to an ephemeral backend with an empty passphrase: replaces the secrets and their encryption, and removes
   * the environments, which are stored in Pulumi Cloud.
   *
   * @returns notes on that for the reader of the preview
   */
  seal(): string[] {
    for (const key of ["secretsprovider", "encryptedkey"]) this.#document.delete(key);
    this.#document.set("encryptionsalt", SEALED.encryptionsalt);
    const secrets = replaceSecrets(this.#document);
    const hadEnvironment = this.#document.delete("environment");
    return [
      ...(secrets > 0
        ? [
            `Secrets were not decrypted without the stack's own backend: each has the value "${SECRET_PLACEHOLDER}".`,
          ]
        : []),
      ...(hadEnvironment
        ? ["The environments that the stack imports were not loaded: they are stored in its backend."]
        : []),
    ];
  }

  toString(): string {
    return this.#document.toString({ lineWidth: 0 });
  }
}

/** Unquoted scalars that Pulumi parses as times: a date, optionally with a time after `T` and a zone, or after a space. */
const TIME =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt](?=.*(?:Z|[+-]\d\d:\d\d)$)| (?=[\d:.]+$))(\d\d?):(\d\d?):(\d\d?)(\.\d+)?(Z|[+-]\d\d:\d\d)?)?$/;

/** Formats an unquoted time as Pulumi does, in Go's format: `2026-01-31 10:00:00 +0000 UTC`. */
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

/** Quotes every string: Pulumi would parse an unquoted time. */
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
