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

/**
 * Watches for the pack's configuration; called before the host begins to serve. A configuration with a fault fails
 * the call, so that nothing is evaluated with a part of it.
 *
 * @returns what the policies are evaluated with at the moment
 */
export function watchConfiguration(policies: readonly Configurable[]): CurrentConfiguration {
  let current: Configuration = UNCONFIGURED;
  const { configure } = grpc.AnalyzerService;
  const read = configure.requestDeserialize;
  Object.assign(configure, {
    requestDeserialize(bytes: Buffer) {
      const request = read(bytes);
      try {
        current = configurationOf(policies, settingsOf(request));
      } catch (error) {
        return failing(request, error instanceof Error ? error.message : String(error));
      }
      const all = current.trust.enforcementLevels === "fixed";
      fixLevels(request, all ? policies : policies.filter(hasFixedLevel));
      return request;
    },
  });
  return () => current;
}

function settingsOf(request: messages.ConfigureAnalyzerRequest): PolicySettings {
  const settings = [...request.getPolicyconfigMap().entries()].map(([name, config]) => {
    const parameters = (config.getProperties()?.toJavaScript() ?? {}) as Readonly<Record<string, unknown>>;
    return [name, { enforcementLevel: LEVEL_NAMES[config.getEnforcementlevel()], parameters }] as const;
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

/** Gives policies the level back that the pack gives them, where the configuration lowers it. */
function fixLevels(request: messages.ConfigureAnalyzerRequest, policies: readonly Configurable[]): void {
  for (const { name, enforcement } of policies) {
    const level = messages.EnforcementLevel[enforcement === "mandatory" ? "MANDATORY" : "ADVISORY"];
    const config = request.getPolicyconfigMap().get(name);
    if (config?.getEnforcementlevel() !== messages.EnforcementLevel.REMEDIATE)
      config?.setEnforcementlevel(level);
  }
}
