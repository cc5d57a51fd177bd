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
import { packageOf, providerRequest } from "./provider-reference.ts";
import { FailedRequest, unsupported } from "./engine-error.ts";
import { denial } from "./registrar.ts";
import type { Resources } from "./resources.ts";
import type { Transforms } from "./transforms.ts";
import {
  isSecret,
  isUnknown,
  type WireProperties,
  propertiesOf,
  structOf,
  withoutOutputs,
} from "./property-wire.ts";

/** What calls of functions are answered from. */
export interface Sources {
  readonly resources: Resources;
  readonly packages: Packages;
  readonly defaultProviders: DefaultProviders;
  readonly transforms: Transforms;
  /** Told of each function whose answer stays unknown. */
  readonly onUnanswered: (token: string) => void;
}

const GET_RESOURCE = "pulumi:pulumi:getResource";

/** Takes a text of Kubernetes manifests apart. */
const DECODE_YAML = "kubernetes:yaml:decode";

/**
 * Answers the call of a function (`Invoke`): what a provider would have to say is unknown, as to a program whose
 * arguments are not known yet, unless the provider would ask nobody either.
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
  const { args, options } = await transforms.applyToInvoke(token, propertiesOf(request.getArgs()), given);
  const provider = options.getProvider() || defaultFor(token, options, request.getPackageref(), sources);
  const answer = answered(token, provider, withoutOutputs(args), resources);
  if (answer !== undefined) return new resource.ResourceInvokeResponse().setReturn(structOf(answer));
  onUnanswered(token);
  return new resource.ResourceInvokeResponse().setUnknown(true);
}

/** Refuses the call of a method of a resource: it runs in the provider's plugin. */
export function call(request: ResourceCallRequest): never {
  throw unsupported(`the method ${request.getTok()}`, "only the provider of its resource can run it");
}

/** What can be said without a provider; undefined for nothing. */
function answered(
  token: string,
  provider: string,
  args: WireProperties,
  resources: Resources,
): WireProperties | undefined {
  try {
    if (token === GET_RESOURCE) return getResource(args, resources);
    return token === DECODE_YAML && resources.hasReadyProvider({ provider }) ? decoded(args) : undefined;
  } catch (error) {
    throw new FailedRequest(`invocation of ${token} returned an error: ${thrownMessage(error)}`);
  }
}

function getResource({ urn }: WireProperties, resources: Resources): WireProperties {
  if (typeof urn !== "string") throw new Error("it wants a urn");
  const found = resources.get(urn);
  if (found === undefined) throw new Error(`unknown resource ${urn}`);
  const state = found.custom ? outputsForProgram(found) : found.outputs;
  return { urn: found.urn, id: "", provider: found.provider ?? "", state };
}

/** The manifests that a text holds; undefined where it is not known, or only the cluster could say where they belong. */
function decoded({ text, defaultNamespace = "" }: WireProperties): WireProperties | undefined {
  const plain = isSecret(text) ? (text as WireProperties).value : text;
  if (typeof plain !== "string" || isUnknown(plain) || defaultNamespace !== "") return undefined;
  return { result: manifestsIn(plain) };
}

/** @throws FailedRequest when the stack forbids default providers of the package. */
function defaultFor(
  token: string,
  options: TransformInvokeOptions,
  packageReference: string,
  { packages, defaultProviders }: Sources,
): string {
  const wanted =
    packageReference === ""
      ? providerRequest(packageOf(token), options.getVersion(), options.getPluginDownloadUrl())
      : packages.get(packageReference);
  const found = defaultProviders.for(wanted);
  if (found === undefined) throw new FailedRequest(`Invoke: ${denial(wanted.pkg, token)}`);
  return found;
}
