import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { NAMESPACE, type StackSource } from "./config.ts";

const STACKS = new URL("../stacks/", import.meta.url);

/** The stack that Pulumi runs the program for, as its configuration has it. */
export function stackSource(): StackSource {
  const prefix = `${NAMESPACE}:`;
  const entries = Object.entries(pulumi.runtime.allConfig())
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, text]) => [key.slice(prefix.length), fromText(text)]);
  return {
    file: `stacks/Pulumi.${pulumi.getStack()}.yaml`,
    data: Object.fromEntries(entries) as Record<string, unknown>,
    readBeside,
  };
}

/** Pulumi hands structured values over as JSON, and plain strings as they are. */
function fromText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Reads a YAML or JSON file beside the stack files; undefined when there is none. */
export function readBeside(name: string): unknown {
  try {
    return parse(readFileSync(new URL(name, STACKS), "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
