import assert from "node:assert/strict";
import { answerBatch } from "../../../../packages/cilium-access/query/query-batch.ts";
import { app, cnp, onPort } from "../support.ts";

const BATCH = {
  policies: [
    cnp({
      endpointSelector: app("server"),
      ingress: [{ fromEndpoints: [app("client")], toPorts: onPort("http", [{ path: "/a" }]) }],
    }),
    cnp({ endpointSelector: {}, ingress: [{ fromEntities: ["unknown"] }] }, { name: "broken" }),
  ],
  endpoints: [
    { name: "c", namespace: "default", labels: { app: "client" }, ports: {} },
    { name: "s", namespace: "default", labels: { app: "server" }, ports: { http: 8080 } },
  ],
  queries: [
    { src: "c", dst: "s", port: 8080, method: "GET", path: "/a" },
    { src: "c", dst: "s", port: 8080, method: "GET", path: "/b" },
    { src: "c", dst: "s", port: 80, method: "GET", path: "/a" },
    { src: "world", dst: "s", port: 8080, method: "GET", path: "/a" },
    { src: "host", dst: "s", port: 8080, method: "GET", path: "/b" },
    { src: "s", dst: "c", port: 8080, method: "GET", path: "/b" },
  ],
};

describe("A batch", () => {
  it("has a verdict for each question, and names the policies that are ignored", () => {
    const { refused, verdicts } = answerBatch(BATCH);
    assert.deepEqual(verdicts, ["allow", "l7-deny", "drop", "drop", "allow", "allow"]);
    assert.deepEqual(
      refused.map(({ policy }) => policy),
      ["broken"],
    );
    assert.match(refused[0]?.error ?? "", /unknown entity "unknown"/);
  });

  it("that is not well formed says what is wrong", () => {
    assert.throws(
      () => answerBatch({ ...BATCH, queries: [{ src: "c" }] }),
      /the batch is malformed: [\s\S]*queries\[0\]/,
    );
    assert.throws(
      () => answerBatch({ ...BATCH, queries: [{ ...BATCH.queries[0], src: "x" }] }),
      /queries\[0\] names "x", which is neither an endpoint, an address nor one of host, /,
    );
    const named = (name: string) => ({ name, namespace: "n" });
    assert.throws(
      () => answerBatch({ ...BATCH, endpoints: [named("a"), named("b"), named("a")] }),
      /endpoints\[2\] is named "a" as endpoints\[0\] is: names must be unique/,
    );
    assert.throws(
      () => answerBatch({ ...BATCH, endpoints: [named("world")] }),
      /endpoints\[0\] is named "world", which is a reserved identity: choose another name/,
    );
    const { refused } = answerBatch({ policies: [null], endpoints: [], queries: [] });
    assert.deepEqual(refused, [{ policy: "", error: "Invalid input: expected object, received null" }]);
  });

  it("goes by the version that is asked for", () => {
    const policy = { ...cnp({ endpointSelector: {} }) };
    const refused = (version: "1.16" | "1.20") =>
      answerBatch({ ...BATCH, policies: [policy], queries: [] }, { version }).refused.length;
    assert.deepEqual([refused("1.16"), refused("1.20")], [0, 1]);
  });
});
