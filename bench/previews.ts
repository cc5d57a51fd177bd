import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { runEngine } from "../preview/engine/run-engine.ts";
import { createEphemeralBackend } from "../preview/engine/ephemeral-backend.ts";
import {
  findToolchain,
  installInstructions,
  toolchainSearch,
  type Toolchain,
} from "../preview/toolchain/find-toolchain.ts";
import { pinnedVersion } from "../preview/toolchain/pinned-versions.ts";
import { UserError } from "../preview/user-error.ts";
import { compareInTurn, printResults, ratioOf, type Sample } from "./compare.ts";
import { watchMemory } from "./process-tree.ts";

/** What a preview costs by the engine, the contestants in turn. */

const REPOSITORY = join(import.meta.dirname, "..");

/** The contestants that are held against each other besides the floor. */
const EMPTY = "an empty program, an empty pack";
const KIND = "kind with its pack, by npm run preview";

interface Contestant {
  readonly name: string;
  readonly root: string;
  readonly project: string;
  readonly stack: string;
  readonly stackFile: string;
  readonly policyPack: string;
  /** Where Node keeps what it compiled, as `npm run preview` has it; plain Pulumi keeps nothing. */
  readonly compileCache?: string;
}

async function contestants(compileCache: string): Promise<Contestant[]> {
  const own = { root: REPOSITORY, project: "attested-fhir", policyPack: join(REPOSITORY, "policy-pack") };
  const stacks = ["tutorial", "prod-signing", "prod", "kind"].map(async (stack) => {
    const stackFile = await readFile(join(REPOSITORY, `stacks/Pulumi.${stack}.yaml`), "utf8");
    const common = { ...own, stack, stackFile };
    return [
      { ...common, name: `${stack} with its pack, by plain pulumi` },
      { ...common, name: `${stack} with its pack, by npm run preview`, compileCache },
    ];
  });
  const floor = {
    name: "floor: a resource of each plugin, an empty pack",
    root: join(import.meta.dirname, "floor"),
    project: "floor",
    stack: "floor",
    stackFile: "config: {}\n",
    policyPack: join(import.meta.dirname, "empty-pack"),
  };
  const empty = { ...floor, name: EMPTY, root: join(import.meta.dirname, "empty"), project: "empty" };
  return [floor, empty, ...(await Promise.all(stacks)).flat()];
}

async function measure(contestant: Contestant, toolchain: Toolchain): Promise<Sample> {
  const dir = await mkdtemp(join(tmpdir(), "attested-fhir-bench-"));
  const throwaway = await createEphemeralBackend(
    dir,
    contestant.project,
    contestant.stack,
    toolchain,
    process.env,
  );
  const configFile = join(dir, `Pulumi.${contestant.stack}.yaml`);
  await writeFile(configFile, contestant.stackFile);
  const path = [toolchain.binDir, dirname(process.execPath), process.env.PATH].join(delimiter);
  const stopWatching = watchMemory();
  const start = performance.now();
  try {
    const { violations } = await runEngine({
      cli: join(toolchain.binDir, "pulumi"),
      root: contestant.root,
      stack: contestant.stack,
      configFile,
      policyPacks: [contestant.policyPack],
      refresh: false,
      env: {
        ...throwaway.env,
        PATH: path,
        ...(contestant.compileCache !== undefined && { NODE_COMPILE_CACHE: contestant.compileCache }),
      },
      signal: new AbortController().signal,
    });
    if (violations.length > 0) throw new Error(`${contestant.name}: ${violations[0]?.message ?? ""}`);
    return { seconds: (performance.now() - start) / 1000, peakMib: stopWatching() };
  } finally {
    await throwaway.close();
    await rm(dir, { recursive: true, force: true });
  }
}

/**
 * Measures them all, and prints ratios.
 *
 * @param compileCache where Node keeps what it compiled
 * @throws UserError where there is no Pulumi
 */
export async function benchPreviews(rounds: number, compileCache: string): Promise<void> {
  const toolchain = await findToolchain(toolchainSearch(process.env, REPOSITORY));
  if (toolchain === undefined)
    throw new UserError(installInstructions(await pinnedVersion(REPOSITORY, "@pulumi/pulumi")));
  const results = await compareInTurn(
    await contestants(compileCache),
    rounds,
    "by the engine",
    (contestant) => measure(contestant, toolchain),
  );
  printResults(results, "preview");
  const ratio = ratioOf(results.get(KIND) ?? [], results.get(EMPTY) ?? []);
  console.log(`\nkind against the empty program: ${ratio.toFixed(2)}`);
}
