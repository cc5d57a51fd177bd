import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../toolchain.ts";
import { regoTestKeys } from "./tokens.ts";

/** The directory of the policies, with their tests. */
export const POLICY = join(REPOSITORY, "components", "dicom", "policy");

/** The rule that decides. */
export const SOURCES = "data.metacell.dicomweb.sources.authz";

/** A directory for what OPA is to read. */
export interface OpaDirectory {
  readonly directory: string;
  /** The keys of the Rego tests, as `data.test_keys`. */
  readonly keys: string;
  /** Writes a file, JSON unless it is a text; returns its path. */
  put(name: string, content: unknown): Promise<string>;
  remove(): Promise<void>;
}

/** A new such directory. */
export async function opaDirectory(): Promise<OpaDirectory> {
  const directory = await mkdtemp(join(tmpdir(), "opa-"));
  const put = async (name: string, content: unknown) => {
    const file = join(directory, name);
    await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
    return file;
  };
  return {
    directory,
    keys: await put("keys.json", regoTestKeys()),
    put,
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
