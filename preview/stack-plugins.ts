import { readStackDirFile } from "../infra/config/stack-files.ts";
import { parseStack } from "../infra/config/parse-stack.ts";
import { isBundled, type NeededTool } from "./toolchain/missing-tools.ts";
import { pinnedTools } from "./toolchain/pinned-versions.ts";

/** The providers of each layer's resources; dynamic resources use `pulumi-nodejs`. */
const PROVIDERS = {
  signing: ["gcp", "pulumi-nodejs"],
  runtime: ["gcp", "kubernetes"],
  fhir: ["kubernetes"],
} as const;

/**
 * Returns the plugins that a stack of this repository requires, in the versions that the npm packages pin. Plugins that
 * are bundled with the CLI have no version of their own.
 *
 * @param values the stack's keys, without the namespace; they have been validated
 */
export async function stackPlugins(
  repository: string,
  values: Readonly<Record<string, unknown>>,
): Promise<NeededTool[]> {
  const { layers, fhirCluster, smart } = parseStack({
    file: "",
    data: values,
    readStackDirFile,
    now: new Date(),
  });
  const needed = new Set<string>(layers.flatMap((layer) => PROVIDERS[layer]));
  if (layers.includes("fhir") && fhirCluster?.google !== undefined) needed.add("gcp");
  if (smart?.auth0 !== undefined) needed.add("auth0");
  const names = [...needed].map((provider) => `pulumi-resource-${provider}`);
  const plugins = (await pinnedTools(repository)).filter(({ name }) => names.includes(name));
  return plugins.map((plugin) => (isBundled(plugin) ? { name: plugin.name } : plugin));
}
