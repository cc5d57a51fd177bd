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

/** Packages whose resources are the program's own. */
const DYNAMIC: ReadonlySet<string> = new Set(["pulumi-nodejs", "pulumi-python"]);

/** The engine's own: it cannot be forbidden, and wants no settings. */
const BUILT_IN = "pulumi";

const namesSchema = z.array(z.string().trim());

const SETTING = "pulumi:disable-default-providers";

/** Makes the providers that a program leaves to Pulumi, where the stack does not forbid them (deploy/default_providers.go). */
export class DefaultProviders {
  readonly #resources: Resources;
  readonly #configuration: Configuration;
  readonly #onMade: (provider: RegisteredResource) => void;
  readonly #disabled: ReadonlySet<string>;

  /**
   * @param onMade told of each provider that is made
   * @throws UserError when the setting that forbids them is not a list of names.
   */
  constructor(
    resources: Resources,
    configuration: Configuration,
    onMade: (provider: RegisteredResource) => void,
  ) {
    this.#resources = resources;
    this.#configuration = configuration;
    this.#onMade = onMade;
    this.#disabled = new Set(namesIn(configuration.values.get(SETTING) ?? ""));
  }

  /**
   * The reference to the provider that serves a request.
   *
   * @returns undefined where the stack forbids it
   */
  for(request: ProviderRequest): string | undefined {
    const { pkg } = request;
    if (pkg !== BUILT_IN && (this.#disabled.has("*") || this.#disabled.has(pkg))) return undefined;
    const urn = defaultProviderUrn(this.#resources.stack, request);
    if (this.#resources.get(urn) === undefined) this.#onMade(this.#make(request, urn));
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

  /** The stack's configuration of a package, `gcp:project`; a dynamic provider gets everything (deploy/target.go). */
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

/** What the engine adds to a provider's inputs about its plugin. */
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
  throw new UserError(`${SETTING} is ${setting}, not a list of package names`);
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
