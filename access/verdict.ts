import type { Cluster, Party } from "./cluster.ts";
import { isEndpoint } from "./cluster.ts";
import { type HttpRequest, type HttpRule, matchingRule } from "./http.ts";
import type { Layer4 } from "./layer4.ts";
import { normalizePath } from "./paths.ts";
import type { Protocol } from "./ports.ts";
import type { Clause } from "./resolve.ts";
import type { Direction, PolicyName } from "./rules.ts";

/**
 * What becomes of a request: it passes; the proxy denies it (403), or answers it otherwise before anybody looks at it;
 * its packets are dropped; nothing is enforced; or that depends on something that is not known here.
 */
export type Outcome = "allowed" | "denied" | "dropped" | "unpoliced" | "undecided";

/** Why an outcome is what it is. */
export type Reason =
  /** Cilium enforces nothing on this side: it is no pod. */
  | { readonly kind: "not-an-endpoint" }
  /** No policy says anything about this direction of this pod. */
  | { readonly kind: "not-selected" }
  | { readonly kind: "denied-by"; readonly clauses: readonly Clause[] }
  | { readonly kind: "not-allowed"; readonly selecting: readonly PolicyName[] }
  | { readonly kind: "allowed-by"; readonly clauses: readonly Clause[] }
  /** No policy that selects the pod denies by default. */
  | { readonly kind: "no-default-deny"; readonly selecting: readonly PolicyName[] }
  /** A node reaches its own pods. */
  | { readonly kind: "localhost" }
  | { readonly kind: "request-allowed-by"; readonly clause: Clause; readonly rule: HttpRule }
  | { readonly kind: "request-not-allowed"; readonly clauses: readonly Clause[] }
  /** The proxy answers by itself: it redirects to another path, or finds the request wrong. */
  | { readonly kind: "answered"; readonly status: number; readonly location: string | undefined }
  /** It would be dropped, but for audit mode. */
  | { readonly kind: "audited"; readonly clauses: readonly Clause[] }
  | { readonly kind: "unknown"; readonly why: string; readonly clauses: readonly Clause[] };

/** What one side of a connection says. */
export interface DirectionVerdict {
  readonly outcome: Outcome;
  readonly reason: Reason;
}

/** What becomes of a request, and why on either side. */
export interface Verdict extends Readonly<Record<Direction, DirectionVerdict>> {
  readonly outcome: Outcome;
}

/** A request as a client sends it. */
export interface Request extends HttpRequest {
  /** As it is sent: the proxy brings it into normal form. */
  readonly path: string;
}

/** Everything that one client may ask of one port of one server. */
export interface Access {
  /** The verdict on all requests, where no request differs from another. */
  readonly always: Verdict | undefined;
  readonly verdictOn: (request: Request) => Verdict;
}

/** A direction: the same for all requests, or one for each. */
type Judge = DirectionVerdict | ((request: Request) => DirectionVerdict);

/** What a client may ask of a port of a server. */
export function accessBetween(
  cluster: Cluster,
  client: Party,
  server: Party,
  port: number,
  protocol: Protocol = "TCP",
): Access {
  const judge = (direction: Direction, subject: Party, peer: Party): Judge => {
    if (!isEndpoint(subject.identity)) return outside(subject, cluster);
    const decision = cluster.layer4(direction, subject, peer, protocol, port);
    return judgeOf(decision, cluster.policyOf(subject.identity)[direction].selecting, cluster);
  };
  const egress = judge("egress", client, server);
  const ingress = judge("ingress", server, client);
  const verdictOn = (request: Request) => combine(apply(egress, request), apply(ingress, request));
  const always =
    typeof egress === "function" || typeof ingress === "function" ? undefined : combine(egress, ingress);
  return { always, verdictOn: always === undefined ? verdictOn : () => always };
}

function apply(judge: Judge, request: Request): DirectionVerdict {
  return typeof judge === "function" ? judge(request) : judge;
}

function outside({ identity }: Party, { options }: Cluster): DirectionVerdict {
  const isNode = identity.kind === "host" || identity.kind === "remote-node";
  if (isNode && options.hostFirewall) {
    return { outcome: "undecided", reason: unknown("policies for nodes are not modelled") };
  }
  return { outcome: "unpoliced", reason: { kind: "not-an-endpoint" } };
}

function unknown(why: string, clauses: readonly Clause[] = []): Reason {
  return { kind: "unknown", why, clauses };
}

function judgeOf(decision: Layer4, selecting: readonly PolicyName[], { options }: Cluster): Judge {
  switch (decision.kind) {
    case "unpoliced":
      return { outcome: "unpoliced", reason: { kind: "not-selected" } };
    case "undecided":
      return { outcome: "undecided", reason: unknown(decision.why, decision.clauses) };
    case "dropped": {
      const { deniedBy } = decision;
      if (options.auditMode) return { outcome: "allowed", reason: { kind: "audited", clauses: deniedBy } };
      const reason: Reason =
        deniedBy.length > 0 ? { kind: "denied-by", clauses: deniedBy } : { kind: "not-allowed", selecting };
      return { outcome: "dropped", reason };
    }
    case "open":
      return { outcome: "allowed", reason: openBy(decision.by, selecting) };
    case "http":
      return (request) => judgeRequest(decision, request, options.normalizePath);
  }
}

function openBy(by: Extract<Layer4, { kind: "open" }>["by"], selecting: readonly PolicyName[]): Reason {
  if (by === "everybody") return { kind: "no-default-deny", selecting };
  return by === "host" ? { kind: "localhost" } : { kind: "allowed-by", clauses: by };
}

function judgeRequest(
  { clauses, unless }: Extract<Layer4, { kind: "http" }>,
  request: Request,
  normalizes: boolean,
): DirectionVerdict {
  const normal = normalizes ? normalized(request.path) : ({ kind: "path", path: request.path } as const);
  if (normal.kind === "unknown") return { outcome: "undecided", reason: unknown(normal.why, clauses) };
  if (normal.kind === "answered") {
    const { status, location } = normal;
    return { outcome: "denied", reason: { kind: "answered", status, location } };
  }
  const seen = normal.path === request.path ? request : { ...request, path: normal.path };
  let dependsOn = unless;
  for (const clause of clauses) {
    const rule = clause.layer7?.http && matchingRule(clause.layer7.http, seen);
    if (rule) return { outcome: "allowed", reason: { kind: "request-allowed-by", clause, rule } };
    if (rule === undefined) dependsOn ??= "it depends on the request's host or headers";
  }
  if (dependsOn !== undefined) return { outcome: "undecided", reason: unknown(dependsOn, clauses) };
  return { outcome: "denied", reason: { kind: "request-not-allowed", clauses } };
}

const normalForms = new Map<string, ReturnType<typeof normalizePath>>();
const REMEMBERED = 65_536;

function normalized(path: string): ReturnType<typeof normalizePath> {
  let normal = normalForms.get(path);
  if (normal === undefined) {
    normal = normalizePath(path);
    if (normalForms.size >= REMEMBERED) normalForms.clear();
    normalForms.set(path, normal);
  }
  return normal;
}

/**
 * The outcome of both sides, in the order that a request meets them: the client's egress, where a proxy may answer it,
 * then the server's ingress.
 */
function combine(egress: DirectionVerdict, ingress: DirectionVerdict): Verdict {
  const passes = egress.outcome === "allowed" || egress.outcome === "unpoliced";
  const bothUnpoliced = egress.outcome === "unpoliced" && ingress.outcome === "unpoliced";
  const throughBoth = ingress.outcome === "unpoliced" && !bothUnpoliced ? "allowed" : ingress.outcome;
  return { outcome: passes ? throughBoth : egress.outcome, egress, ingress };
}

/** Whether a request surely does not pass: one side refuses it, even if what the other does is not known. */
export function isRefused({ egress, ingress }: Verdict): boolean {
  return [egress, ingress].some(({ outcome }) => outcome === "dropped" || outcome === "denied");
}
