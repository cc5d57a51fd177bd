import { readStackDirFile } from "../infra/config/stack-files.ts";
import { parseStack } from "../infra/config/parse-stack.ts";
import { isBundled, type NeededTool } from "./toolchain/missing-tools.ts";
import { pinnedTools } from "./toolchain/pinned-versions.ts";

/** The providers of each layer's resources; a dynamic resource's is `pulumi-nodejs`. */
const PROVIDERS = {
  signing: ["gcp", "pulumi-nodejs"],
  runtime: ["gcp", "kubernetes"],
  fhir: ["kubernetes"],
} as const;

/**
 * The plugins that a stack of this repository needs, in the versions that the npm packages ask for; what is bundled with
 * the CLI has the CLI's.
 *
 * @param values the stack's keys, without the namespace; they have passed the check of a stack
 */
export async function stackPlugins(
  repository: string,
  values: Readonly<Record<string, unknown>>,
): Promise<NeededTool[]> {
  const { layers, fhirCluster } = parseStack({
    file: "",
    data: values,
    readStackDirFile,
    now: new Date(),
  });
  const needed = new Set<string>(layers.flatMap((layer) => PROVIDERS[layer]));
  if (layers.includes("fhir") && fhirCluster?.google !== undefined) needed.add("gcp");
  const names = [...needed].map((provider) => `pulumi-resource-${provider}`);
  const plugins = (await pinnedTools(repository)).filter(({ name }) => names.includes(name));
  return plugins.map((plugin) => (isBundled(plugin) ? { name: plugin.name } : plugin));
}
