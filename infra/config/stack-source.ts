import * as pulumi from "@pulumi/pulumi";
import { readBeside } from "./beside.ts";
import { NAMESPACE, type StackSource } from "./config.ts";

/** The stack that Pulumi runs the program for, as its configuration has it. */
export function stackSource(): StackSource {
  const prefix = `${NAMESPACE}:`;
  const entries = Object.entries(pulumi.runtime.allConfig())
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, text]) => [key.slice(prefix.length), text]);
  return {
    file: `stacks/Pulumi.${pulumi.getStack()}.yaml`,
    data: Object.fromEntries(entries) as Record<string, unknown>,
    readBeside,
    now: new Date(),
  };
}
