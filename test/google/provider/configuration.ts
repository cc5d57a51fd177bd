import { isObject, type JsonObject, textAt } from "../json.ts";

/** A Google API, by the name that the provider's own arguments have for it: `kms` of `kmsCustomEndpoint`. */
export type Api = "kms" | "containerAnalysis" | "binaryAuthorization" | "serviceUsage" | "resourceManager";

/** What a provider was configured with. */
export interface Configuration {
  /** The project of resources that name none. */
  readonly project: string | undefined;
  /** The labels that the provider gives every resource. */
  readonly attribution: Readonly<Record<string, string>>;
  /** The arguments as they came. */
  readonly args: JsonObject;
}

/** Reads what the engine configures a provider with. */
export function configurationFrom(args: JsonObject): Configuration {
  const { addPulumiAttributionLabel: attributes } = args;
  const isAttributed = attributes !== false && attributes !== "false";
  return {
    project: textAt(args, "project"),
    attribution: isAttributed
      ? { "goog-pulumi-provisioned": "true", ...defaultLabels(args) }
      : defaultLabels(args),
    args,
  };
}

/** The argument is an object, or its JSON: the engine sends nested arguments as text. */
function defaultLabels({ defaultLabels: given }: JsonObject): Record<string, string> {
  const read: unknown = typeof given === "string" ? JSON.parse(given) : given;
  if (!isObject(read)) return {};
  return Object.fromEntries(
    Object.entries(read).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}
