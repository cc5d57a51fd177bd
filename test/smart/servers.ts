import { access, mkdir, writeFile } from "node:fs/promises";
import { execFile } from "node:child_process";
import { get } from "node:https";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { GATEWAY_PATHS, GATEWAY_PORT } from "../../components/smart/web-gateway-config.ts";
import { UI_PATHS, UI_PORT } from "../../components/smart/smart-ui-config.ts";
import type { Supervision } from "../cluster/index.ts";
import { skipWithout } from "../toolchain/skip.ts";

const execute = promisify(execFile);

/** The real servers, by what Debian's packages call their programs. */
export const PROGRAMS = {
  nginx: "/usr/sbin/nginx",
  apache2: "/usr/sbin/apache2",
  chromium: "/usr/bin/chromium",
};

/** Skips the suite where Debian's package of a program is not installed; in CI that is a failure. */
export async function programsOrSkip(
  suite: Mocha.Context,
  ...names: (keyof typeof PROGRAMS)[]
): Promise<void> {
  for (const name of names) {
    await access(PROGRAMS[name]).catch(() =>
      skipWithout(suite, name, `Debian's package, at ${PROGRAMS[name]}`),
    );
  }
}

/** A configuration with the directories of the container as directories of the test, and another port. */
export interface Placed {
  /** Path of the configuration's file. */
  readonly file: string;
  /** The directory that stands for each of the container's. */
  readonly directory: (path: string) => string;
}

/** Writes Apache's configuration where the test can run it. */
export async function placeGateway(root: string, text: string, port: number): Promise<Placed> {
  const listening = text
    .replace(`Listen ${GATEWAY_PORT}`, `Listen 127.0.0.1:${port}`)
    .replace(`*:${GATEWAY_PORT}`, `*:${port}`);
  return place(root, "httpd.conf", listening, GATEWAY_PATHS);
}

/** Writes nginx's configuration where the test can run it. */
export async function placeUi(root: string, text: string, port: number): Promise<Placed> {
  const listening = text.replace(`listen ${UI_PORT} `, `listen 127.0.0.1:${port} `);
  return place(root, "nginx.conf", listening, UI_PATHS);
}

async function place(
  root: string,
  name: string,
  text: string,
  paths: Readonly<Record<string, string>>,
): Promise<Placed> {
  const directory = (path: string) => join(root, path.replaceAll("/", "_"));
  // The longest first: one directory's path begins with another's.
  const sorted = Object.values(paths).sort((one, other) => other.length - one.length);
  let placed = text;
  for (const path of sorted) {
    await mkdir(directory(path), { recursive: true });
    placed = placed.replaceAll(path, directory(path));
  }
  const file = join(root, name);
  await writeFile(file, placed);
  return { file, directory };
}

/** Runs the servers' own tests of their configuration. @throws Error with what they report */
export async function testConfig(program: "nginx" | "apache2", { file }: Placed): Promise<void> {
  const args = program === "nginx" ? ["-t", "-c", file] : ["-t", "-f", file];
  // A real pipe: Node's own are sockets, which no server can open as /dev/stdout.
  await execute("bash", ["-o", "pipefail", "-c", '"$0" "$@" 2>&1 | cat', PROGRAMS[program], ...args]);
}

/** Starts a server in the foreground, and waits until it answers. */
export async function startServer(
  supervision: Supervision,
  program: "nginx" | "apache2",
  { file }: Placed,
  port: number,
): Promise<void> {
  // One process each: the supervisor kills what it started, and would leave workers behind.
  const foreground =
    program === "nginx" ? ["-c", file, "-g", "daemon off; master_process off;"] : ["-X", "-f", file];
  await supervision.start(program, [PROGRAMS[program], ...foreground]);
  while (!(await answers(port))) {
    supervision.ended.throwIfAborted();
    // A server that does not listen yet has no event to wait for.
    await setTimeout(20, undefined, { signal: supervision.ended });
  }
}

function answers(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const request = get({ host: "127.0.0.1", port, path: "/", rejectUnauthorized: false }, (response) => {
    response.resume();
    resolve(true);
  });
  request.on("error", () => {
    resolve(false);
  });
  return promise;
}
