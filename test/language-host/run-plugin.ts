import language from "@pulumi/pulumi/proto/language_pb.js";
import { runSdkScript } from "./sdk-script.ts";

/**
 * Runs a policy pack to its end.
 *
 * @param write receives what the pack writes, and last its exit code
 * @param signal ends the pack
 * @throws Error for plugins of other kinds
 */
export async function runPlugin(
  request: language.RunPluginRequest,
  write: (response: language.RunPluginResponse) => void,
  signal: AbortSignal,
): Promise<void> {
  if (request.getKind() !== "analyzer") {
    throw new Error(
      `the stand-in for the language host runs policy packs, and no plugin of kind ${request.getKind()}`,
    );
  }
  const directory = request.getInfo()?.getProgramDirectory() ?? "";
  const exit = await runSdkScript({
    script: "run-policy-pack",
    directory,
    args: [...request.getArgsList(), directory],
    // @pulumi/policy reads the package.json of its working directory.
    cwd: directory,
    env: Object.fromEntries(request.getEnvList().map(assignment)),
    signal,
    onText: (text, stream) => {
      const response = new language.RunPluginResponse();
      write(stream === "stdout" ? response.setStdout(text) : response.setStderr(text));
    },
  });
  write(new language.RunPluginResponse().setExitcode(typeof exit === "number" ? exit : 1));
}

/** `NAME=VALUE`, whose value may hold anything. */
function assignment(text: string): [string, string] {
  const end = text.indexOf("=");
  return [text.slice(0, end), text.slice(end + 1)];
}
