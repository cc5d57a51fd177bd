import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation/index.js";
import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Google } from "./index.ts";

/** A stack of an inline program, run by the real CLI and the real providers against a simulated control plane. */
export interface Engine {
  readonly stack: Stack;
  /** Removes the stack's directory with its state. */
  readonly close: () => Promise<void>;
}

/** The token that the provider sends with each request. */
export const TOKEN = "dummy";

/**
 * What keeps the Google Cloud provider off the network. The provider asks the metadata server for a project and
 * Google for the caller's address before anything else: a server that answers both at once with a refusal costs
 * nothing, while a port without a listener costs it two seconds of retries.
 */
export function offline({ url }: Google): Record<string, string> {
  return {
    GOOGLE_OAUTH_ACCESS_TOKEN: TOKEN,
    GCE_METADATA_HOST: new URL(url).host,
    HTTP_PROXY: url,
    HTTPS_PROXY: url,
    NO_PROXY: "127.0.0.1",
  };
}

/**
 * Opens a stack with its state, its plugins' home and its working directory in a temporary directory.
 *
 * @param toolchain - the directory that holds `pulumi` and the plugins.
 * @param declare - the program: declares the stack's resources.
 */
export async function openEngine(google: Google, toolchain: string, declare: () => void): Promise<Engine> {
  const dir = await mkdtemp(join(tmpdir(), "attested-fhir-"));
  const place = (name: string) => join(dir, name);
  for (const name of ["work", "home", "state"]) await mkdir(place(name));
  // The Automation API looks for `bin/pulumi`, and puts that directory on the PATH for the plugins.
  await symlink(toolchain, place("bin"));
  const envVars = {
    ...offline(google),
    PULUMI_BACKEND_URL: `file://${place("state")}`,
    PULUMI_HOME: place("home"),
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
  const program = () => {
    declare();
    return Promise.resolve();
  };
  const stack = await LocalWorkspace.createStack(
    { stackName: "test", projectName: "simulated-google", program },
    {
      workDir: place("work"),
      pulumiHome: place("home"),
      envVars,
      pulumiCommand: await PulumiCommand.get({ root: dir }),
    },
  );
  return { stack, close: () => rm(dir, { recursive: true }) };
}
