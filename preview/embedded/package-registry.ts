import { createHash, randomUUID } from "node:crypto";
import resource, {
  type RegisterPackageRequest,
  type RegisterPackageResponse,
} from "@pulumi/pulumi/proto/resource_pb.js";
import { providerRequest, type ProviderRequest } from "./provider-reference.ts";
import { FailedRequest } from "./engine-error.ts";

/** The packages that a program registers and then refers to (`RegisterPackage`). */
export class Packages {
  readonly #byReference = new Map<string, ProviderRequest>();
  readonly #byContent = new Map<string, string>();

  /** Registers a package; the same package always gets the same reference. */
  register(request: RegisterPackageRequest): RegisterPackageResponse {
    if (request.getName() === "") throw new FailedRequest("package name is empty");
    const content = createHash("sha256").update(request.serializeBinary()).digest("hex");
    const known = this.#byContent.get(content);
    const reference = known ?? randomUUID();
    if (known === undefined) {
      this.#byContent.set(content, reference);
      this.#byReference.set(reference, toProviderRequest(request));
    }
    return new resource.RegisterPackageResponse().setRef(reference);
  }

  /** @throws FailedRequest if no package has this reference. */
  get(reference: string): ProviderRequest {
    const found = this.#byReference.get(reference);
    if (found === undefined) throw new FailedRequest(`unknown provider package '${reference}'`);
    return found;
  }
}

/** A parameterized package has the name and version of its parameters. */
function toProviderRequest(request: RegisterPackageRequest): ProviderRequest {
  const parameters = request.getParameterization();
  const version = parameters?.getVersion() ?? request.getVersion();
  return providerRequest(parameters?.getName() ?? request.getName(), version, request.getDownloadUrl());
}
