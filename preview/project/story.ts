import { readFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { closest } from "fastest-levenshtein";
import { parse } from "yaml";
import { z } from "zod";
import { type Override, parsePath } from "./config-path.ts";
import { thrownMessage, UserError } from "../user-error.ts";
import type { PulumiProject } from "./project.ts";

/** A story: a sequence of steps that change a stack file. */
export interface Story {
  readonly stack: string;
  readonly steps: readonly Step[];
}

/** One step. */
export interface Step {
  readonly name: string;
  /** What is true after the step, in one sentence. */
  readonly title: string;
  /** The values that the step sets, by path. */
  readonly set: Readonly<Record<string, unknown>>;
}

const story = z.strictObject({
  stack: z.string(),
  steps: z
    .array(z.strictObject({ name: z.string(), title: z.string(), set: z.record(z.string(), z.unknown()) }))
    .min(1),
});

/**
 * Reads the story of a project, `story.yaml` in the directory of its stack files.
 *
 * @throws UserError if the file does not exist or is invalid.
 */
export async function readStory({ root, stacksDir }: PulumiProject): Promise<Story> {
  const file = join(stacksDir, "story.yaml");
  try {
    return story.parse(parse(await readFile(file, "utf8")));
  } catch (cause) {
    throw new UserError(`${relative(root, file)} cannot be read: ${thrownMessage(cause)}`, { cause });
  }
}

/**
 * Finds a step of a story, with the overrides of all steps up to it.
 *
 * @param now the time that `8 hours from now` is relative to
 * @throws UserError if the story has no such step, or is another stack's.
 */
export function resolveStep(
  { stack, steps }: Story,
  wanted: { readonly stack: string; readonly step: string },
  now: Date,
): { readonly step: Step; readonly overrides: readonly Override[] } {
  if (basename(wanted.stack) !== stack) {
    throw new UserError(`--step ${wanted.step}: story.yaml is for --stack ${stack}.`);
  }
  const index = steps.findIndex(({ name }) => name === wanted.step);
  const step = steps[index];
  if (step === undefined) {
    const names = steps.map(({ name }) => name);
    throw new UserError(
      `step not found: ${wanted.step}. Did you mean ${closest(wanted.step, names)}? ` +
        `The steps are: ${names.join(", ")}.`,
    );
  }
  return { step, overrides: steps.slice(0, index + 1).flatMap((one) => stepOverrides(one, now)) };
}

function stepOverrides({ set }: Step, now: Date): Override[] {
  return Object.entries(set).map(([path, value]) => ({
    path: parsePath(path),
    value: resolveTimes(value, now),
  }));
}

const FROM_NOW = /^(\d{1,3}) hours from now$/;

/** Replaces `8 hours from now` by a time, so that a story does not expire. */
function resolveTimes(value: unknown, now: Date): unknown {
  if (typeof value === "string") {
    const [, hours] = FROM_NOW.exec(value) ?? [];
    return hours === undefined ? value : formatTime(new Date(now.getTime() + Number(hours) * 3_600_000));
  }
  if (Array.isArray(value)) return value.map((item) => resolveTimes(item, now));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolveTimes(part, now)]));
}

function formatTime(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, "Z");
}
