import { readFileSync } from "node:fs";
import { parse } from "yaml";

const STACKS = new URL("../../stacks/", import.meta.url);

/** Reads a YAML or JSON file beside the stack files; undefined when there is none. */
export function readStackDirFile(name: string): unknown {
  try {
    return parse(readFileSync(new URL(name, STACKS), "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
