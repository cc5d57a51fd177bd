import type { Batch, Endpoint, Query } from "./batch.ts";

/** Pods and requests that policies speak of, and others that they only all but speak of. */

const NAMESPACE = "io.kubernetes.pod.namespace";
const SERVICE_ACCOUNT = "io.cilium.k8s.policy.serviceaccount";

/** Peers that are not pods. */
const OUTSIDE = ["world", "host", "remote-node", "kube-apiserver", "10.0.0.7", "20.1.1.1", "192.168.7.9"];

const METHODS = ["GET", "PUT"];

/** Requests between pods as the policies name them, and between pods that they do not name: at most so many, evenly. */
export function batchAbout(policies: readonly object[], limit = 2000): Batch {
  const endpoints = endpointsFor(policies);
  const ports = portsIn(policies, endpoints);
  const requests = requestsIn(policies);
  const names = endpoints.map(({ name }) => name);
  const sources = [...names, ...OUTSIDE];
  const all = sources.length * names.length * ports.length * requests.length;
  // Odd, so that no part of a question goes along with another.
  const step = Math.floor(all / limit / 2) * 2 + 1;
  const queries: Query[] = [];
  for (let index = 0; index < all; index += step) {
    let rest = index;
    const next = <T>(list: readonly T[]): T => {
      const found = list[rest % list.length] as T;
      rest = Math.floor(rest / list.length);
      return found;
    };
    const { method, path } = next(requests);
    const question = { port: next(ports), dst: next(names), src: next(sources), method, path };
    if (question.src !== question.dst) queries.push(question);
  }
  return { policies, endpoints, queries };
}

/** What stands under a key, anywhere. */
function valuesOf(value: unknown, key: string): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => [
    ...(name === key ? [inner] : []),
    ...valuesOf(inner, key),
  ]);
}

function textsOf(value: unknown, key: string): string[] {
  return valuesOf(value, key).filter((found) => typeof found === "string");
}

type Labels = Readonly<Record<string, string>>;

interface Expression {
  readonly key: string;
  readonly values?: readonly string[];
}

function endpointsFor(policies: readonly object[]): Endpoint[] {
  const fromExpressions = (valuesOf(policies, "matchExpressions") as Expression[][])
    .flat()
    .flatMap(({ key, values = ["anything"] }) => values.map((value) => ({ [key]: value })));
  const asked: Labels[] = [{}, ...(valuesOf(policies, "matchLabels") as Labels[]), ...fromExpressions];
  const names = Object.fromEntries(
    textsOf(policies, "port")
      .filter((port) => /[a-z]/i.test(port) && !port.startsWith("0x"))
      .map((port, index) => [port, 7000 + index]),
  );
  const endpoints = asked.flatMap((labels) => {
    const pod = Object.fromEntries(
      Object.entries(labels)
        .map(([key, value]) => [key.replace(/^(?:any|k8s):/, ""), value] as const)
        // Labels with another source are not pod labels.
        .filter(([key]) => /^[\w./-]+$/.test(key)),
    );
    const { [NAMESPACE]: own, [SERVICE_ACCOUNT]: serviceAccount = "default", ...others } = pod;
    const namespaces = own === undefined ? ["default", "other"] : [own];
    return namespaces.map((namespace) => ({ namespace, serviceAccount, labels: others, ports: names }));
  });
  const distinct = new Map(endpoints.map((endpoint) => [JSON.stringify(endpoint), endpoint]));
  return [...distinct.values()].map((endpoint, index) => ({ name: `pod-${index}`, ...endpoint }));
}

function portsIn(policies: readonly object[], endpoints: readonly Endpoint[]): number[] {
  const numbers = textsOf(policies, "port").map(Number);
  const ends = valuesOf(policies, "endPort").filter((end) => typeof end === "number");
  const named = endpoints.flatMap(({ ports }) => Object.values(ports));
  const all = [...numbers, ...ends, ...ends.map((end) => end + 1), ...named, 8081];
  return [...new Set(all)].filter((port) => port > 0 && port < 65_536);
}

function requestsIn(policies: readonly object[]): Pick<Query, "method" | "path">[] {
  const named = textsOf(policies, "path").map((path) =>
    path.replace(/^\^|\$$/g, "").replaceAll(/\.\*|\[.*?\]\+?/g, "x"),
  );
  const paths = new Set(["/", ...named, ...named.flatMap((path) => [`${path}/`, `${path}x`, `${path}?x=1`])]);
  const methods = new Set([...METHODS, ...textsOf(policies, "method")]);
  return [...paths].flatMap((path) => [...methods].map((method) => ({ method, path })));
}
