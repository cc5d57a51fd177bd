import { type ChildProcessByStdio, spawn } from "node:child_process";
import { basename } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { Client, credentials } from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import type { Environment } from "./find-toolchain.ts";

type Plugin = ChildProcessByStdio<null, Readable, null>;

/** How long a plugin may take to start, and then to answer, in milliseconds. */
const TIMEOUT = 10_000;

/**
 * Queries the version of a plugin as the engine does, because not every plugin has `--version`: starts it, reads the port
 * that it prints, calls GetPluginInfo, and kills it.
 *
 * @param file the plugin's executable, an absolute path
 * @returns the version without a leading v; undefined if the plugin does not start or answer.
 */
export async function queryPluginVersion(file: string, env: Environment): Promise<string | undefined> {
  // The address is an unused engine address: plugins call the engine only for real work. A process group of its own,
  // because some plugins are shell scripts that start another process.
  const child = spawn(file, ["127.0.0.1:1"], { env, detached: true, stdio: ["ignore", "pipe", "ignore"] });
  try {
    const port = await readPort(child);
    return port === undefined ? undefined : await versionAt(`127.0.0.1:${port}`, pluginService(file));
  } finally {
    stop(child);
  }
}

function pluginService(file: string): string {
  const isLanguage = basename(file).startsWith("pulumi-language-");
  return `pulumirpc.${isLanguage ? "LanguageRuntime" : "ResourceProvider"}`;
}

function readPort(child: Plugin): Promise<string | undefined> {
  return new Promise((resolve) => {
    const give = (port?: string) => {
      clearTimeout(timer);
      resolve(port);
    };
    const timer = setTimeout(give, TIMEOUT);
    createInterface({ input: child.stdout }).once("line", (line) => {
      give(line.trim());
    });
    child.once("error", () => {
      give();
    });
    child.once("close", () => {
      give();
    });
  });
}

function versionAt(address: string, service: string): Promise<string | undefined> {
  const client = new Client(address, credentials.createInsecure());
  return new Promise<string | undefined>((resolve) => {
    client.makeUnaryRequest<Uint8Array, Uint8Array>(
      `/${service}/GetPluginInfo`,
      () => Buffer.alloc(0), // google.protobuf.Empty
      (bytes) => bytes,
      new Uint8Array(),
      { deadline: Date.now() + TIMEOUT },
      (error, bytes) => {
        const version = error || !bytes ? "" : plugin.PluginInfo.deserializeBinary(bytes).getVersion();
        resolve(version.replace(/^v/, "") || undefined);
      },
    );
  }).finally(() => {
    client.close();
  });
}

function stop(child: Plugin): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? child.pid : -child.pid, "SIGKILL");
  } catch {
    // It has already exited.
  }
}
