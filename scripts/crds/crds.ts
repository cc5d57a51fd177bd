import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { thrownMessage, UserError } from "../../preview/user-error.ts";
import { type Environment, nonEmpty } from "../../preview/toolchain/find-toolchain.ts";

const execute = promisify(execFile);

/** Cilium's own Go module, and where its CRDs lie in it. */
const MODULE = "github.com/cilium/cilium";
const IN_MODULE = "pkg/k8s/apis/cilium.io/client/crds/v2";
const FILES = ["ciliumnetworkpolicies.yaml", "ciliumclusterwidenetworkpolicies.yaml"];

/** What `go mod download -json` prints about a module. */
const download = z.object({ Dir: z.string().optional(), Error: z.string().optional() });

/** The CRDs of CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy. */
export interface Crds {
  /** YAML files, which together hold both. */
  readonly files: readonly string[];
  /** Where they come from, in words. */
  readonly origin: string;
}

/** Where CRDs are looked for. */
export interface CrdSearch {
  /** A YAML file that holds both CRDs. It does not say of which version they are: that is the user's word. */
  readonly named?: string | undefined;
  /**
   * Its CILIUM_DIR may name a directory of files `crds-VERSION.yaml`, each with both CRDs; its PATH must hold the go
   * command otherwise.
   */
  readonly env: Environment;
}

/**
 * Finds the CRDs of a version of Cilium: in the file that the user names, else in the directory that CILIUM_DIR names,
 * else in Cilium's Go module, which the go command fetches and checks against Go's checksum database.
 *
 * @param version without a leading v
 * @throws UserError when the named file does not exist or the named directory lacks it, or when nothing is to be had; it says what to do.
 */
export async function findCrds(version: string, { named, env }: CrdSearch): Promise<Crds> {
  const dir = nonEmpty(env.CILIUM_DIR);
  const path = named ?? (dir && join(dir, `crds-${version}.yaml`));
  if (path !== undefined) {
    const file = resolve(path);
    if (!existsSync(file)) throw new UserError(`There is no file ${file} to take the CRDs from.`);
    return { files: [file], origin: file };
  }
  const { Dir, Error } = await ciliumModule(version, env);
  if (Dir === undefined) throw notToBeHad(version, Error);
  return {
    files: FILES.map((file) => join(Dir, IN_MODULE, file)),
    origin: `Go module ${MODULE}@v${version}`,
  };
}

function notToBeHad(version: string, answer: string | undefined): UserError {
  return new UserError(
    [
      `The CRDs of Cilium ${version} are not to be had here. One of these helps:`,
      "  npm run crds -- --crds FILE   a YAML file with CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy",
      `  the go command on PATH        they lie in the Go module ${MODULE}@v${version}, in ${IN_MODULE}`,
      `The go command was asked: ${answer ?? "it named no directory"}`,
    ].join("\n"),
  );
}

/**
 * Cilium's Go module, fetched by the go command, which is run outside the checkout, since it heeds a go.mod that it
 * finds above.
 *
 * @param version without a leading v
 * @returns its directory, or why there is none
 */
export async function ciliumModule(version: string, env: Environment): Promise<z.infer<typeof download>> {
  const command = ["mod", "download", "-json", `${MODULE}@v${version}`];
  try {
    const { stdout } = await execute("go", command, { cwd: tmpdir(), env });
    return download.parse(JSON.parse(stdout));
  } catch (error) {
    return { Error: answerOf(error) ?? (isMissing(error) ? "there is none on PATH" : thrownMessage(error)) };
  }
}

/** What the command itself says when it fails: it prints its JSON then, too. */
function answerOf(error: unknown): string | undefined {
  const { data } = z.object({ stdout: z.string().startsWith("{") }).safeParse(error);
  return data && download.parse(JSON.parse(data.stdout)).Error;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
