import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { credentials } from "@grpc/grpc-js";
import languageService, { type LanguageRuntimeClient } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { CHANNEL } from "../../preview/embedded/grpc.ts";

/** The stand-in for the language host, run as the engine runs it. */
export interface RunningHost {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  readonly client: LanguageRuntimeClient;
  /** Ends it, unless it has ended. */
  readonly end: () => Promise<void>;
}

/** Starts the stand-in with a pipe as its standard input, and waits for its port. */
export async function startHost(engine = "127.0.0.1:1"): Promise<RunningHost> {
  const file = join(import.meta.dirname, "pulumi-language-nodejs");
  const child = spawn(process.execPath, [file, "-v=3", engine], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const [port] = (await once(lines, "line")) as [string];
  const address = `127.0.0.1:${port}`;
  const client = new languageService.LanguageRuntimeClient(address, credentials.createInsecure(), CHANNEL);
  const end = async () => {
    client.close();
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, "exit");
    child.kill("SIGKILL");
    await exit;
  };
  return { child, client, end };
}
