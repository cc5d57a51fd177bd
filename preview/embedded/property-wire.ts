import struct from "google-protobuf/google/protobuf/struct_pb.js";

/**
 * Property values as the SDK and the engine exchange them: JSON, in which objects with a signature represent secrets,
 * outputs, references and assets, and certain strings represent unknown values (sdk/go/common/resource/plugin/rpc.go,
 * sdk/nodejs/runtime/rpc.ts).
 */
export type WireValue = null | boolean | number | string | readonly WireValue[] | WireProperties;

/** The properties of a resource, or an object within them. */
export interface WireProperties {
  readonly [name: string]: WireValue;
}

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";

/** An unknown value of unknown type. */
export const UNKNOWN_WIRE_VALUE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Unknown values: boolean, number, string, list, asset, archive, object. */
const UNKNOWNS: ReadonlySet<unknown> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  UNKNOWN_WIRE_VALUE,
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** The message of properties, cached because most properties are passed on unchanged. */
const messages = new WeakMap<WireProperties, struct.Struct>();

/** Converts a message to properties; the message must not change afterwards. */
export function fromStruct(message: struct.Struct | undefined): WireProperties {
  if (message === undefined) return {};
  const properties = message.toJavaScript();
  messages.set(properties, message);
  return properties;
}

/** Converts properties to a message, which must not change afterwards. */
export function toStruct(properties: WireProperties): struct.Struct {
  const message = messages.get(properties) ?? struct.Struct.fromJavaScript(properties);
  messages.set(properties, message);
  return message;
}

/** Whether a value is unknown. */
export function isUnknown(value: WireValue): boolean {
  return UNKNOWNS.has(value);
}

/** Whether a value is or contains an unknown value. */
export function containsUnknown(value: WireValue): boolean {
  if (isList(value)) return value.some(containsUnknown);
  if (!isObject(value)) return isUnknown(value);
  if (isOutput(value) && !Object.hasOwn(value, "value")) return true;
  return Object.values(value).some(containsUnknown);
}

/** Marks a value as secret. */
export function secret(value: WireValue): WireProperties {
  return { [SIGNATURE]: SECRET, value };
}

/** Whether a value as a whole is secret. */
export function isSecret(value: WireValue | undefined): boolean {
  return isObject(value) && value[SIGNATURE] === SECRET;
}

/**
 * Replaces outputs, which contain the dependencies of their values, by plain, secret and unknown values
 * (`downgradeOutputValues` in source_eval.go).
 */
export function withoutOutputs(properties: WireProperties): WireProperties {
  return mapObject(properties, (value) => replace(value, asPlain));
}

/** Replaces secret and unknown values by outputs, as the engine does for transforms. */
export function withOutputs(properties: WireProperties): WireProperties {
  return mapObject(properties, asOutput);
}

/** Turns each property with dependencies into an output that contains them (`upgradeOutputValues`). */
export function withDependencies(
  properties: WireProperties,
  dependencies: ReadonlyMap<string, ReadonlySet<string>>,
): WireProperties {
  return mapObject(properties, (value, name) => {
    const own = dependenciesIn(value);
    const wanted = dependencies.get(name) ?? new Set();
    if (wanted.isSubsetOf(own)) return value;
    const output = isOutput(value) ? value : { [SIGNATURE]: OUTPUT, value };
    return { ...output, dependencies: [...namesIn(output).union(wanted)] };
  });
}

/** The dependencies of all outputs in a value, as URNs. */
export function dependenciesIn(value: WireValue): ReadonlySet<string> {
  if (isList(value)) return new Set(value.flatMap((item) => [...dependenciesIn(item)]));
  if (!isObject(value)) return new Set();
  const within = Object.values(value).flatMap((part) => [...dependenciesIn(part)]);
  return isOutput(value) ? namesIn(value).union(new Set(within)) : new Set(within);
}

/** Replaces resource references by the id of the resource, or by its URN if it has no id. */
export function withoutReferences(properties: WireProperties): WireProperties {
  return mapObject(properties, (value) => replace(value, asId));
}

/** Removes Pulumi's internal properties at the top level: names with two underscores. */
export function withoutInternal(properties: WireProperties): WireProperties {
  const entries = Object.entries(properties);
  const shown = entries.filter(([name]) => !name.startsWith("__"));
  return shown.length === entries.length ? properties : Object.fromEntries(shown);
}

/** Whether a value is or contains a plain object, which a provider may add to. */
export function containsObject(value: WireValue): boolean {
  if (isList(value)) return value.some(containsObject);
  if (!isObject(value)) return false;
  return isSecret(value) ? containsObject(value.value ?? null) : !Object.hasOwn(value, SIGNATURE);
}

function asPlain(value: WireProperties): WireValue | undefined {
  if (!isOutput(value)) return undefined;
  const known = Object.hasOwn(value, "value");
  const plain = known ? replace(value.value ?? null, asPlain) : UNKNOWN_WIRE_VALUE;
  return value.secret === true ? secret(plain) : plain;
}

function asOutput(value: WireValue): WireValue {
  if (isUnknown(value)) return { [SIGNATURE]: OUTPUT };
  if (isList(value)) return value.map(asOutput);
  if (!isObject(value)) return value;
  const within = mapObject(value, asOutput);
  if (!isSecret(value)) return within;
  const inner = within.value ?? null;
  return isOutput(inner) ? { ...inner, secret: true } : { [SIGNATURE]: OUTPUT, secret: true, value: inner };
}

function asId(value: WireProperties): WireValue | undefined {
  if (value[SIGNATURE] !== REFERENCE) return undefined;
  const { id, urn } = value;
  if (id === undefined || id === null) return urn ?? null;
  return id === "" ? UNKNOWN_WIRE_VALUE : id;
}

/** Replaces each object for which `by` returns a value; recurses into the others. */
function replace(value: WireValue, by: (value: WireProperties) => WireValue | undefined): WireValue {
  if (isList(value)) {
    const items = value.map((item) => replace(item, by));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isObject(value)) return value;
  return by(value) ?? mapObject(value, (part) => replace(part, by));
}

/** Maps each property; returns the same object if nothing changes. */
function mapObject(value: WireProperties, by: (part: WireValue, name: string) => WireValue): WireProperties {
  const mapped = Object.entries(value).map(([name, part]) => [name, by(part, name)] as const);
  return mapped.every(([name, part]) => part === value[name]) ? value : Object.fromEntries(mapped);
}

function isOutput(value: WireValue): value is WireProperties {
  return isObject(value) && value[SIGNATURE] === OUTPUT;
}

function namesIn({ dependencies }: WireProperties): Set<string> {
  return new Set(isList(dependencies) ? dependencies.map(String) : []);
}

function isList(value: WireValue | undefined): value is readonly WireValue[] {
  return Array.isArray(value);
}

function isObject(value: WireValue | undefined): value is WireProperties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
