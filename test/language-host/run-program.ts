import language from "@pulumi/pulumi/proto/language_pb.js";
import type { Environment } from "../../preview/toolchain/find-toolchain.ts";
import { ERROR_REPORTED } from "../../preview/embedded/program-process.ts";
import { runSdkScript } from "./sdk-script.ts";

/**
 * Runs a program to its end. What it writes is this process's output, which the engine reads.
 *
 * @param engine the engine's address
 * @param signal ends the program
 */
export async function runProgram(
  request: language.RunRequest,
  engine: string,
  signal: AbortSignal,
): Promise<language.RunResponse> {
  const info = programInfo(request);
  const exit = await runSdkScript({
    script: "run",
    directory: info.getProgramDirectory(),
    args: [...scriptArguments(request, engine), info.getEntryPoint(), ...request.getArgsList()],
    cwd: request.getPwd(),
    env: { ...process.env, ...configurationOf(request), ...typescriptOf(info) },
    signal,
  });
  const response = new language.RunResponse();
  // The SDK has shown the user's error itself.
  if (exit === ERROR_REPORTED) return response.setBail(true);
  if (exit === 0) return response;
  return response.setError(
    typeof exit === "number"
      ? `Program exited with non-zero exit code: ${exit}`
      : `Program was ended by ${exit}`,
  );
}

/** The flags of cmd/run. */
function scriptArguments(request: language.RunRequest, engine: string): string[] {
  const flags = {
    monitor: request.getMonitorAddress(),
    engine,
    organization: request.getOrganization(),
    project: request.getProject(),
    "root-directory": programInfo(request).getRootDirectory(),
    stack: request.getStack(),
    pwd: request.getPwd(),
    parallel: String(request.getParallel()),
  };
  const given = Object.entries(flags).filter(([, value]) => value !== "");
  return [
    ...given.flatMap(([name, value]) => [`--${name}`, value]),
    ...(request.getDryrun() ? ["--dry-run"] : []),
  ];
}

function programInfo(request: language.RunRequest): language.ProgramInfo {
  const info = request.getInfo();
  if (info === undefined) throw new Error("the engine's request names no program");
  return info;
}

/** The variables in which programs find their configuration. */
function configurationOf(request: language.RunRequest): Environment {
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().getEntryList())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  };
}

/** As the official host, the SDK takes programs for TypeScript unless the project says otherwise. */
function typescriptOf(info: language.ProgramInfo): Environment {
  const options = info.getOptions()?.toJavaScript() ?? {};
  return options.typescript === false ? {} : { PULUMI_NODEJS_TYPESCRIPT: "true" };
}
