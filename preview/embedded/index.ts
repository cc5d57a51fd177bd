import type { Observation, ObservedResource } from "../report/observation.ts";
import { type Deployment, deploy, type EmbeddedRun } from "./deployment.ts";
import { isDefaultProvider, parseReference } from "./provider-reference.ts";
import type { RegisteredResource } from "./resources.ts";
import { isSecret, isUnknown } from "./property-wire.ts";

/**
 * Previews a stack as the engine does on the first update, with our own resource monitor instead of the engine and no
 * providers.
 *
 * @throws UserError if the preview failed, with the message of the program or the pack.
 * @throws the signal's reason if it was aborted.
 *
 * No process is left in any case.
 */
export async function runEmbedded(run: EmbeddedRun): Promise<Observation> {
  return toObservation(await deploy(run));
}

/** Converts a deployment for the report. */
export function toObservation({ resources, violations, warnings, unanswered }: Deployment): Observation {
  return {
    resources: resources.filter(({ urn }) => !isDefaultProvider(urn)).map(toObservedResource),
    violations,
    warnings,
    notes: [...unansweredNote(unanswered), ...importNote(resources), ...notRenderedNote(resources)],
  };
}

function toObservedResource({
  urn,
  type,
  parent,
  provider,
  operation,
  inputs,
}: RegisteredResource): ObservedResource {
  return {
    urn,
    type,
    ...(parent !== undefined && { parent }),
    ...(provider !== undefined && { provider: parseReference(provider).urn }),
    operation,
    changes: [],
    replacedFor: [],
    retained: false,
    inputs: Object.fromEntries(
      Object.entries(inputs).filter(([, value]) => !isUnknown(value) && !isSecret(value)),
    ),
  };
}

function unansweredNote(tokens: readonly string[]): string[] {
  if (tokens.length === 0) return [];
  return [`Without providers the results of these functions are unknown: ${tokens.join(", ")}.`];
}

function importNote(resources: readonly RegisteredResource[]): string[] {
  const names = resources.filter(({ operation }) => operation === "import").map(({ name }) => name);
  if (names.length === 0) return [];
  return [`Without providers resources to import were not read: ${names.join(", ")}.`];
}

function notRenderedNote(resources: readonly RegisteredResource[]): string[] {
  return resources.flatMap(({ type, name, notRendered }) =>
    notRendered === undefined ? [] : [`Not rendered: ${type} ${JSON.stringify(name)} (${notRendered}).`],
  );
}
