import type { Observation, ObservedResource } from "../report/observation.ts";
import { type Deployment, deploy, type EmbeddedRun } from "./deployment.ts";
import { isDefaultProvider, parseReference } from "./provider-reference.ts";
import type { RegisteredResource } from "./resources.ts";
import { isSecret, isUnknown } from "./property-wire.ts";

/**
 * Previews a stack as the engine would on its very first update, with a small server of our own in the engine's place
 * and nobody in the providers'.
 *
 * @throws UserError when the preview did not get to its end, with the reason in the program's or the pack's words.
 * @throws the signal's reason when it was aborted.
 *
 * No process is left either way.
 */
export async function runEmbedded(run: EmbeddedRun): Promise<Observation> {
  return observationOf(await deploy(run));
}

/** What a report needs of a deployment. */
export function observationOf({ resources, violations, warnings, unanswered }: Deployment): Observation {
  return {
    resources: resources.filter(({ urn }) => !isDefaultProvider(urn)).map(observed),
    violations,
    warnings,
    notes: [...unansweredNote(unanswered), ...importNote(resources), ...notRenderedNote(resources)],
  };
}

function observed({ urn, type, parent, provider, operation, inputs }: RegisteredResource): ObservedResource {
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
  return [
    `There is no provider to answer these functions, so their results count as unknown: ${tokens.join(", ")}.`,
  ];
}

function importNote(resources: readonly RegisteredResource[]): string[] {
  const names = resources.filter(({ operation }) => operation === "import").map(({ name }) => name);
  if (names.length === 0) return [];
  return [`Resources to import were not looked at, since there is no provider: ${names.join(", ")}.`];
}

function notRenderedNote(resources: readonly RegisteredResource[]): string[] {
  return resources.flatMap(({ type, name, notRendered }) =>
    notRendered === undefined ? [] : [`Not rendered: ${type} ${JSON.stringify(name)} (${notRendered}).`],
  );
}
