import { explainDirection, explainVerdict } from "../verdict/explain-verdict.ts";
import { evaluatePeers, agreed, targetPortNumber } from "./access-matrix.ts";
import { type Peer, type ClusterModel, externalPeer, workloadsBehind } from "../k8s/cluster-model.ts";
import { prepareRequest } from "../l7/http-request.ts";
import { verdictJson } from "./format-matrix.ts";
import type { Verdict } from "../verdict/verdict.ts";
import { QueryError } from "../query-error.ts";

/** One question in words: `payer GET /fhir/Patient/1 on server`. */
export interface Query {
  readonly client: string;
  readonly method: string;
  readonly path: string;
  readonly server: string;
  readonly port: number | undefined;
}

const LAST_PORT = 65_535;
const FORM = /^(?<client>\S+)\s+(?<method>\S+)\s+(?<path>\S+)\s+on\s+(?<server>[^\s:]+)(?::(?<port>\d+))?$/;

/**
 * Reads a question.
 *
 * @throws QueryError when it is none
 */
export function parseQuery(text: string): Query {
  const groups = FORM.exec(text.trim())?.groups;
  if (groups === undefined) {
    throw new QueryError(
      `"${text}" is not a query: write "CLIENT METHOD PATH on SERVER", for example "payer GET /fhir/Patient/1 on server:8080"`,
    );
  }
  const { client = "", method = "", path = "", server = "", port: given } = groups;
  const port = given === undefined ? undefined : Number(given);
  if (port !== undefined && (port < 1 || port > LAST_PORT)) {
    throw new QueryError(
      `"${text}": ${given} is not a port number: expected a number from 1 to ${LAST_PORT}`,
    );
  }
  return { client, method, path, server, port };
}

/** An answer: one for each workload behind the server's name. */
export interface QueryAnswer {
  readonly client: string;
  readonly server: string;
  readonly port: number;
  readonly verdict: Verdict;
  /** In one sentence. */
  readonly sentence: string;
}

/**
 * Answers a question.
 *
 * @throws QueryError when a name matches no workload, or more than one
 */
export function answerQuery(
  model: ClusterModel,
  { client, method, path, server, port }: Query,
): QueryAnswer[] {
  const from = clientNamed(client, model);
  const request = { method, path };
  return targets(server, port, model).map(({ actor, port: target }) => {
    const verdicts = evaluatePeers(model, from, actor, target).map((access) =>
      access.verdictOn(prepareRequest(request)),
    );
    const [first, ...others] = verdicts;
    if (first === undefined) throw new QueryError(`client ${client} matches no workload`);
    const differing = others.find(({ outcome }) => outcome !== first.outcome);
    const named = { client: from.name, server: `${actor.name}:${target}`, request: `${method} ${path}` };
    const sentence =
      differing === undefined
        ? explainVerdict(first, named)
        : `${explainVerdict(first, named)} From another node: ${explainVerdict(differing, named)}`;
    return { client: from.name, server: actor.name, port: target, verdict: agreed(verdicts), sentence };
  });
}

function clientNamed(name: string, model: ClusterModel): Peer {
  const found = workloadsNamed(name, model);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (found.length > 1) throw ambiguous(name, found);
  const other = externalPeer(name, model);
  if (other !== undefined) return other;
  throw new QueryError(
    `workload not found: "${name}"; there are ${namesOf(model.workloads)}, in addition to world, host, remote-node and addresses`,
  );
}

function workloadsNamed(name: string, { workloads }: ClusterModel): Peer[] {
  const slash = name.indexOf("/");
  if (slash < 0) return workloads.filter((actor) => actor.name === name);
  const [namespace, rest] = [name.slice(0, slash), name.slice(slash + 1)];
  return workloads.filter((actor) => actor.name === rest && actor.namespace === namespace);
}

type Named = Pick<Peer, "name" | "namespace">;

function namesOf(all: readonly Named[]): string {
  const names = all.map(({ name, namespace = "" }) => `${namespace}/${name}`);
  return names.length === 0 ? "none" : names.sort().join(", ");
}

function ambiguous(name: string, found: readonly Named[]): QueryError {
  if (new Set(found.map(({ namespace }) => namespace)).size === 1) {
    return new QueryError(`"${name}" is the name of ${found.length} workloads: give them names of their own`);
  }
  return new QueryError(`"${name}" is ambiguous between ${namesOf(found)}: specify the namespace`);
}

interface Target {
  readonly actor: Peer;
  readonly port: number;
}

/**
 * What a server's name stands for: the pods behind a service, whose port may be another, or a workload. Where it is the
 * name of both, the service's ports come first.
 */
function targets(name: string, port: number | undefined, model: ClusterModel): Target[] {
  const services = servicesNamed(name, model);
  const actors = workloadsNamed(name, model);
  const [service] = services;
  const [actor] = actors;
  if (service !== undefined && services.length === 1) {
    const found = behind(service, port, model);
    if (typeof found !== "string") return found;
    if (actor === undefined) throw new QueryError(found);
  }
  if (actors.length > 1) throw ambiguous(name, actors);
  if (services.length > 1 && actor === undefined) throw ambiguous(name, services);
  if (actor === undefined) {
    throw new QueryError(
      `server not found: "${name}"; the workloads are ${namesOf(model.workloads)} and the services ${namesOf(model.services)}`,
    );
  }
  return [{ actor, port: port ?? onlyPort(actor.ports, name) }];
}

function servicesNamed(name: string, { services }: ClusterModel) {
  return services.filter(
    (service) => service.name === name || `${service.namespace}/${service.name}` === name,
  );
}

/** The pods behind a service with their ports; in words what is wrong, when there are none. */
function behind(
  service: ClusterModel["services"][number],
  port: number | undefined,
  model: ClusterModel,
): Target[] | string {
  const { name, ports: all } = service;
  const ports = all.filter(({ protocol }) => protocol === "TCP");
  const pods = workloadsBehind(service, model);
  if (pods.length === 0) return `no workload is behind the service "${name}": ask about a workload`;
  const numbers = ports.map((each) => each.port);
  const wanted = port ?? onlyPort(numbers, name);
  const target = ports.find((each) => each.port === wanted);
  if (target === undefined) {
    const own = pods.filter((actor) => portsBehind(actor, service).has(wanted));
    if (own.length > 0) return own.map((actor) => ({ actor, port: wanted }));
    const which = numbers.length === 0 ? "it has none for TCP" : `it has ${numbers.join(", ")}`;
    return `the service "${name}" has no port ${wanted}, nor have the pods behind it: ${which}`;
  }
  const found = pods.flatMap((actor) => {
    const number = targetPortNumber(actor, target.targetPort);
    return number === undefined ? [] : [{ actor, port: number }];
  });
  if (found.length > 0) return found;
  return `the service "${name}" leads to the port "${target.targetPort}", and no container has a port of that name`;
}

/** The ports of pods, as their containers or the service have them. */
function portsBehind(actor: Peer, { ports }: ClusterModel["services"][number]): Set<number | undefined> {
  return new Set([...actor.ports, ...ports.map(({ targetPort }) => targetPortNumber(actor, targetPort))]);
}

function onlyPort(ports: readonly number[], name: string): number {
  const [only] = ports;
  if (only !== undefined && new Set(ports).size === 1) return only;
  const which = ports.length === 0 ? "it names none" : `it has ${ports.join(", ")}`;
  throw new QueryError(`which port of "${name}"? ${which}: ask "… on ${name}:PORT"`);
}

/** An answer for people: the sentence, then what each side says. */
export function formatAnswer({ client, server, verdict, sentence }: QueryAnswer): string {
  return [
    sentence,
    "",
    `  ${verdict.outcome}`,
    `  egress of ${client}: ${verdict.egress.outcome}, ${explainDirection("egress", verdict.egress)}`,
    `  ingress of ${server}: ${verdict.ingress.outcome}, ${explainDirection("ingress", verdict.ingress)}`,
  ].join("\n");
}

/** An answer as JSON has it. */
export function answerJson({ client, server, port, verdict, sentence }: QueryAnswer) {
  return { client, server, port, sentence, ...verdictJson(verdict) };
}
