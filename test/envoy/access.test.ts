import assert from "node:assert/strict";
import fc from "fast-check";
import {
  parseHttpRules,
  type HttpRequest,
  type HttpRuleObject,
} from "../../packages/cilium-access/l7/http-rules.ts";
import { evaluatePeers } from "../../packages/cilium-access/query/access-matrix.ts";
import { DEFAULT_OPTIONS } from "../../packages/cilium-access/options.ts";
import { prepareRequest } from "../../packages/cilium-access/l7/http-request.ts";
import { suggestedProbes } from "../../packages/cilium-access/query/probes.ts";
import type { PairAccess } from "../../packages/cilium-access/verdict/verdict.ts";
import { app, cnp, onPort, sketch } from "../packages/cilium-access/support.ts";
import { few, often, sometimes } from "../oracle/arbitraries/chances.ts";
import { httpRule, path as usualPath } from "../oracle/arbitraries/http.ts";
import { type Answer, ask } from "../socket-http.ts";
import { type Envoy, envoyOrSkip, startEnvoy } from "./index.ts";

const PORT = 8080;
const POLICIES = 60;
/** About each policy. */
const REQUESTS = 50;
/** The share of requests that access may leave open where Envoy has an answer. */
const OPEN = 0.05;

/** The same requests at every run, so that runs compare; ACCESS_SEED generates others. */
const seed = Number(process.env.ACCESS_SEED ?? 1);

/** What may stand anywhere in a path, and make it another or another form of the same. */
const TRICKS = [
  ..."%% %4 %% / // /. /./ /.. /../ /x/.. . .. ; ;/ \\ ? # % %2 %zz %2F %5c %2e %2E%2e/ %44 %61 %7e %00 %20 %24".split(
    " ",
  ),
  ..."%252e %3F %ff %C3%A9 \" ' < > ^ ` { | } ~ ! $ & ( ) * + , : = @ [ ] \u007f \u00e4".split(" "),
];

const method = fc.constantFrom("GET", "GET", "GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS");

/** The HTTP rules of a policy, such as Cilium and Envoy take; what Cilium's own filter does to headers is left out. */
const policyRules = fc
  .array(httpRule as fc.Arbitrary<HttpRuleObject>, { minLength: 1, maxLength: 4 })
  .map((rules) =>
    rules.map(({ headerMatches = [], ...rule }): HttpRuleObject => {
      const plain = headerMatches.filter(({ mismatch }) => !mismatch);
      return plain.length === 0 ? rule : { ...rule, headerMatches: plain };
    }),
  )
  .filter((rules) => isTaken(rules));

function isTaken(rules: readonly HttpRuleObject[]): boolean {
  const policy = policyOf(rules);
  return (
    sketch({ policies: [policy] }).policies.every(({ refused }) => refused === undefined) &&
    parseHttpRules(rules, "http", DEFAULT_OPTIONS).faults.length === 0
  );
}

function policyOf(rules: readonly HttpRuleObject[]) {
  return cnp({ endpointSelector: app("server"), ingress: [{ toPorts: onPort(PORT, rules) }] });
}

/** Requests that the rules suggest, some with something in place of a part of their path, some with headers. */
function requestsAbout(rules: readonly HttpRuleObject[]): fc.Arbitrary<HttpRequest> {
  const suggested = suggestedProbes(parseHttpRules(rules, "http", DEFAULT_OPTIONS));
  const path = often(
    [2, usualPath],
    [suggested.length === 0 ? 0 : 3, fc.constantFrom(...suggested.map((probe) => probe.path), "/")],
  );
  const disguised = fc
    .tuple(path, few(fc.tuple(fc.nat(60), fc.nat(2), fc.constantFrom(...TRICKS)), 2))
    .map(([text, changes]) =>
      changes.reduce((at, [place, less, more]) => {
        const index = 1 + (place % at.length);
        return `${at.slice(0, index)}${more}${at.slice(index + less)}`;
      }, text),
    );
  const headers = sometimes({
    "x-org": [40, fc.constantFrom("empire", "rebels")],
    "x-purpose": [40, fc.constantFrom("empire", "TREAT")],
  });
  const host = fc.constantFrom("fhir.example.com", "server:8080");
  return fc.record({ method, path: disguised, host, headers }).map((request): HttpRequest =>
    // To a HEAD for what is no path Envoy's answer has a body, which Node takes for no answer.
    request.method === "HEAD" && /#|[^\x21-\x7e]/.test(request.path)
      ? { ...request, method: "GET" }
      : request,
  );
}

/** What the server's side says of one client, who is anybody. */
function accessWith(rules: readonly HttpRuleObject[]): PairAccess {
  const model = sketch({ policies: [policyOf(rules)] });
  const [client, server] = model.workloads;
  assert.ok(client && server);
  const [access] = evaluatePeers(model, client, server, PORT);
  assert.ok(access);
  return access;
}

/** What an answer of Envoy tells: whether it let the request through and as which path, or what it answered itself. */
function observed({ status, headers }: Answer) {
  return {
    status,
    ...(status === 200 && { path: headers["x-path"] }),
    ...(status === 307 && { location: headers.location }),
  };
}

/** The same, as access has it; undefined where it leaves that open. */
function expected(access: PairAccess, request: HttpRequest): ReturnType<typeof observed> | undefined {
  const asked = prepareRequest(request);
  const { outcome, ingress } = access.verdictOn(asked);
  if (outcome === "undecided") return undefined;
  if (outcome === "allowed" && asked.normal.kind === "path") return { status: 200, path: asked.normal.path };
  if (ingress.reason.kind !== "answered") return { status: 403 };
  const { status, location } = ingress.reason;
  return { status, ...(location !== undefined && { location }) };
}

describe("On any HTTP rules, access decides as a real Envoy does", function () {
  this.timeout(120_000);
  let program: string;
  let envoy: Envoy | undefined;
  before(async function () {
    program = await envoyOrSkip(this);
  });
  afterEach(() => envoy?.stop());

  it(`in ${POLICIES * REQUESTS} requests, with ACCESS_SEED=${seed}`, async () => {
    const policies = fc.sample(policyRules, { seed, numRuns: POLICIES });
    envoy = await startEnvoy(
      program,
      policies.map((rules, number) => ({ name: `policy-${number}`, rules })),
    );
    const tally = new Map<string, number>();
    for (const [number, rules] of policies.entries()) {
      const access = accessWith(rules);
      const socket = envoy.socket(`policy-${number}`);
      for (const request of fc.sample(requestsAbout(rules), { seed: seed + number, numRuns: REQUESTS })) {
        const { host = "", headers = {}, ...line } = request;
        const answer = observed(await ask(socket, { ...line, headers: { ...headers, host } }));
        const own = expected(access, request);
        const outcome = own === undefined ? "left open" : String(answer.status);
        tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
        if (own !== undefined) assert.deepEqual(own, answer, JSON.stringify({ rules, request }));
      }
    }
    console.log(
      `      ${[...tally]
        .sort()
        .map(([outcome, count]) => `${outcome}: ${count}`)
        .join(", ")}`,
    );
    assert.ok((tally.get("left open") ?? 0) <= OPEN * POLICIES * REQUESTS);
    for (const status of ["200", "307", "400", "403"]) assert.ok((tally.get(status) ?? 0) > 20, status);
  });
});
