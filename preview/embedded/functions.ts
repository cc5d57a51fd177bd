import resource, {
  type ResourceCallRequest,
  type ResourceInvokeRequest,
  type ResourceInvokeResponse,
} from "@pulumi/pulumi/proto/resource_pb.js";
import type { DefaultProviders } from "./default-providers.ts";
import { outputsForProgram } from "./outputs.ts";
import type { Packages } from "./packages.ts";
import { packageOf, type ProviderRequest } from "./provider-reference.ts";
import { FailedRequest, unsupported } from "./refusal.ts";
import { denial } from "./registrar.ts";
import type { Resources } from "./resources.ts";
import type { Transforms } from "./transforms.ts";
import { type Properties, propertiesOf, structOf, withoutOutputs } from "./values.ts";

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

/**
 * Answers the call of a function (`Invoke`): what a provider would have to say is unknown, as to a program whose
 * arguments are not known yet.
 */
export async function invoke(
  request: ResourceInvokeRequest,
  { resources, packages, defaultProviders, transforms, onUnanswered }: Sources,
): Promise<ResourceInvokeResponse> {
  const token = request.getTok();
  const given = new resource.TransformInvokeOptions()
    .setProvider(request.getProvider())
    .setVersion(request.getVersion())
    .setPluginDownloadUrl(request.getPlugindownloadurl());
  const { args, options } = await transforms.applyToInvoke(token, propertiesOf(request.getArgs()), given);
  if (token === GET_RESOURCE) return getResource(withoutOutputs(args), resources);
  if (options.getProvider() === "") {
    const reference = request.getPackageref();
    const wanted = reference === "" ? requestFor(token, options) : packages.get(reference);
    if (defaultProviders.for(wanted) === undefined) {
      throw new FailedRequest(`Invoke: ${denial(wanted.pkg, token)}`);
    }
  }
  onUnanswered(token);
  return new resource.ResourceInvokeResponse().setUnknown(true);
}

/** Refuses the call of a method of a resource: it runs in the provider's plugin. */
export function call(request: ResourceCallRequest): never {
  throw unsupported(`the method ${request.getTok()}`, "only the provider of its resource can run it");
}

function getResource({ urn }: Properties, resources: Resources): ResourceInvokeResponse {
  if (typeof urn !== "string") throw new FailedRequest(`${GET_RESOURCE} wants a urn`);
  const found = resources.get(urn);
  if (found === undefined) throw new FailedRequest(`unknown resource ${urn}`);
  const state = found.custom ? outputsForProgram(found) : found.outputs;
  const answer = { urn: found.urn, id: "", provider: found.provider ?? "", state };
  return new resource.ResourceInvokeResponse().setReturn(structOf(answer));
}

function requestFor(
  token: string,
  options: { getVersion(): string; getPluginDownloadUrl(): string },
): ProviderRequest {
  const [version, downloadUrl] = [options.getVersion(), options.getPluginDownloadUrl()];
  return {
    pkg: packageOf(token),
    ...(version !== "" && { version }),
    ...(downloadUrl !== "" && { downloadUrl }),
  };
}
