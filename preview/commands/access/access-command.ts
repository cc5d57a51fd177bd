import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import {
  type QueryAnswer,
  answerQuery,
  answerBatch,
  answerJson,
  formatAnswer,
  unsupportedInObject,
  clusterInput,
  type GrantedRecord,
  matrixJson,
  buildMatrix,
  formatMatrix,
  type ClusterModel,
  buildClusterModel,
  missingNamespaces,
  parseQuery,
  matrixNotes,
  readCiliumConfig,
  QueryError,
} from "@attested-fhir/cilium-access";
import { evaluationBlockers, grantsByServer } from "../../report/access-report.ts";
import { thrownMessage, UserError } from "../../user-error.ts";
import type { Environment } from "../../toolchain/find-toolchain.ts";
import { clusterModels } from "@attested-fhir/stack-model";
import { type AccessCommandLine, readAccessCommandLine, ACCESS_USAGE } from "./command-line.ts";
import { readObjects, type RefusedObject } from "./read-objects.ts";
import { plannedStack } from "./planned-stack.ts";

/** What a command reads and writes. */
export interface CommandIo {
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
export async function runAccessCommand(args: readonly string[], surroundings: CommandIo): Promise<number> {
  try {
    const commandLine = readAccessCommandLine(args);
    if (commandLine === undefined) {
      surroundings.write(ACCESS_USAGE);
      return 0;
    }
    const { text: answer, isRefused } = await answered(commandLine, surroundings);
    surroundings.write(`${answer}\n`);
    return isRefused ? 2 : 0;
  } catch (error) {
    if (!(error instanceof UserError || error instanceof QueryError)) throw error;
    surroundings.complain(`${error.message}\n`);
    return 2;
  }
}

/** What is answered, and whether the API server would refuse any of the objects. */
interface Answered {
  readonly text: string;
  readonly isRefused: boolean;
}

async function answered(commandLine: AccessCommandLine, surroundings: CommandIo): Promise<Answered> {
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
  { ask, json }: AccessCommandLine,
  { models, grants, blockers, refused }: Clusters,
  surroundings: CommandIo,
): string {
  for (const doubt of blockers) surroundings.complain(`Not certain: ${doubt}\n`);
  if (ask !== undefined) {
    const answers = answerIn(models, ask);
    for (const remark of models.flatMap(matrixNotes)) surroundings.complain(`${remark}\n`);
    return json ? inJson(answers.map(answerJson)) : answers.map(formatAnswer).join("\n\n");
  }
  const matrices = models.map((model) => ({ matrix: buildMatrix(model, { grants }), model }));
  if (json) {
    const byServer = refused.map(({ policy, error }) => ({ policy, error }));
    const [only, ...others] = matrices.map(({ matrix, model }) => {
      const data = matrixJson(matrix, model);
      return { ...data, refused: [...byServer, ...data.refused] };
    });
    return inJson(others.length === 0 ? only : [only, ...others]);
  }
  const withServers = matrices.filter(({ matrix }) => matrix.servers.length > 0);
  if (withServers.length === 0) throw noServerError(models);
  const below = refused.map(
    ({ policy, error }) => `${policy} is not enforced, for the API server refuses it: ${error}`,
  );
  const tables = withServers.map(({ matrix, model }) => formatMatrix(matrix, model));
  return [...tables, ...(below.length === 0 ? [] : [below.join("\n")])].join("\n\n");
}

/** The clusters to ask about. */
interface Clusters {
  readonly models: readonly ClusterModel[];
  /** What is known to be granted, by the servers' names. */
  readonly grants?: ReadonlyMap<string, readonly GrantedRecord[]>;
  /** What is not known of them, and may change an answer. */
  readonly blockers: readonly string[];
  /** What the API server would refuse of their objects. */
  readonly refused: readonly RefusedObject[];
}

async function clustersOf(
  { files, stack, step, namespace, release, nearest }: AccessCommandLine,
  { input, env }: CommandIo,
): Promise<Clusters> {
  if (stack === undefined) {
    const { version } = release;
    const { objects, refused } = await readObjects(files, input, { namespace, version });
    const cluster = clusterInput(objects, namespace);
    const model = buildClusterModel(cluster, { ...readCiliumConfig(objects), ...release });
    const other = nearest === undefined ? [] : [nearest];
    const blockers = [...other, ...objects.flatMap(unsupportedInObject), ...missingNamespaces(cluster)];
    return { models: [model], blockers, refused };
  }
  const resources = await plannedStack({ stack, step }, env);
  const clusters = clusterModels(resources).filter(({ model }) => model.workloads.length > 0);
  if (clusters.length === 0) throw new UserError(`The stack ${stack} has no pods.`);
  return {
    models: clusters.map(({ model }) => model),
    grants: grantsByServer(resources),
    blockers: evaluationBlockers(clusters),
    refused: [],
  };
}

/** The answer of the one cluster that knows those who are asked about. */
function answerIn(models: readonly ClusterModel[], ask: string): QueryAnswer[] {
  const question = parseQuery(ask);
  let wrong: QueryError | undefined;
  for (const model of models) {
    try {
      return answerQuery(model, question);
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      wrong ??= error;
    }
  }
  throw wrong ?? new QueryError("there is nobody to ask");
}

function inJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}

function noServerError(models: readonly ClusterModel[]): UserError {
  const count = models.reduce((sum, { workloads }) => sum + workloads.length, 0);
  const what = count === 0 ? "There is no workload" : `None of the ${count} workloads has a port`;
  return new UserError(
    [
      `${what} that could be asked: give the manifests of pods, or of what makes them, with their containers' ports, and of services.`,
      ...models.flatMap(matrixNotes),
    ].join("\n"),
  );
}

async function answeredBatch(
  file: string,
  { release, nearest }: AccessCommandLine,
  { input, complain }: CommandIo,
): Promise<string> {
  const name = file === "-" ? "standard input" : file;
  const content = file === "-" ? text(input) : readFile(file, "utf8");
  const batch: unknown = await content.then(JSON.parse).catch((error: unknown) => {
    throw new UserError(`${name}: ${thrownMessage(error)}`);
  });
  if (nearest !== undefined) complain(`Not certain: ${nearest}\n`);
  try {
    return JSON.stringify(answerBatch(batch, release));
  } catch (error) {
    throw error instanceof QueryError ? new UserError(`${name}: ${error.message}`) : error;
  }
}
