import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { UserError } from "../preview/user-error.ts";
import { benchAccess } from "./access.ts";
import { benchModes } from "./modes.ts";
import { benchPreviews } from "./previews.ts";

/**
 * `npm run bench -- [--rounds N] [PART…]`: what a preview costs, by the engine (`previews`) and in both modes (`modes`), and
 * what the access matrix costs (`access`); all of it unless parts are named. Ratios are measured in one run, for single
 * times say more about the machine than about the program.
 */

const PARTS = { previews: benchPreviews, modes: benchModes, access: benchAccess } as const;
type Part = keyof typeof PARTS;

const { values, positionals } = parseArgs({
  options: { rounds: { type: "string", default: "5" } },
  allowPositionals: true,
});
const wanted = (Object.keys(PARTS) as Part[]).filter(
  (part) => positionals.length === 0 || positionals.includes(part),
);
const rounds = Number(values.rounds);
if (!Number.isSafeInteger(rounds) || rounds < 1 || wanted.length < new Set(positionals).size) {
  console.error(`usage: npm run bench -- [--rounds N] [${Object.keys(PARTS).join(" | ")}]…`);
  process.exit(2);
}
const compileCache = await mkdtemp(join(tmpdir(), "attested-fhir-compiled-"));
try {
  for (const part of wanted) await PARTS[part](rounds, compileCache);
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
} finally {
  await rm(compileCache, { recursive: true, force: true });
}
