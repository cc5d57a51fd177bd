import { readFile } from "node:fs/promises";
import { answer, answerData, answerText, readQuestion } from "../../access/ask.ts";
import { answerBatch } from "../../access/batch.ts";
import { clusterInput } from "../../access/manifests.ts";
import { matrixOf } from "../../access/matrix.ts";
import { modelOf } from "../../access/model.ts";
import { settingsIn } from "../../access/settings.ts";
import { matrixData, matrixTable } from "../../access/table.ts";
import { WrongQuestion } from "../../access/wrong-question.ts";
import { messageOf, Problem } from "../../preview/problem.ts";
import { type CommandLine, readCommandLine, USAGE } from "./command-line.ts";
import { readObjects } from "./objects.ts";

/** The streams that a command reads and writes. */
export interface Streams {
  readonly input: NodeJS.ReadableStream;
  readonly write: (text: string) => void;
  readonly complain: (text: string) => void;
}

/**
 * `npm run access`.
 *
 * @returns its exit code
 */
export async function main(args: readonly string[], streams: Streams): Promise<number> {
  try {
    const commandLine = readCommandLine(args);
    streams.write(commandLine === undefined ? USAGE : `${await answered(commandLine, streams)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Problem || error instanceof WrongQuestion)) throw error;
    streams.complain(`${error.message}\n`);
    return 2;
  }
}

async function answered(commandLine: CommandLine, { input }: Streams): Promise<string> {
  const { files, batch, ask, json, namespace, version } = commandLine;
  if (batch !== undefined) return JSON.stringify(answerBatch(await readBatch(batch), { version }));
  const objects = await readObjects(files, input);
  const model = modelOf(clusterInput(objects, namespace), { ...settingsIn(objects), version });
  if (ask !== undefined) {
    const answers = answer(model, readQuestion(ask));
    return json ? inJson(answers.map(answerData)) : answers.map(answerText).join("\n\n");
  }
  const matrix = matrixOf(model);
  if (json) return inJson(matrixData(matrix, model));
  if (matrix.servers.length === 0) throw new Problem("no workload there has a port that could be asked");
  return matrixTable(matrix, model);
}

function inJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}

async function readBatch(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new Problem(`${file}: ${messageOf(error)}`);
  }
}
