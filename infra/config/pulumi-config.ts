import * as pulumi from "@pulumi/pulumi";
import { readStackDirFile } from "./stack-files.ts";
import { CONFIG_NAMESPACE, type StackSource } from "./parse-stack.ts";

/** The stack that Pulumi runs the program for, as its configuration has it. */
export function stackSource(): StackSource {
  const prefix = `${CONFIG_NAMESPACE}:`;
  const entries = Object.entries(pulumi.runtime.allConfig())
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, text]) => [key.slice(prefix.length), text]);
  return {
    file: `stacks/Pulumi.${pulumi.getStack()}.yaml`,
    data: Object.fromEntries(entries) as Record<string, unknown>,
    readStackDirFile,
    now: new Date(),
  };
}
