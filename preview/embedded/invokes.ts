import resource, {
  type ResourceCallRequest,
  type ResourceInvokeRequest,
  type ResourceInvokeResponse,
  type TransformInvokeOptions,
} from "@pulumi/pulumi/proto/resource_pb.js";
import { thrownMessage } from "../user-error.ts";
import type { DefaultProviders } from "./default-providers.ts";
import { manifestsIn } from "./decode-yaml.ts";
import { outputsForProgram } from "./planned-outputs.ts";
import type { Packages } from "./package-registry.ts";
import { tokenPackage, providerRequest } from "./provider-reference.ts";
import { FailedRequest, unsupported } from "./engine-error.ts";
import { defaultProviderDisabled } from "./registrar.ts";
import type { Resources } from "./resources.ts";
import type { Transforms } from "./transforms.ts";
import {
  isSecret,
  isUnknown,
  type WireProperties,
  fromStruct,
  toStruct,
  withoutOutputs,
} from "./property-wire.ts";

/** What invokes are answered from. */
export interface Sources {
  readonly resources: Resources;
  readonly packages: Packages;
  readonly defaultProviders: DefaultProviders;
  readonly transforms: Transforms;
  /** Called with the token of each function whose result is unknown. */
  readonly onUnanswered: (token: string) => void;
}

const GET_RESOURCE = "pulumi:pulumi:getResource";

/** Parses Kubernetes manifests. */
const DECODE_YAML = "kubernetes:yaml:decode";

/**
 * Answers the invoke of a function. The result is unknown, as for unknown arguments, unless the provider would compute it
 * without a server.
 */
export async function invoke(
  request: ResourceInvokeRequest,
  sources: Sources,
): Promise<ResourceInvokeResponse> {
  const { resources, transforms, onUnanswered } = sources;
  const token = request.getTok();
  const given = new resource.TransformInvokeOptions()
    .setProvider(request.getProvider())
    .setVersion(request.getVersion())
    .setPluginDownloadUrl(request.getPlugindownloadurl());
  const { args, options } = await transforms.applyToInvoke(token, fromStruct(request.getArgs()), given);
  const provider =
    options.getProvider() || findDefaultProvider(token, options, request.getPackageref(), sources);
  const answer = answerLocally(token, provider, withoutOutputs(args), resources);
  if (answer !== undefined) return new resource.ResourceInvokeResponse().setReturn(toStruct(answer));
  onUnanswered(token);
  return new resource.ResourceInvokeResponse().setUnknown(true);
}

/** Fails the call of a resource's method, which runs in the provider's plugin. */
export function call(request: ResourceCallRequest): never {
  throw unsupported(`the method ${request.getTok()}`, "only the provider of its resource can run it");
}

/** The result of a function that requires no provider; undefined for any other. */
function answerLocally(
  token: string,
  provider: string,
  args: WireProperties,
  resources: Resources,
): WireProperties | undefined {
  try {
    if (token === GET_RESOURCE) return getResource(args, resources);
    return token === DECODE_YAML && resources.hasConfiguredProvider({ provider })
      ? decodeManifests(args)
      : undefined;
  } catch (error) {
    throw new FailedRequest(`invocation of ${token} returned an error: ${thrownMessage(error)}`);
  }
}

function getResource({ urn }: WireProperties, resources: Resources): WireProperties {
  if (typeof urn !== "string") throw new Error("urn is required");
  const found = resources.get(urn);
  if (found === undefined) throw new Error(`unknown resource ${urn}`);
  const state = found.custom ? outputsForProgram(found) : found.outputs;
  return { urn: found.urn, id: "", provider: found.provider ?? "", state };
}

/** Parses manifests; undefined if the text is unknown, or if a default namespace requires the cluster's API. */
function decodeManifests({ text, defaultNamespace = "" }: WireProperties): WireProperties | undefined {
  const plain = isSecret(text) ? (text as WireProperties).value : text;
  if (typeof plain !== "string" || isUnknown(plain) || defaultNamespace !== "") return undefined;
  return { result: manifestsIn(plain) };
}

/** @throws FailedRequest if the stack disables default providers of the package. */
function findDefaultProvider(
  token: string,
  options: TransformInvokeOptions,
  packageReference: string,
  { packages, defaultProviders }: Sources,
): string {
  const wanted =
    packageReference === ""
      ? providerRequest(tokenPackage(token), options.getVersion(), options.getPluginDownloadUrl())
      : packages.get(packageReference);
  const found = defaultProviders.for(wanted);
  if (found === undefined) throw new FailedRequest(`Invoke: ${defaultProviderDisabled(wanted.pkg, token)}`);
  return found;
}
