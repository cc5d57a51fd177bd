import { readFileSync } from "node:fs";
import { parse } from "yaml";

const STACKS = new URL("../../stacks/", import.meta.url);

/** Reads a YAML or JSON file in the directory of the stack files; undefined when it does not exist. */
export function readStackDirFile(name: string): unknown {
  try {
    return parse(readFileSync(new URL(name, STACKS), "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
