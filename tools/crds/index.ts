import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { CILIUM_VERSION } from "../../components/cilium/version.ts";
import { messageOf } from "../../preview/problem.ts";
import { findCrds } from "./crds.ts";
import { generatePackage } from "./generate.ts";
import { findGenerator } from "./generator.ts";

/**
 * `npm run crds [-- --crds FILE]`: makes `components/cilium/crds`, the package @pulumi/kubernetes-cilium, anew from
 * the CRDs of the pinned Cilium. Exit code 2 when something that it needs is missing; the package is then as before.
 */

const repository = join(import.meta.dirname, "..", "..");
const out = join(repository, "components", "cilium", "crds");

try {
  const { values } = parseArgs({ options: { crds: { type: "string" } } });
  const generator = await findGenerator(process.env, repository);
  const crds = await findCrds(CILIUM_VERSION, { named: values.crds, repository, env: process.env });
  process.stdout.write(`CRDs of Cilium ${CILIUM_VERSION}: ${crds.origin}\n`);
  const { changed } = await generatePackage({ cilium: CILIUM_VERSION, crds, generator, repository, out });
  process.stdout.write(`Files of ${relative(process.cwd(), out)} that changed: ${changed.length}\n`);
  for (const path of changed) process.stdout.write(`  ${path}\n`);
  if (changed.includes("package.json")) {
    process.stdout.write(
      "Its package.json changed: run npm install, which brings package-lock.json up to it.\n",
    );
  }
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 2;
}
