import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { STACK_NAMES } from "../../stack-names.ts";
import { REPOSITORY } from "../../toolchain.ts";

/** A program that both modes preview, and its guardrails. */
export interface Subject {
  readonly title: string;
  /** Directory of the Pulumi.yaml. */
  readonly root: string;
  /** The project's name, as in Pulumi.yaml. */
  readonly project: string;
  readonly stack: string;
  readonly stackFile: string;
  readonly policyPack: string;
  /** Variables that the program reads. */
  readonly env: Readonly<Record<string, string>>;
}

const OWN_PACK = join(REPOSITORY, "policy-pack");
const FIXTURES = join(REPOSITORY, "test/preview/fixtures");
const PROGRAMS = join(REPOSITORY, "test/policy-pack/programs");

/**
 * Every stack of the repository, and every program under test/ and bench/.
 *
 * Tests are named after them, and so it cannot wait for anything.
 *
 * @param dir an empty directory, for programs that have no Pulumi.yaml of their own
 */
export function subjects(dir: string): Subject[] {
  const fixtures = directoriesWith(FIXTURES, "Pulumi.yaml");
  const stacks = [
    stacksOf(REPOSITORY, OWN_PACK, STACK_NAMES),
    ...fixtures.map((fixture) => stacksOf(fixture, join(FIXTURES, "pack"), stacksIn(fixture))),
  ];
  return [...stacks.flat(), floor(projectOf(join(REPOSITORY, "bench/floor"))), ...programs(dir)];
}

function floor({ root, project }: Pick<Subject, "root" | "project">): Subject {
  const stack = { stack: "floor", stackFile: "config: {}\n" };
  return { root, project, title: "bench/floor", ...stack, policyPack: OWN_PACK, env: {} };
}

function stacksIn(root: string): string[] {
  const files = readdirSync(projectOf(root).stacksDir);
  return files.flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []).sort();
}

/** These stacks of a project, each by its file. */
function stacksOf(root: string, policyPack: string, names: readonly string[]): Subject[] {
  const { stacksDir, ...project } = projectOf(root);
  return names.map((stack) => ({
    ...project,
    title: `${project.project} ${stack}`,
    stack,
    stackFile: readFileSync(join(stacksDir, `Pulumi.${stack}.yaml`), "utf8"),
    policyPack,
    env: {},
  }));
}

function projectOf(root: string) {
  const text = readFileSync(join(root, "Pulumi.yaml"), "utf8");
  const { name, stackConfigDir } = parse(text) as { name: string; stackConfigDir?: string };
  return { root, project: name, stacksDir: join(root, stackConfigDir ?? ".") };
}

/** What the programs share, and the one that registers what a file lists. */
const NOT_BY_THEMSELVES: ReadonlySet<string> = new Set(["root.ts", "registered.ts"]);

/** The programs that show what guardrails see: as they are, and with each flaw that they can have. */
function programs(dir: string): Subject[] {
  const files = readdirSync(PROGRAMS).filter((file) => file.endsWith(".ts") && !NOT_BY_THEMSELVES.has(file));
  return files.flatMap((file) => {
    const [root, main] = [join(dir, file), join(PROGRAMS, file)];
    mkdirSync(root);
    writeFileSync(join(root, "Pulumi.yaml"), JSON.stringify({ name: "policy", main, runtime: NODE }));
    const flaws = [...readFileSync(main, "utf8").matchAll(/\bflawed\("([^"]+)"\)/g)].map(
      ([, flaw = ""]) => flaw,
    );
    return ["no flaw", ...flaws].map((flaw) => ({
      title: `${file} with ${flaw}`,
      root,
      project: "policy",
      stack: "test",
      stackFile: "config: {}\n",
      policyPack: OWN_PACK,
      env: { FLAW: flaw },
    }));
  });
}

const NODE = { name: "nodejs", options: { typescript: false } };

function directoriesWith(parent: string, file: string): string[] {
  const found = readdirSync(parent, { recursive: true, encoding: "utf8" });
  return found.filter((path) => path.endsWith(`/${file}`)).map((path) => join(parent, path, ".."));
}
