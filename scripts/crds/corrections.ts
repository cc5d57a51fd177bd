import ts from "typescript";
import { UserError } from "../../preview/user-error.ts";
import type { Files } from "./files.ts";
import { correctManifest, type Pins } from "./manifest.ts";
import { readme } from "./readme.ts";

/**
 * What crd2pulumi's Node output needs before it can be used here. Each correction knows the text that it corrects and
 * throws a UserError when that is not there (once): the generator has changed then, and somebody has to look.
 */
export type Correction = (files: Files, pins: Pins) => Files;

/** All of them, in the order in which they are made. */
export const CORRECTIONS: readonly Correction[] = [
  onlyTheTwoPolicies,
  providerOfTheRoot,
  manifestOfAWorkspace,
  compiledAndCommitted,
  nothingUnused,
  noPatches,
  ownReadme,
];

const KINDS = ["CiliumClusterwideNetworkPolicy", "CiliumNetworkPolicy"];
const PATCHES = KINDS.map((kind) => `${kind}Patch`);

/** What crd2pulumi writes for them. */
const WRITTEN = [
  ".gitattributes",
  ".gitignore",
  "README.md",
  "cilium/index.ts",
  "cilium/v2/index.ts",
  ...KINDS.flatMap((kind) => [kind, `${kind}List`, `${kind}Patch`]).map(sourceOf),
  "index.ts",
  "meta/v1.ts",
  "package.json",
  "provider.ts",
  "scripts/postinstall.js",
  "tsconfig.json",
  "types/index.ts",
  "types/input.ts",
  "types/output.ts",
  "utilities.ts",
];

/** The CRDs are those of the two policies in v2, no more and no less: other files would be published unseen. */
export function onlyTheTwoPolicies(files: Files): Files {
  const strange = [...new Set(WRITTEN).symmetricDifference(new Set(files.keys()))].sort();
  if (strange.length === 0) return files;
  throw new UserError(
    `crd2pulumi is expected to write exactly the package of ${KINDS.join(" and ")}, v2; it differs in ${strange.join(", ")}.`,
  );
}

/** crd2pulumi asks for the Kubernetes provider of its own release, and a second provider would start. */
export function providerOfTheRoot(files: Files, { kubernetes }: Pins): Files {
  return edit(files, "utilities.ts", (text) =>
    replaceOnce(text, /(export const getVersion: \(\) => string = \(\) => )"[^"]+"/, `$1"${kubernetes}"`),
  );
}

/** The generated one installs another provider, TypeScript 4 and a plugin that does not exist, and builds when installed. */
export function manifestOfAWorkspace(files: Files, pins: Pins): Files {
  return edit(files, "package.json", (text) => correctManifest(text, pins));
}

/** `bin/` is built when the package is installed, and kept from Git. Here it is committed, without source maps. */
export function compiledAndCommitted(files: Files): Files {
  const compiled = edit(files, "tsconfig.json", (text) =>
    replaceOnce(text, /^ +"declarationMap": true,\n +"sourceMap": true,\n/m, ""),
  );
  return without(compiled, [".gitignore", "scripts/postinstall.js"]);
}

/** Not compiled and not imported by anything. */
export function nothingUnused(files: Files): Files {
  return without(files, ["meta/v1.ts"]);
}

/** Resources that patch what somebody else made, and their types: half of the package, and not for policies. */
export function noPatches(files: Files): Files {
  const edits: [string, (text: string) => string][] = [
    ["tsconfig.json", (text) => eachPatch(text, (patch) => `^ +"${sourceOf(patch)}",\n`)],
    ["cilium/v2/index.ts", (text) => eachPatch(eachPatch(text, exportOf), caseOf)],
    ["types/input.ts", withoutPatchTypes],
    ["types/output.ts", withoutPatchTypes],
  ];
  return without(
    edits.reduce((edited, [path, change]) => edit(edited, path, change), files),
    PATCHES.map(sourceOf),
  );
}

/** The generated one is that of the Kubernetes provider. */
export function ownReadme(files: Files, { cilium }: Pins): Files {
  return edit(files, "README.md", () => readme(cilium));
}

function sourceOf(resource: string): string {
  return `cilium/v2/c${resource.slice(1)}.ts`;
}

function exportOf(patch: string): string {
  return `^export \\{ ${patch}Args \\} from .*\n(?:.*\\b${patch}\\b.*\n){3}\n`;
}

function caseOf(patch: string): string {
  return `^ +case "kubernetes:cilium\\.io/v2:${patch}":\n +return new ${patch}\\(.*\n`;
}

function eachPatch(text: string, pattern: (patch: string) => string): string {
  return PATCHES.reduce((rest, patch) => replaceOnce(rest, new RegExp(pattern(patch), "m"), ""), text);
}

/** A file of types without those of patches. Compiling fails where something that stays needs one of them. */
export function withoutPatchTypes(text: string): string {
  const interfaces: ts.InterfaceDeclaration[] = [];
  const collect = (node: ts.Node): void => {
    if (ts.isInterfaceDeclaration(node)) interfaces.push(node);
    else ts.forEachChild(node, collect);
  };
  collect(ts.createSourceFile("types.ts", text, ts.ScriptTarget.Latest));
  const patches = interfaces.filter(({ name }) => name.text.endsWith("Patch"));
  if (patches.length === 0) throw new UserError("crd2pulumi's types hold no patches to leave out.");
  // From the last to the first, so that positions stay right.
  return patches.reduceRight((rest, { pos, end }) => rest.slice(0, pos) + rest.slice(end), text);
}

function edit(files: Files, path: string, change: (text: string) => string): Files {
  const text = files.get(path);
  if (text === undefined) throw new UserError(`crd2pulumi wrote no ${path} to correct.`);
  try {
    return new Map(files).set(path, change(text));
  } catch (cause) {
    if (cause instanceof UserError) throw new UserError(`${path}: ${cause.message}`, { cause });
    throw cause;
  }
}

function without(files: Files, paths: readonly string[]): Files {
  const kept = new Map(files);
  for (const path of paths) {
    if (!kept.delete(path)) throw new UserError(`crd2pulumi wrote no ${path} to leave out.`);
  }
  return kept;
}

function replaceOnce(text: string, pattern: RegExp, replacement: string): string {
  const found = [...text.matchAll(new RegExp(pattern, `${pattern.flags}g`))].length;
  if (found === 1) return text.replace(pattern, replacement);
  throw new UserError(
    `${pattern.source} was expected once in crd2pulumi's output, and is there ${found} times.`,
  );
}
