import analyzer, {
  type AnalyzerInfo,
  type ConfigureAnalyzerRequest,
  type PolicyInfo,
} from "@pulumi/pulumi/proto/analyzer_pb.js";
import struct, { type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import { ALL, type EnforcementLevel, type PolicySettings } from "@attested-fhir/policy-config";

/** Configures a policy pack as the engine does (`ReconcilePolicyPackConfig` in pkg/resource/analyzer/config.go). */

const LEVELS: Readonly<Record<EnforcementLevel, analyzer.EnforcementLevel>> = {
  advisory: analyzer.EnforcementLevel.ADVISORY,
  mandatory: analyzer.EnforcementLevel.MANDATORY,
  disabled: analyzer.EnforcementLevel.DISABLED,
  remediate: analyzer.EnforcementLevel.REMEDIATE,
};

type Parameters = Readonly<Record<string, unknown>>;

/** The configuration of one policy; without a level the policy keeps its own. */
interface Config {
  readonly level: analyzer.EnforcementLevel | undefined;
  readonly parameters: Parameters;
}

/**
 * Builds the request that configures a pack: the level and parameter defaults of every policy, overridden by the initial
 * configuration of the pack, then by the user's file.
 *
 * @param info the pack's metadata
 * @param settings the content of the file; empty if there is none
 */
export function configureRequest(info: AnalyzerInfo, settings: PolicySettings): ConfigureAnalyzerRequest {
  const own = info
    .getPoliciesList()
    .map((policy): [string, Config] => [
      policy.getName(),
      { level: policy.getEnforcementlevel(), parameters: parameterDefaults(policy) },
    ]);
  const initial = [...info.getInitialconfigMap().entries()].map(([name, config]): [string, Config] => [
    name,
    { level: config.getEnforcementlevel(), parameters: parameterValues(config.getProperties()) },
  ]);
  const given = [...settings].map(([name, { enforcementLevel, parameters }]): [string, Config] => [
    name,
    { level: enforcementLevel && LEVELS[enforcementLevel], parameters },
  ]);
  const request = new analyzer.ConfigureAnalyzerRequest();
  for (const [name, { level, parameters }] of mergeConfigs(mergeConfigs(new Map(own), initial), given)) {
    const config = new analyzer.PolicyConfig().setProperties(
      struct.Struct.fromJavaScript(parameters as Record<string, JavaScriptValue>),
    );
    if (level !== undefined) config.setEnforcementlevel(level);
    request.getPolicyconfigMap().set(name, config);
  }
  return request;
}

/** Applies changes to configurations; the one of `all` is applied first. */
function mergeConfigs(before: ReadonlyMap<string, Config>, changes: readonly (readonly [string, Config])[]) {
  const all = new Map(changes).get(ALL)?.level;
  const after = new Map(
    [...before].map(([name, config]) => [name, { ...config, level: all ?? config.level }]),
  );
  for (const [name, { level, parameters }] of changes) {
    const config = after.get(name);
    after.set(name, { level: level ?? config?.level, parameters: { ...config?.parameters, ...parameters } });
  }
  return after;
}

function parameterDefaults(policy: PolicyInfo): Parameters {
  const properties = Object.entries(parameterValues(policy.getConfigschema()?.getProperties()));
  return Object.fromEntries(
    properties.flatMap(([name, schema]) =>
      typeof schema === "object" && schema !== null && "default" in schema ? [[name, schema.default]] : [],
    ),
  );
}

function parameterValues(properties: struct.Struct | undefined): Parameters {
  return properties?.toJavaScript() ?? {};
}
