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
import { InternalError, toInternalError } from "../../internal-error.ts";
import { thrownMessage, UserError } from "../../user-error.ts";
import type { Environment } from "../../toolchain/find-toolchain.ts";
import { clusterModels } from "@attested-fhir/stack-model";
import { type AccessCommandLine, readAccessCommandLine, ACCESS_USAGE } from "./command-line.ts";
import { readObjects, type RefusedObject } from "./read-objects.ts";
import { plannedStack } from "./planned-stack.ts";

/** The environment and the streams of a command. */
export interface CommandIo {
  readonly env: Environment;
  readonly input: NodeJS.ReadableStream;
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
}

/**
 * `npm run access`.
 *
 * @returns its exit code
 */
export async function runAccessCommand(args: readonly string[], io: CommandIo): Promise<number> {
  try {
    const commandLine = readAccessCommandLine(args);
    if (commandLine === undefined) {
      io.write(ACCESS_USAGE);
      return 0;
    }
    const { text: answer, isRefused } = await runQuery(commandLine, io);
    io.write(`${answer}\n`);
    return isRefused ? 2 : 0;
  } catch (error) {
    if (!(error instanceof UserError || error instanceof QueryError)) throw toInternalError(error);
    io.writeError(`${error.message}\n`);
    return 2;
  }
}

/** The output, and whether the API server rejects any of the objects. */
interface CommandResult {
  readonly text: string;
  readonly isRefused: boolean;
}

async function runQuery(commandLine: AccessCommandLine, io: CommandIo): Promise<CommandResult> {
  const { batch } = commandLine;
  if (batch !== undefined) {
    return { text: await runBatch(batch, commandLine, io), isRefused: false };
  }
  const clusters = await readClusters(commandLine, io);
  for (const { origin, policy, error } of clusters.refused) {
    io.writeError(`${origin}: ${policy} is not enforced: the API server rejects it: ${error}\n`);
  }
  const text = formatAnswers(commandLine, clusters, io);
  return { text, isRefused: clusters.refused.length > 0 };
}

function formatAnswers(
  { ask, json }: AccessCommandLine,
  { models, grants, blockers, refused }: Clusters,
  io: CommandIo,
): string {
  for (const blocker of blockers) io.writeError(`Not certain: ${blocker}\n`);
  if (ask !== undefined) {
    const answers = answerFrom(models, ask);
    for (const note of models.flatMap(matrixNotes)) io.writeError(`${note}\n`);
    return json ? toJson(answers.map(answerJson)) : answers.map(formatAnswer).join("\n\n");
  }
  const matrices = models.map((model) => ({ matrix: buildMatrix(model, { grants }), model }));
  if (json) {
    const byServer = refused.map(({ policy, error }) => ({ policy, error }));
    const [only, ...others] = matrices.map(({ matrix, model }) => {
      const data = matrixJson(matrix, model);
      return { ...data, refused: [...byServer, ...data.refused] };
    });
    return toJson(others.length === 0 ? only : [only, ...others]);
  }
  const withServers = matrices.filter(({ matrix }) => matrix.servers.length > 0);
  if (withServers.length === 0) throw noServerError(models);
  const below = refused.map(
    ({ policy, error }) => `${policy} is not enforced: the API server rejects it: ${error}`,
  );
  const tables = withServers.map(({ matrix, model }) => formatMatrix(matrix, model));
  return [...tables, ...(below.length === 0 ? [] : [below.join("\n")])].join("\n\n");
}

/** The clusters to query. */
interface Clusters {
  readonly models: readonly ClusterModel[];
  /** The declared grants, by server name. */
  readonly grants?: ReadonlyMap<string, readonly GrantedRecord[]>;
  /** What is unknown about the clusters and may change an answer. */
  readonly blockers: readonly string[];
  /** The objects that the API server rejects. */
  readonly refused: readonly RefusedObject[];
}

async function readClusters(
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

/** The answers of the first cluster that has both the client and the server. */
function answerFrom(models: readonly ClusterModel[], ask: string): QueryAnswer[] {
  const query = parseQuery(ask);
  let firstError: QueryError | undefined;
  for (const model of models) {
    try {
      return answerQuery(model, query);
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      firstError ??= error;
    }
  }
  throw firstError ?? new InternalError("there is no cluster model to query");
}

function toJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}

function noServerError(models: readonly ClusterModel[]): UserError {
  const count = models.reduce((sum, { workloads }) => sum + workloads.length, 0);
  const what = count === 0 ? "No workload found" : `None of the ${count} workloads has a container port`;
  return new UserError(
    [
      `${what}: pass the manifests of pods, or of the controllers that create them, with their container ports, and of services.`,
      ...models.flatMap(matrixNotes),
    ].join("\n"),
  );
}

async function runBatch(
  file: string,
  { release, nearest }: AccessCommandLine,
  { input, writeError }: CommandIo,
): Promise<string> {
  const name = file === "-" ? "standard input" : file;
  const content = file === "-" ? text(input) : readFile(file, "utf8");
  const batch: unknown = await content.then(JSON.parse).catch((error: unknown) => {
    throw new UserError(`${name}: ${thrownMessage(error)}`);
  });
  if (nearest !== undefined) writeError(`Not certain: ${nearest}\n`);
  try {
    return JSON.stringify(answerBatch(batch, release));
  } catch (error) {
    throw error instanceof QueryError ? new UserError(`${name}: ${error.message}`) : error;
  }
}
