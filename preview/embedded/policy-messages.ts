import analyzer, {
  type AnalyzeRequest,
  type AnalyzerProviderResource,
  type AnalyzerResource,
  type AnalyzerResourceOptions,
} from "@pulumi/pulumi/proto/analyzer_pb.js";
import { NOT_RENDERED } from "@attested-fhir/stack-model";
import type { RegisteredResource } from "./resources.ts";
import { type WireProperties, toStruct, withoutInternal, withoutReferences } from "./property-wire.ts";

/** The requests to policy packs (sdk/go/common/resource/plugin/analyzer_plugin.go). */

/**
 * Builds the request that evaluates one resource with its inputs.
 *
 * @param hidesInternal whether to omit names with two underscores, which remediation requests keep
 */
export function analyzeRequest(
  resource: RegisteredResource,
  provider: RegisteredResource | undefined,
  hidesInternal: boolean,
): AnalyzeRequest {
  const inputs = hidesInternal ? shown(resource.inputs) : withoutReferences(resource.inputs);
  return new analyzer.AnalyzeRequest()
    .setUrn(resource.urn)
    .setType(resource.type)
    .setName(resource.name)
    .setProperties(toStruct(withReason(resource, inputs)))
    .setOptions(analyzerOptions(resource))
    .setProvider(provider && providerResource(provider));
}

/** Converts a resource for a stack policy, with its outputs. */
export function analyzerResource(
  resource: RegisteredResource,
  provider: RegisteredResource | undefined,
): AnalyzerResource {
  const shownResource = new analyzer.AnalyzerResource()
    .setUrn(resource.urn)
    .setType(resource.type)
    .setName(resource.name)
    .setProperties(toStruct(withReason(resource, shown(resource.outputs))))
    .setOptions(analyzerOptions(resource))
    .setProvider(provider && providerResource(provider))
    .setParent(resource.parent ?? "")
    .setDependenciesList([...resource.dependencies]);
  const byProperty = shownResource.getPropertydependenciesMap();
  for (const [name, urns] of Object.entries(resource.propertyDependencies)) {
    if (urns.length > 0)
      byProperty.set(name, new analyzer.AnalyzerPropertyDependencies().setUrnsList([...urns]));
  }
  return shownResource;
}

/** Cached, because every resource of a provider contains it. */
const providers = new WeakMap<RegisteredResource, AnalyzerProviderResource>();

function providerResource(provider: RegisteredResource): AnalyzerProviderResource {
  const { urn, type, name, inputs } = provider;
  const message =
    providers.get(provider) ??
    new analyzer.AnalyzerProviderResource()
      .setUrn(urn)
      .setType(type)
      .setName(name)
      .setProperties(toStruct(shown(inputs)));
  providers.set(provider, message);
  return message;
}

function analyzerOptions({ options, parent }: RegisteredResource): AnalyzerResourceOptions {
  const { protect, ignoreChanges, deleteBeforeReplace, additionalSecretOutputs, customTimeouts } = options;
  const timeouts = new analyzer.AnalyzerResourceOptions.CustomTimeouts()
    .setCreate(customTimeouts.create ?? 0)
    .setUpdate(customTimeouts.update ?? 0)
    .setDelete(customTimeouts.delete ?? 0)
    .setRead(customTimeouts.read ?? 0);
  return new analyzer.AnalyzerResourceOptions()
    .setProtect(protect ?? false)
    .setIgnorechangesList([...ignoreChanges])
    .setDeletebeforereplace(deleteBeforeReplace ?? false)
    .setDeletebeforereplacedefined(deleteBeforeReplace !== undefined)
    .setAdditionalsecretoutputsList([...additionalSecretOutputs])
    .setCustomtimeouts(timeouts)
    .setParent(parent ?? "");
}

/** Properties as policies see them: without Pulumi's internal ones, and with ids instead of resource references. */
function shown(properties: WireProperties): WireProperties {
  return withoutReferences(withoutInternal(properties));
}

/** With the reason why the content of a resource is not in the stack, which no program can remove. */
function withReason({ notRendered }: RegisteredResource, properties: WireProperties): WireProperties {
  return notRendered === undefined ? properties : { ...properties, [NOT_RENDERED]: notRendered };
}
