import type { Configurable } from "./configurable.ts";
import { ALL } from "./configuration.ts";
import { LEVELS } from "./settings.ts";

/** The JSON schema of a pack's configuration, for editors and for reviewers: stacks/policy.schema.json. */

/** A policy, and what holds when it is kept. */
type Described = Configurable & { readonly description: string };

const level = { enum: [...LEVELS].sort() };

/** A schema by which a file gives only policies that exist, and to each only the parameters that it has. */
export function configurationSchema(policies: readonly Described[]): object {
  const properties = policies.map(({ name, description, parameters }) => [
    name,
    parameters === undefined
      ? { description, $ref: "#/$defs/policy" }
      : { description, anyOf: settings(parameters.properties) },
  ]);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Configuration of the policy pack attested-fhir, for --policy-pack-config",
    type: "object",
    properties: {
      [ALL]: { description: "Every policy without an enforcement level of its own.", $ref: "#/$defs/policy" },
      ...(Object.fromEntries(properties) as object),
    },
    additionalProperties: false,
    $defs: { enforcementLevel: level, policy: { anyOf: settings({}) } },
  };
}

/** Either an enforcement level, or an object with parameters. */
function settings(parameters: Readonly<Record<string, object>>): readonly object[] {
  const enforcementLevel = { $ref: "#/$defs/enforcementLevel" };
  const properties = { enforcementLevel, ...parameters };
  return [enforcementLevel, { type: "object", properties, additionalProperties: false }];
}
