import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readStackDirFile } from "../infra/config/stack-files.ts";
import { CONFIG_NAMESPACE, parseStack } from "../infra/config/parse-stack.ts";
import type { StackConfig } from "../infra/config/stack-config.ts";
import { readProject } from "../preview/project/project.ts";
import { StackFile } from "../preview/project/stack-file.ts";
import { readStory, resolveStep, type Story } from "../preview/project/story.ts";
import { REPOSITORY } from "./toolchain.ts";

/** The story of this repository, and its stack as the program sees it. */

const FILE = "stacks/Pulumi.kind.yaml";

/** The story next to the repository's stack files. */
export async function theStory(): Promise<Story> {
  return readStory(await readProject(REPOSITORY));
}

/**
 * The stack `kind`, checked.
 *
 * @param step as it is at this step; as its file says where there is none
 */
export async function kindAt(step: string | undefined, now: Date): Promise<StackConfig> {
  const file = new StackFile(await readFile(join(REPOSITORY, FILE), "utf8"), FILE, CONFIG_NAMESPACE);
  const overrides =
    step === undefined ? [] : resolveStep(await theStory(), { stack: "kind", step }, now).overrides;
  for (const override of overrides) file.set(override, "story.yaml:");
  return checked(file, now);
}

/** The stack of a file's text, checked. */
export function kindOf(text: string, now: Date): StackConfig {
  return checked(new StackFile(text, FILE, CONFIG_NAMESPACE), now);
}

function checked(file: StackFile, now: Date): StackConfig {
  return parseStack({ file: FILE, data: file.values(), readStackDirFile, now });
}
