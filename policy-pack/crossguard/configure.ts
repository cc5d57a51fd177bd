import grpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/analyzer_pb.js";
import {
  ALL,
  type Configurable,
  type Configuration,
  configurationOf,
  type EnforcementLevel,
  hasFixedLevel,
  type PolicySettings,
  UNCONFIGURED,
} from "@attested-fhir/policy-config";
import type { CurrentConfiguration } from "./adapter.ts";

/**
 * Takes the pack's configuration from the engine's call Configure. The policy host (@pulumi/policy 1.21) hands each
 * policy its own parameters, and none the enforcement levels; what is pinned concerns them all.
 */

const LEVEL_NAMES: Readonly<Record<messages.EnforcementLevel, EnforcementLevel>> = {
  [messages.EnforcementLevel.ADVISORY]: "advisory",
  [messages.EnforcementLevel.MANDATORY]: "mandatory",
  [messages.EnforcementLevel.DISABLED]: "disabled",
  [messages.EnforcementLevel.REMEDIATE]: "remediate",
};

/** A name that the maps of google-protobuf lose, so that it would be ignored where every other unknown one is refused. */
const LOST_NAME = "__proto__";

/**
 * Watches for the pack's configuration; called before the host begins to serve. A configuration with a fault fails
 * the call, so that nothing is evaluated with a part of it.
 *
 * @param clock says when that is, which decides what has expired
 * @returns what the policies are evaluated with at the moment
 */
export function watchConfiguration(
  policies: readonly Configurable[],
  clock: () => Date,
): CurrentConfiguration {
  let current: Configuration = UNCONFIGURED;
  const { configure } = grpc.AnalyzerService;
  const read = configure.requestDeserialize;
  Object.assign(configure, {
    requestDeserialize(bytes: Buffer) {
      const request = read(bytes);
      try {
        if (bytes.includes(LOST_NAME)) throw new Error(`${LOST_NAME}: there is no such policy or field.`);
        current = configurationOf(policies, settingsOf(request, policies), clock());
      } catch (error) {
        return failing(request, error instanceof Error ? error.message : String(error));
      }
      applyLevels(request, policies, current);
      return request;
    },
  });
  return () => current;
}

function settingsOf(
  request: messages.ConfigureAnalyzerRequest,
  policies: readonly Configurable[],
): PolicySettings {
  // By now the level of `all` is every policy's; where the level is fixed, it is put back.
  const fixed = new Set(policies.filter(hasFixedLevel).map(({ name }) => name));
  const settings = [...request.getPolicyconfigMap().entries()].map(([name, config]) => {
    const parameters = (config.getProperties()?.toJavaScript() ?? {}) as Readonly<Record<string, unknown>>;
    const enforcementLevel = LEVEL_NAMES[config.getEnforcementlevel()];
    return [name, fixed.has(name) ? { parameters } : { enforcementLevel, parameters }] as const;
  });
  // The engine has applied it to each policy by now, unless the policy has a level of its own.
  return new Map(settings.filter(([name]) => name !== ALL));
}

/** A request that the host answers with an error; of an error thrown right here it would keep the message back. */
function failing(request: messages.ConfigureAnalyzerRequest, message: string) {
  const error = new Error(message);
  error.stack = message; // what the host answers with
  return Object.assign(request, {
    getPolicyconfigMap() {
      throw error;
    },
  });
}

/** Gives policies the levels that the engine cannot know: the pack's own where levels are fixed, and none where deselected. */
function applyLevels(
  request: messages.ConfigureAnalyzerRequest,
  policies: readonly Configurable[],
  { trust, selection }: Configuration,
): void {
  const areAllFixed = trust.enforcementLevels === "fixed";
  for (const policy of policies) {
    const config = request.getPolicyconfigMap().get(policy.name);
    if (config === undefined) continue;
    if (areAllFixed || hasFixedLevel(policy)) fixLevel(config, policy);
    else if (selection.deselected.includes(policy.name))
      config.setEnforcementlevel(messages.EnforcementLevel.DISABLED);
  }
}

function fixLevel(config: messages.PolicyConfig, { enforcement }: Configurable): void {
  const level = messages.EnforcementLevel[enforcement === "mandatory" ? "MANDATORY" : "ADVISORY"];
  if (config.getEnforcementlevel() !== messages.EnforcementLevel.REMEDIATE) config.setEnforcementlevel(level);
}
