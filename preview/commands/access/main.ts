import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import {
  type Answer,
  answer,
  answerBatch,
  answerData,
  answerText,
  beyondIn,
  clusterInput,
  type GrantedRecord,
  matrixData,
  matrixOf,
  matrixTable,
  type Model,
  modelOf,
  namespacesMissing,
  readQuestion,
  remarks,
  settingsIn,
  WrongQuestion,
} from "@attested-fhir/cilium-access";
import { doubtsOf, grantsByServer } from "../../report/access.ts";
import { messageOf, Problem } from "../../problem.ts";
import type { Environment } from "../../toolchain/toolchain.ts";
import { policedClusters } from "@attested-fhir/stack-model";
import { type CommandLine, readCommandLine, USAGE } from "./command-line.ts";
import { readObjects, type RefusedObject } from "./objects.ts";
import { resourcesOf } from "./stack.ts";

/** What a command reads and writes. */
export interface Surroundings {
  readonly env: Environment;
  readonly input: NodeJS.ReadableStream;
  readonly write: (text: string) => void;
  readonly complain: (text: string) => void;
}

/**
 * `npm run access`.
 *
 * @returns its exit code
 */
export async function main(args: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    const commandLine = readCommandLine(args);
    if (commandLine === undefined) {
      surroundings.write(USAGE);
      return 0;
    }
    const { text: answer, isRefused } = await answered(commandLine, surroundings);
    surroundings.write(`${answer}\n`);
    return isRefused ? 2 : 0;
  } catch (error) {
    if (!(error instanceof Problem || error instanceof WrongQuestion)) throw error;
    surroundings.complain(`${error.message}\n`);
    return 2;
  }
}

/** What is answered, and whether the API server would refuse any of the objects. */
interface Answered {
  readonly text: string;
  readonly isRefused: boolean;
}

async function answered(commandLine: CommandLine, surroundings: Surroundings): Promise<Answered> {
  const { batch } = commandLine;
  if (batch !== undefined) {
    return { text: await answeredBatch(batch, commandLine, surroundings), isRefused: false };
  }
  const clusters = await clustersOf(commandLine, surroundings);
  for (const { origin, policy, error } of clusters.refused) {
    surroundings.complain(`${origin}: ${policy} is not enforced, for the API server refuses it: ${error}\n`);
  }
  const text = answerOf(commandLine, clusters, surroundings);
  return { text, isRefused: clusters.refused.length > 0 };
}

function answerOf(
  { ask, json }: CommandLine,
  { models, grants, doubts, refused }: Clusters,
  surroundings: Surroundings,
): string {
  for (const doubt of doubts) surroundings.complain(`Not certain: ${doubt}\n`);
  if (ask !== undefined) {
    const answers = answerIn(models, ask);
    for (const remark of models.flatMap(remarks)) surroundings.complain(`${remark}\n`);
    return json ? inJson(answers.map(answerData)) : answers.map(answerText).join("\n\n");
  }
  const matrices = models.map((model) => ({ matrix: matrixOf(model, { grants }), model }));
  if (json) {
    const byServer = refused.map(({ policy, error }) => ({ policy, error }));
    const [only, ...others] = matrices.map(({ matrix, model }) => {
      const data = matrixData(matrix, model);
      return { ...data, refused: [...byServer, ...data.refused] };
    });
    return inJson(others.length === 0 ? only : [only, ...others]);
  }
  const withServers = matrices.filter(({ matrix }) => matrix.servers.length > 0);
  if (withServers.length === 0) throw nobodyToAsk(models);
  const below = refused.map(
    ({ policy, error }) => `${policy} is not enforced, for the API server refuses it: ${error}`,
  );
  const tables = withServers.map(({ matrix, model }) => matrixTable(matrix, model));
  return [...tables, ...(below.length === 0 ? [] : [below.join("\n")])].join("\n\n");
}

/** The clusters to ask about. */
interface Clusters {
  readonly models: readonly Model[];
  /** What is known to be granted, by the servers' names. */
  readonly grants?: ReadonlyMap<string, readonly GrantedRecord[]>;
  /** What is not known of them, and may change an answer. */
  readonly doubts: readonly string[];
  /** What the API server would refuse of their objects. */
  readonly refused: readonly RefusedObject[];
}

async function clustersOf(
  { files, stack, step, namespace, release, nearest }: CommandLine,
  { input, env }: Surroundings,
): Promise<Clusters> {
  if (stack === undefined) {
    const { version } = release;
    const { objects, refused } = await readObjects(files, input, { namespace, version });
    const cluster = clusterInput(objects, namespace);
    const model = modelOf(cluster, { ...settingsIn(objects), ...release });
    const other = nearest === undefined ? [] : [nearest];
    const doubts = [...other, ...objects.flatMap(beyondIn), ...namespacesMissing(cluster)];
    return { models: [model], doubts, refused };
  }
  const resources = await resourcesOf({ stack, step }, env);
  const clusters = policedClusters(resources).filter(({ model }) => model.workloads.length > 0);
  if (clusters.length === 0) throw new Problem(`The stack ${stack} has no pods.`);
  return {
    models: clusters.map(({ model }) => model),
    grants: grantsByServer(resources),
    doubts: doubtsOf(clusters),
    refused: [],
  };
}

/** The answer of the one cluster that knows those who are asked about. */
function answerIn(models: readonly Model[], ask: string): Answer[] {
  const question = readQuestion(ask);
  let wrong: WrongQuestion | undefined;
  for (const model of models) {
    try {
      return answer(model, question);
    } catch (error) {
      if (!(error instanceof WrongQuestion)) throw error;
      wrong ??= error;
    }
  }
  throw wrong ?? new WrongQuestion("there is nobody to ask");
}

function inJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}

function nobodyToAsk(models: readonly Model[]): Problem {
  const count = models.reduce((sum, { workloads }) => sum + workloads.length, 0);
  const what = count === 0 ? "There is no workload" : `None of the ${count} workloads has a port`;
  return new Problem(
    [
      `${what} that could be asked: give the manifests of pods, or of what makes them, with their containers' ports, and of services.`,
      ...models.flatMap(remarks),
    ].join("\n"),
  );
}

async function answeredBatch(
  file: string,
  { release, nearest }: CommandLine,
  { input, complain }: Surroundings,
): Promise<string> {
  const name = file === "-" ? "standard input" : file;
  const content = file === "-" ? text(input) : readFile(file, "utf8");
  const batch: unknown = await content.then(JSON.parse).catch((error: unknown) => {
    throw new Problem(`${name}: ${messageOf(error)}`);
  });
  if (nearest !== undefined) complain(`Not certain: ${nearest}\n`);
  try {
    return JSON.stringify(answerBatch(batch, release));
  } catch (error) {
    throw error instanceof WrongQuestion ? new Problem(`${name}: ${error.message}`) : error;
  }
}
