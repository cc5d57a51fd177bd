import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The script endpoint-settings.sh in a real shell, with stand-ins for IRIS, the clock, and the time between. */

const SCRIPT = fileURLToPath(
  new URL("../../../components/fhir/scripts/endpoint-settings.sh", import.meta.url),
);
const IRIS = fileURLToPath(new URL("stand-in-iris.ts", import.meta.url));

/** Commands on the script's PATH before all others. */
const STAND_INS: Readonly<Record<string, string>> = {
  iris: `exec "${process.execPath}" "${IRIS}" "$@"`,
  date: 'exec cat "$STAND_INS/clock"',
  // Reports that the script pauses, and continues when the test lets it.
  sleep: 'echo "PAUSE $1 $PPID"; read -r _ <"$STAND_INS/resume"',
  // Times out at once where IRIS does not answer.
  timeout: 'shift; [ "$(cat "$STAND_INS/ailment")" = deaf ] && exit 124; exec "$@"',
};

/** Failures of IRIS: it rejects sessions, it accepts settings without saving them, or it does not answer. */
type Ailment = "" | "unlicensed" | "forgetful" | "deaf";

/** An endpoint, its IRIS, and the script that maintains its access mode. */
export class WatchedEndpoint {
  readonly directory = mkdtempSync(join(tmpdir(), "endpoint-settings-"));
  readonly #environment: NodeJS.ProcessEnv;
  /** Ids of the processes that lead a group of their own. */
  readonly #leaders: number[] = [];
  #lines: AsyncIterator<string> | undefined;
  readonly #log: Socket;

  /** @param environment more of the script's environment; nothing by default */
  constructor(debugMode: number, path = "/intersystems/fhir/r5", environment: NodeJS.ProcessEnv = {}) {
    const bin = this.#path("bin");
    mkdirSync(bin);
    mkdirSync(this.#path("state"));
    for (const [name, body] of Object.entries(STAND_INS))
      writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
    execFileSync("mkfifo", [this.#path("resume"), this.#path("log")]);
    this.#write("endpoint.json", JSON.stringify({ path, settings: { DebugMode: debugMode } }));
    this.#write("sessions", "");
    this.ail("");
    // For reading and writing: opened for reading alone, it would wait for a writer.
    this.#log = new Socket({ fd: openSync(this.#path("log"), "r+"), readable: true, writable: false });
    this.#environment = {
      PATH: `${bin}:${process.env.PATH ?? ""}`,
      STAND_INS: this.directory,
      ACCESS_MODE_FILE: this.#path("access"),
      SETTINGS_STATE: this.#path("state"),
      SETTINGS_LOG: this.#path("log"),
      FHIR_BASE_PATH: "/intersystems/fhir/r5",
      IRIS_NAMESPACE: "USER",
      ...environment,
    };
  }

  #path(name: string): string {
    return join(this.directory, name);
  }

  #write(name: string, content: string): void {
    writeFileSync(this.#path(name), content);
  }

  /** Sets the clock, `2026-09-30T12:00:00Z`. */
  at(time: string): this {
    this.#write("clock", `${time}\n`);
    return this;
  }

  /** Mounts an access mode, or removes it. */
  setMode(mode: string | undefined): this {
    if (mode === undefined) rmSync(this.#path("access"), { force: true });
    else this.#write("access", mode);
    return this;
  }

  /** Makes IRIS fail, or recover. */
  ail(ailment: Ailment): this {
    this.#write("ailment", ailment);
    return this;
  }

  /** The file that holds the endpoint, `{ path, settings: { DebugMode } }`. */
  get file(): string {
    return this.#path("endpoint.json");
  }

  /** The DebugMode that the endpoint has. */
  get debugMode(): number {
    const { settings } = JSON.parse(readFileSync(this.file, "utf8")) as {
      settings: { DebugMode: number };
    };
    return settings.DebugMode;
  }

  /** The OAuth client that the endpoint has; undefined where it has none. */
  get oauthClient(): string | undefined {
    const { settings } = JSON.parse(readFileSync(this.file, "utf8")) as {
      settings: { OAuthClientName?: string };
    };
    return settings.OAuthClientName;
  }

  /** The arguments of every session with IRIS so far. */
  get sessions(): readonly string[] {
    return readFileSync(this.#path("sessions"), "utf8").split("\n").filter(Boolean);
  }

  /** The state file, which exists and is fresh while the mode in force is known. */
  get inForce(): string {
    return this.#path("state/in-force");
  }

  get known(): boolean {
    return existsSync(this.inForce);
  }

  /** Watches until the first pause. */
  async watch(): Promise<readonly string[]> {
    const { stdout } = this.#spawn("watch");
    return this.#heed(createInterface({ input: stdout }));
  }

  /** Runs `start`, which leaves the script in the background; then as `watch`. */
  async start(): Promise<readonly string[]> {
    if ((await this.exit("start")) !== 0) throw new Error("start failed");
    return this.#heed(createInterface({ input: this.#log }));
  }

  /** Runs the script to its end. */
  async exit(verb: string): Promise<number> {
    const [status] = (await once(this.#spawn(verb), "exit")) as [number];
    return status;
  }

  #spawn(verb: string) {
    const script = spawn("bash", [SCRIPT, verb], {
      env: this.#environment,
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
    });
    if (script.pid !== undefined) this.#leaders.push(script.pid);
    return script;
  }

  /** Lets the script continue until its next pause. */
  async resume(): Promise<readonly string[]> {
    await writeFile(this.#path("resume"), "\n");
    return this.#heed();
  }

  /** What the script logs until it pauses. */
  async #heed(lines?: Interface): Promise<readonly string[]> {
    this.#lines = lines?.[Symbol.asyncIterator]() ?? this.#lines;
    const logged: string[] = [];
    for (;;) {
      const next = await this.#lines?.next();
      if (next === undefined || next.done) throw new Error(`it ended after: ${logged.join("\n")}`);
      const [, leader] = /^PAUSE 5 (\d+)$/.exec(next.value) ?? [];
      if (leader === undefined) logged.push(next.value);
      else {
        this.#leaders.push(Number(leader));
        return logged;
      }
    }
  }

  /** Ends every process that it started, and removes its directory. */
  dispose(): void {
    this.#log.destroy();
    for (const leader of new Set(this.#leaders)) {
      try {
        process.kill(-leader, "SIGKILL");
      } catch {
        // Ended already.
      }
    }
    rmSync(this.directory, { recursive: true, force: true });
  }
}
