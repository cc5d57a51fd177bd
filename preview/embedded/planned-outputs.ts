import { packageOf } from "./provider-reference.ts";
import type { RegisteredResource } from "./resources.ts";
import {
  holdsObject,
  isSecret,
  type WireProperties,
  secret,
  UNKNOWN_WIRE_VALUE,
  type WireValue,
  withoutReferences,
} from "./property-wire.ts";

/**
 * What a program sees of its resources in a preview. The SDK takes every output that is absent here for unknown, and
 * so does the program with what it makes from it.
 */

/** Packages whose providers give back the inputs in a first preview, and nothing more. */
const GIVE_BACK: ReadonlySet<string> = new Set(["kubernetes", "pulumi-nodejs", "pulumi"]);

const STASH = "pulumi:index:Stash";

/**
 * What policies of the whole stack see of a resource that a provider looks after: its inputs, with what the program
 * declares secret marked as such.
 */
export function plannedOutputs({ type, inputs: given, options }: RegisteredResource): WireProperties {
  // The engine's own stash gives out what is first put in.
  const inputs = type === STASH && given.input !== undefined ? { ...given, output: given.input } : given;
  const marked = options.additionalSecretOutputs.flatMap((name) => {
    const value = inputs[name];
    return value === undefined || isSecret(value) ? [] : [[name, secret(value)] as const];
  });
  return marked.length === 0 ? inputs : { ...inputs, ...Object.fromEntries(marked) };
}

/**
 * The outputs that the program is told of.
 *
 * Components have none: they set their own. Texts, numbers and lists of them come out as they went in. An object may come
 * out with more in it, a network interface with its address, and only the provider knows: it is unknown as a whole, but
 * for packages whose providers are known to add nothing.
 */
export function outputsForProgram({ custom, type, operation, outputs }: RegisteredResource): WireProperties {
  if (!custom || operation !== "create") return {};
  if (GIVE_BACK.has(packageOf(type))) return withoutOwn(outputs);
  return Object.fromEntries(
    Object.entries(withoutReferences(outputs)).map(([name, value]) => [name, asFarAsKnown(value)]),
  );
}

function asFarAsKnown(value: WireValue): WireValue {
  if (!holdsObject(value)) return value;
  return isSecret(value) ? secret(UNKNOWN_WIRE_VALUE) : UNKNOWN_WIRE_VALUE;
}

/** A provider's settings for the engine are nobody else's business. */
function withoutOwn(outputs: WireProperties): WireProperties {
  if (!Object.hasOwn(outputs, "__internal")) return outputs;
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => name !== "__internal"));
}
