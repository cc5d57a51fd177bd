import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { REPOSITORY } from "../../toolchain.ts";

/** A program that both modes preview, and what judges it. */
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
const PROGRAMS = join(REPOSITORY, "test/policy/programs");

/**
 * Every stack of the project, and every program under test/ and bench/.
 *
 * @param dir an empty directory, for programs that have no Pulumi.yaml of their own
 */
export async function subjects(dir: string): Promise<Subject[]> {
  const fixtures = await directoriesWith(FIXTURES, "Pulumi.yaml");
  const stacks = [
    stacksOf(REPOSITORY, OWN_PACK),
    ...fixtures.map((fixture) => stacksOf(fixture, join(FIXTURES, "pack"))),
  ];
  return [
    ...(await Promise.all(stacks)).flat(),
    floor(await projectOf(join(REPOSITORY, "bench/floor"))),
    ...(await programs(dir)),
  ];
}

function floor({ root, project }: Pick<Subject, "root" | "project">): Subject {
  const stack = { stack: "floor", stackFile: "config: {}\n" };
  return { root, project, title: "bench/floor", ...stack, policyPack: OWN_PACK, env: {} };
}

/** The stacks of a project, each by its file. */
async function stacksOf(root: string, policyPack: string): Promise<Subject[]> {
  const { stacksDir, ...project } = await projectOf(root);
  const names = (await readdir(stacksDir)).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
  return Promise.all(
    names.sort().map(async (stack) => ({
      ...project,
      title: `${project.project} ${stack}`,
      stack,
      stackFile: await readFile(join(stacksDir, `Pulumi.${stack}.yaml`), "utf8"),
      policyPack,
      env: {},
    })),
  );
}

async function projectOf(root: string) {
  const text = await readFile(join(root, "Pulumi.yaml"), "utf8");
  const { name, stackConfigDir } = parse(text) as { name: string; stackConfigDir?: string };
  return { root, project: name, stacksDir: join(root, stackConfigDir ?? ".") };
}

/** The programs that show what guardrails see: as they are, and with each flaw that they can have. */
async function programs(dir: string): Promise<Subject[]> {
  const files = await readdir(PROGRAMS);
  const made = files.map(async (file) => {
    const [root, main] = [join(dir, file), join(PROGRAMS, file)];
    await mkdir(root);
    await writeFile(join(root, "Pulumi.yaml"), JSON.stringify({ name: "policy", main, runtime: NODE }));
    const flaws = [...(await readFile(main, "utf8")).matchAll(/\bflawed\("([^"]+)"\)/g)].map(
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
  return (await Promise.all(made)).flat();
}

const NODE = { name: "nodejs", options: { typescript: false } };

async function directoriesWith(parent: string, file: string): Promise<string[]> {
  const found = await readdir(parent, { recursive: true });
  return found.filter((path) => path.endsWith(`/${file}`)).map((path) => join(parent, path, ".."));
}
