import { z } from "zod";
import { UserError } from "../user-error.ts";
import { urnName } from "../report/urn.ts";
import type { Configuration } from "./configuration.ts";
import {
  defaultProviderUrn,
  formatReference,
  providerType,
  type ProviderRequest,
} from "./provider-reference.ts";
import type { RegisteredResource, Resources } from "./resources.ts";
import { type WireProperties, secret } from "./property-wire.ts";

/** Packages of dynamic resources. */
const DYNAMIC: ReadonlySet<string> = new Set(["pulumi-nodejs", "pulumi-python"]);

/** The engine's own package: it cannot be disabled and has no configuration. */
const BUILT_IN = "pulumi";

const namesSchema = z.array(z.string().trim());

const SETTING = "pulumi:disable-default-providers";

/** Creates default providers, unless the stack disables them (deploy/default_providers.go). */
export class DefaultProviders {
  readonly #resources: Resources;
  readonly #configuration: Configuration;
  readonly #onCreate: (provider: RegisteredResource) => void;
  readonly #disabled: ReadonlySet<string>;

  /**
   * @param onCreate called with each provider that is created
   * @throws UserError if pulumi:disable-default-providers is not a list of package names.
   */
  constructor(
    resources: Resources,
    configuration: Configuration,
    onCreate: (provider: RegisteredResource) => void,
  ) {
    this.#resources = resources;
    this.#configuration = configuration;
    this.#onCreate = onCreate;
    this.#disabled = new Set(namesIn(configuration.values.get(SETTING) ?? ""));
  }

  /**
   * Returns the reference to the provider that serves a request, and creates the provider if needed.
   *
   * @returns undefined if the stack disables it
   */
  for(request: ProviderRequest): string | undefined {
    const { pkg } = request;
    if (pkg !== BUILT_IN && (this.#disabled.has("*") || this.#disabled.has(pkg))) return undefined;
    const urn = defaultProviderUrn(this.#resources.stack, request);
    if (this.#resources.get(urn) === undefined) this.#onCreate(this.#make(request, urn));
    return formatReference(urn);
  }

  #make(request: ProviderRequest, urn: string): RegisteredResource {
    const inputs = { ...this.#settings(request.pkg), ...pluginSettings(request) };
    return this.#resources.add({
      type: providerType(request.pkg),
      name: urnName(urn),
      custom: true,
      operation: "create",
      inputs,
      outputs: inputs,
      dependencies: [],
      propertyDependencies: {},
      options: { ignoreChanges: [], additionalSecretOutputs: [], customTimeouts: {} },
    });
  }

  /** The stack's configuration of a package, `gcp:project`; dynamic providers get all of it (deploy/target.go). */
  #settings(pkg: string): WireProperties {
    if (pkg === BUILT_IN) return {};
    const { values, secretKeys } = this.#configuration;
    const prefix = DYNAMIC.has(pkg) ? "" : `${pkg}:`;
    return Object.fromEntries(
      [...values]
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, value]) => [key.slice(prefix.length), secretKeys.includes(key) ? secret(value) : value]),
    );
  }
}

/** The inputs about its plugin that the engine adds to a provider. */
export function pluginSettings({ version, downloadUrl }: Omit<ProviderRequest, "pkg">): WireProperties {
  if (version === undefined && downloadUrl === undefined) return {};
  return {
    ...(version !== undefined && { version }),
    __internal: downloadUrl === undefined ? {} : { pluginDownloadURL: downloadUrl },
  };
}

function namesIn(setting: string): string[] {
  if (setting === "") return [];
  const list = namesSchema.safeParse(fromJson(setting));
  if (list.success) return list.data;
  throw new UserError(`${SETTING} must be a list of package names, not ${setting}`);
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
