import analyzer, {
  type AnalyzerInfo,
  type ConfigureAnalyzerRequest,
  type PolicyInfo,
} from "@pulumi/pulumi/proto/analyzer_pb.js";
import struct, { type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import { ALL, type EnforcementLevel, type PolicySettings } from "@attested-fhir/policy-config";

/** How a policy pack is configured, as the engine does it (`ReconcilePolicyPackConfig` in pkg/resource/analyzer/config.go). */

const LEVELS: Readonly<Record<EnforcementLevel, analyzer.EnforcementLevel>> = {
  advisory: analyzer.EnforcementLevel.ADVISORY,
  mandatory: analyzer.EnforcementLevel.MANDATORY,
  disabled: analyzer.EnforcementLevel.DISABLED,
  remediate: analyzer.EnforcementLevel.REMEDIATE,
};

type Parameters = Readonly<Record<string, unknown>>;

/** What one policy is configured with; without a level it keeps the one that it has. */
interface Config {
  readonly level: analyzer.EnforcementLevel | undefined;
  readonly parameters: Parameters;
}

/**
 * The request that configures a pack: every policy with its own level and the defaults of its parameters, changed by what
 * the pack begins with, and then by what the user's file gives.
 *
 * @param info the pack's own account of itself
 * @param settings what the file gives; nothing where there is no file
 */
export function configureRequest(info: AnalyzerInfo, settings: PolicySettings): ConfigureAnalyzerRequest {
  const own = info
    .getPoliciesList()
    .map((policy): [string, Config] => [
      policy.getName(),
      { level: policy.getEnforcementlevel(), parameters: defaultsOf(policy) },
    ]);
  const initial = [...info.getInitialconfigMap().entries()].map(([name, config]): [string, Config] => [
    name,
    { level: config.getEnforcementlevel(), parameters: parametersOf(config.getProperties()) },
  ]);
  const given = [...settings].map(([name, { enforcementLevel, parameters }]): [string, Config] => [
    name,
    { level: enforcementLevel && LEVELS[enforcementLevel], parameters },
  ]);
  const request = new analyzer.ConfigureAnalyzerRequest();
  for (const [name, { level, parameters }] of applied(applied(new Map(own), initial), given)) {
    const config = new analyzer.PolicyConfig().setProperties(
      struct.Struct.fromJavaScript(parameters as Record<string, JavaScriptValue>),
    );
    if (level !== undefined) config.setEnforcementlevel(level);
    request.getPolicyconfigMap().set(name, config);
  }
  return request;
}

/** Configurations changed by others, of which that of `all` comes first. */
function applied(before: ReadonlyMap<string, Config>, changes: readonly (readonly [string, Config])[]) {
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

function defaultsOf(policy: PolicyInfo): Parameters {
  const properties = Object.entries(parametersOf(policy.getConfigschema()?.getProperties()));
  return Object.fromEntries(
    properties.flatMap(([name, schema]) =>
      typeof schema === "object" && schema !== null && "default" in schema ? [[name, schema.default]] : [],
    ),
  );
}

function parametersOf(properties: struct.Struct | undefined): Parameters {
  return properties?.toJavaScript() ?? {};
}
