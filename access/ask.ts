import { because, explain } from "./explain.ts";
import { accessOf, targetPortOf } from "./matrix.ts";
import { type Actor, type Model, outsider, workloadsBehind } from "./model.ts";
import { question } from "./question.ts";
import { verdictData } from "./table.ts";
import type { Verdict } from "./verdict.ts";
import { WrongQuestion } from "./wrong-question.ts";

/** One question in words: `payer GET /fhir/Patient/1 on server`. */
export interface Asked {
  readonly client: string;
  readonly method: string;
  readonly path: string;
  readonly server: string;
  readonly port: number | undefined;
}

const FORM = /^(?<client>\S+)\s+(?<method>\S+)\s+(?<path>\S+)\s+on\s+(?<server>[^\s:]+)(?::(?<port>\d+))?$/;

/**
 * Reads a question.
 *
 * @throws WrongQuestion when it is none
 */
export function readQuestion(text: string): Asked {
  const groups = FORM.exec(text.trim())?.groups;
  if (groups === undefined) {
    throw new WrongQuestion(
      `"${text}" is no question: ask "CLIENT METHOD PATH on SERVER", for example "payer GET /fhir/Patient/1 on server:8080"`,
    );
  }
  const { client = "", method = "", path = "", server = "", port } = groups;
  return { client, method, path, server, port: port === undefined ? undefined : Number(port) };
}

/** An answer: one for each workload behind the server's name. */
export interface Answer {
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
 * @throws WrongQuestion when it names nobody, or somebody of whom there are more
 */
export function answer(model: Model, { client, method, path, server, port }: Asked): Answer[] {
  const from = clientNamed(client, model);
  const request = { method, path };
  return targets(server, port, model).map(({ actor, port: target }) => {
    const verdicts = accessOf(model, from, actor, target).map((access) =>
      access.verdictOn(question(request)),
    );
    const [first, ...others] = verdicts;
    if (first === undefined) throw new WrongQuestion(`${client} is nobody`);
    const differing = others.find(({ outcome }) => outcome !== first.outcome);
    const named = { client: from.name, server: `${actor.name}:${target}`, request: `${method} ${path}` };
    const sentence =
      differing === undefined
        ? explain(first, named)
        : `${explain(first, named)} From another node: ${explain(differing, named)}`;
    return { client: from.name, server: actor.name, port: target, verdict: first, sentence };
  });
}

function clientNamed(name: string, model: Model): Actor {
  const found = workloadsNamed(name, model);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (found.length > 1) throw ambiguous(name, found);
  const other = outsider(name, model);
  if (other !== undefined) return other;
  throw new WrongQuestion(
    `there is no workload "${name}"; there are ${namesOf(model.workloads)}, besides world, host, remote-node and addresses`,
  );
}

function workloadsNamed(name: string, { workloads }: Model): Actor[] {
  const slash = name.indexOf("/");
  if (slash < 0) return workloads.filter((actor) => actor.name === name);
  const [namespace, rest] = [name.slice(0, slash), name.slice(slash + 1)];
  return workloads.filter((actor) => actor.name === rest && actor.namespace === namespace);
}

function namesOf(actors: readonly Actor[]): string {
  const names = actors.map(({ name, namespace = "" }) => `${namespace}/${name}`);
  return names.length === 0 ? "none" : names.sort().join(", ");
}

function ambiguous(name: string, found: readonly Actor[]): WrongQuestion {
  return new WrongQuestion(`"${name}" may be each of ${namesOf(found)}: name its namespace, too`);
}

interface Target {
  readonly actor: Actor;
  readonly port: number;
}

/** What a server's name stands for: a workload, or the pods behind a service, whose port may be another. */
function targets(name: string, port: number | undefined, model: Model): Target[] {
  const services = servicesNamed(name, model);
  const [service] = services;
  if (service !== undefined && services.length === 1) {
    const found = behind(service, port, model);
    if (found.length > 0) return found;
  }
  const actors = workloadsNamed(name, model);
  const [actor] = actors;
  if (actors.length > 1) throw ambiguous(name, actors);
  if (actor === undefined) {
    throw new WrongQuestion(`there is no server "${name}"; there are ${namesOf(model.workloads)}`);
  }
  return [{ actor, port: port ?? onlyPort(actor.ports, name) }];
}

function servicesNamed(name: string, { services }: Model) {
  return services.filter(
    (service) => service.name === name || `${service.namespace}/${service.name}` === name,
  );
}

function behind(service: Model["services"][number], port: number | undefined, model: Model): Target[] {
  const ports = service.ports.filter(({ protocol }) => protocol === "TCP");
  const wanted =
    port ??
    onlyPort(
      ports.map((each) => each.port),
      service.name,
    );
  const target = ports.find((each) => each.port === wanted);
  return workloadsBehind(service, model).flatMap((actor) => {
    const number = target === undefined ? wanted : targetPortOf(actor, target.targetPort);
    return number === undefined ? [] : [{ actor, port: number }];
  });
}

function onlyPort(ports: readonly number[], name: string): number {
  const [only] = ports;
  if (only !== undefined && new Set(ports).size === 1) return only;
  const which = ports.length === 0 ? "it names none" : `it has ${ports.join(", ")}`;
  throw new WrongQuestion(`which port of "${name}"? ${which}: ask "… on ${name}:PORT"`);
}

/** An answer for people: the sentence, then what each side says. */
export function answerText({ client, server, verdict, sentence }: Answer): string {
  return [
    sentence,
    "",
    `  ${verdict.outcome}`,
    `  egress of ${client}: ${verdict.egress.outcome}, ${because("egress", verdict.egress)}`,
    `  ingress of ${server}: ${verdict.ingress.outcome}, ${because("ingress", verdict.ingress)}`,
  ].join("\n");
}

/** An answer as JSON has it. */
export function answerData({ client, server, port, verdict, sentence }: Answer) {
  return { client, server, port, sentence, ...verdictData(verdict) };
}
