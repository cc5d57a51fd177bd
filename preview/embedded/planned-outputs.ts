import { tokenPackage } from "./provider-reference.ts";
import type { RegisteredResource } from "./resources.ts";
import {
  containsObject,
  isSecret,
  type WireProperties,
  secret,
  UNKNOWN_WIRE_VALUE,
  type WireValue,
  withoutReferences,
} from "./property-wire.ts";

/**
 * The outputs of resources in a preview. The SDK treats every output that is absent here as unknown.
 */

/** Packages whose providers return exactly the inputs in a first preview. */
const OUTPUTS_EQUAL_INPUTS: ReadonlySet<string> = new Set(["kubernetes", "pulumi-nodejs", "pulumi"]);

const STASH = "pulumi:index:Stash";

/**
 * The outputs that stack policies see of a custom resource: its inputs, with additionalSecretOutputs marked as secret.
 */
export function plannedOutputs({ type, inputs: given, options }: RegisteredResource): WireProperties {
  // The output of a Stash is its first input.
  const inputs = type === STASH && given.input !== undefined ? { ...given, output: given.input } : given;
  const marked = options.additionalSecretOutputs.flatMap((name) => {
    const value = inputs[name];
    return value === undefined || isSecret(value) ? [] : [[name, secret(value)] as const];
  });
  return marked.length === 0 ? inputs : { ...inputs, ...Object.fromEntries(marked) };
}

/**
 * The outputs that the program gets.
 *
 * Components have none: they register their own. Scalars and lists of scalars equal the inputs. A provider may add to an
 * object, such as the address to a network interface, so an object is unknown as a whole, except in packages whose
 * providers add nothing.
 */
export function outputsForProgram({ custom, type, operation, outputs }: RegisteredResource): WireProperties {
  if (!custom || operation !== "create") return {};
  if (OUTPUTS_EQUAL_INPUTS.has(tokenPackage(type))) return withoutPluginSettings(outputs);
  return Object.fromEntries(
    Object.entries(withoutReferences(outputs)).map(([name, value]) => [name, knownOutput(value)]),
  );
}

function knownOutput(value: WireValue): WireValue {
  if (!containsObject(value)) return value;
  return isSecret(value) ? secret(UNKNOWN_WIRE_VALUE) : UNKNOWN_WIRE_VALUE;
}

/** Removes a provider's plugin settings, which are for the engine only. */
function withoutPluginSettings(outputs: WireProperties): WireProperties {
  if (!Object.hasOwn(outputs, "__internal")) return outputs;
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => name !== "__internal"));
}
