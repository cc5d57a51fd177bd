import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { REPOSITORY } from "./toolchain.ts";

/** Texts that a test compares with a committed file. `UPDATE_SNAPSHOTS=1` writes the files instead. */

/** What differs from run to run, by what stands for it in the snapshot: paths above all. */
export type Replacements = Readonly<Record<string, string>>;

/** A time in UTC, as `Date.toISOString` writes it, with or without fractions of a second. */
const TIME = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/**
 * A text without what differs from run to run: times become `TIME`, what `replacements` names becomes what it names, the
 * checkout becomes `REPOSITORY`, and colours are gone.
 *
 * @param replacements text to look for, and what to put in its place; longer texts first
 */
export function normalized(text: string, replacements: Replacements = {}): string {
  const all = Object.entries({ [REPOSITORY]: "REPOSITORY", ...replacements });
  return all
    .sort(([a], [b]) => b.length - a.length)
    .reduce((rest, [found, put]) => rest.replaceAll(found, put), stripVTControlCharacters(text))
    .replace(TIME, "TIME");
}

/**
 * Compares a text with a snapshot. With the environment variable `UPDATE_SNAPSHOTS=1`, writes the snapshot instead.
 *
 * @param file the snapshot's absolute path: `snapshots/NAME.txt` or `.json` next to the test
 * @param actual the text, normalized
 * @throws AssertionError where the two differ, and where there is no snapshot.
 */
export function matchSnapshot(file: string, actual: string): void {
  const text = actual.endsWith("\n") ? actual : `${actual}\n`;
  if (process.env.UPDATE_SNAPSHOTS === "1") {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return;
  }
  const name = relative(REPOSITORY, file);
  const hint = "where the change is meant, UPDATE_SNAPSHOTS=1 writes it anew";
  const expected = read(file) ?? assert.fail(`${name} does not exist: ${hint}`);
  if (expected !== text) {
    // The difference is the reporter's to show.
    throw new assert.AssertionError({
      message: `${name} differs: ${hint}`,
      actual: text,
      expected,
      operator: "strictEqual",
    });
  }
}

/** Compares data with a snapshot in JSON, as `matchSnapshot` does. */
export function matchJsonSnapshot(file: string, data: unknown, replacements: Replacements = {}): void {
  matchSnapshot(file, normalized(JSON.stringify(data, undefined, 2), replacements));
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
