import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { configurationOf } from "../../../preview/embedded/configuration.ts";
import { runEmbedded } from "../../../preview/embedded/index.ts";
import { runEngine } from "../../../preview/engine/run-engine.ts";
import type { Observation } from "../../../preview/report/observation.ts";
import { readProject } from "../../../preview/project/project.ts";
import { StackFile } from "../../../preview/project/stack-file.ts";
import { createEphemeralBackend, withoutAccounts } from "../../../preview/engine/ephemeral-backend.ts";
import type { Environment, Toolchain } from "../../../preview/toolchain/find-toolchain.ts";
import type { Recorded, RecordedPart, RecordedResource } from "./recorder/recorded.ts";
import type { Subject } from "./subject.ts";

/** What a mode sees of a program: what it tells a report, and what it shows policy packs. */
export interface View {
  readonly observation: Observation;
  /** By URN: each resource by itself, with its inputs. */
  readonly resources: ReadonlyMap<string, RecordedResource>;
  /** By URN: each resource as a part of the stack, with what it hangs on. */
  readonly parts: ReadonlyMap<string, RecordedPart>;
}

const RECORDER = join(import.meta.dirname, "recorder");

/** What Pulumi's engine sees, with the real providers and nothing in the state. */
export function byEngine(subject: Subject, tools: Toolchain): Promise<View> {
  return recording(async (dir, env) => {
    const { root, project, stack, stackFile, policyPack } = subject;
    const throwaway = await createEphemeralBackend(dir, project, stack, tools, {
      ...process.env,
      ...subject.env,
      ...env,
    });
    const configFile = join(dir, `Pulumi.${stack}.yaml`);
    const sealed = new StackFile(stackFile, configFile, project);
    sealed.seal();
    await writeFile(configFile, sealed.toString());
    const path = [tools.binDir, dirname(process.execPath), process.env.PATH].join(delimiter);
    try {
      return await runEngine({
        cli: join(tools.binDir, "pulumi"),
        root,
        stack,
        configFile,
        policyPacks: [policyPack, RECORDER],
        refresh: false,
        env: { ...throwaway.env, PATH: path },
        signal: new AbortController().signal,
      });
    } finally {
      await throwaway.close();
    }
  });
}

/** What embedded mode sees. */
export function byEmbedded(subject: Subject): Promise<View> {
  return recording(async (_, env) => {
    const { stack, stackFile, policyPack } = subject;
    const project = await readProject(subject.root);
    return runEmbedded({
      project,
      stack,
      configuration: configurationOf(
        project,
        stack,
        new StackFile(stackFile, "the stack file", project.name).config(),
      ),
      policyPacks: [policyPack, RECORDER],
      env: { ...withoutAccounts(process.env), ...subject.env, ...env },
      signal: new AbortController().signal,
    });
  });
}

/** Lends a directory and the variable by which the recorder knows its file, and reads that. */
async function recording(preview: (dir: string, env: Environment) => Promise<Observation>): Promise<View> {
  const dir = await mkdtemp(join(tmpdir(), "attested-fhir-agreement-"));
  try {
    const file = join(dir, "record");
    const observation = await preview(dir, { RECORD_TO: file });
    const records = (await readFile(file, "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Recorded);
    return {
      observation,
      resources: new Map(records.flatMap((one) => (one.kind === "resource" ? [[one.urn, one]] : []))),
      parts: new Map(records.flatMap((one) => (one.kind === "stack" ? [[one.urn, one]] : []))),
    };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
