import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type JsonObject, textAt } from "../json.ts";

/** A call that the engine made to the real plugin, and what that answered; fields with default values are left out. */
export interface Recording {
  readonly method: string;
  readonly request: JsonObject;
  readonly response: JsonObject;
}

/** The calls of one session with the engine, in their order. */
export interface Session {
  readonly name: string;
  readonly calls: readonly Recording[];
}

/**
 * The recorded sessions: all of them where `GCP_RECORDINGS_DIR` names the directory of what was recorded, otherwise the
 * part of them that is kept in `fixtures/`. Calls to other plugins are left out.
 */
export function recordedSessions(directory: string | undefined): readonly Session[] {
  const dir = directory ?? join(import.meta.dirname, "fixtures");
  const files = readdirSync(dir).filter((file) => file.endsWith(".ndjson"));
  return files.sort().map((file) => {
    const lines = readFileSync(join(dir, file), "utf8").split("\n");
    const calls = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Recording);
    return { name: file.replace(/\.ndjson$/, ""), calls: calls.filter(isGoogles) };
  });
}

function isGoogles({ request }: Recording): boolean {
  return (textAt(request, "type") ?? "").includes("gcp");
}

/** Whether a call is answered without Google: everything but Create, Read, Update and Delete of a real update. */
export function isOffline({ method, request }: Recording): boolean {
  return !["Create", "Read", "Update", "Delete"].includes(method) || request.preview === true;
}
