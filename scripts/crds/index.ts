import { writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { CILIUM_VERSION, CILIUM_VERSIONS } from "../../components/cilium/version.ts";
import { thrownMessage } from "../../preview/user-error.ts";
import { findCrds } from "./crds.ts";
import { generatePackage } from "./generate.ts";
import { findGenerator } from "./generator.ts";
import { policyCrdLines, policyCrdsFile } from "./policy-crds.ts";

/**
 * `npm run crds [-- --crds FILE]`: makes anew, from Cilium's CRDs, what is committed of them:
 *
 *   components/cilium/crds      the package @pulumi/kubernetes-cilium, of the pinned version
 *   packages/cilium-access/crds the CRDs that the program applies, of every version; with FILE, which holds the CRDs of
 *                               the pinned version, of this one alone
 *
 * Exit code 2 when something that it needs is missing; all is then as before.
 */

const repository = join(import.meta.dirname, "..", "..");
const out = join(repository, "components", "cilium", "crds");

try {
  const { values } = parseArgs({ options: { crds: { type: "string" } } });
  const generator = await findGenerator(process.env, repository);
  const pinned = await findCrds(CILIUM_VERSION, { named: values.crds, env: process.env });
  const applied = await appliedCrds(values.crds);
  const { changed } = await generatePackage({
    cilium: CILIUM_VERSION,
    crds: pinned,
    generator,
    repository,
    out,
  });
  for (const [file, lines] of applied) await writeFile(file, lines);
  process.stdout.write(`Files of ${relative(process.cwd(), out)} that changed: ${changed.length}\n`);
  for (const path of changed) process.stdout.write(`  ${path}\n`);
  if (changed.includes("package.json")) {
    process.stdout.write(
      "Its package.json changed: run npm install, which brings package-lock.json up to it.\n",
    );
  }
} catch (error) {
  process.stderr.write(`${thrownMessage(error)}\n`);
  process.exitCode = 2;
}

/** The CRDs that the program applies, by the path of their file. */
async function appliedCrds(named: string | undefined): Promise<Map<string, string>> {
  const versions = named === undefined ? CILIUM_VERSIONS : [CILIUM_VERSION];
  const files = new Map<string, string>();
  for (const version of versions) {
    const crds = await findCrds(version, { named, env: process.env });
    process.stdout.write(`CRDs of Cilium ${version}: ${crds.origin}\n`);
    files.set(
      join(repository, "packages", "cilium-access", "crds", policyCrdsFile(version)),
      await policyCrdLines(crds),
    );
  }
  return files;
}
