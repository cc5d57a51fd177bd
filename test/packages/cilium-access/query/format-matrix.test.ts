import assert from "node:assert/strict";
import { buildMatrix } from "../../../../packages/cilium-access/query/access-matrix.ts";
import { matrixJson, formatMatrix } from "../../../../packages/cilium-access/query/format-matrix.ts";
import { app, cnp, onPort, sketch } from "../support.ts";

const LET_IN = cnp({
  endpointSelector: app("server"),
  ingress: [
    { fromEndpoints: [app("client")], toPorts: onPort(8080, [{ method: "GET|HEAD", path: "/Patient/1" }]) },
  ],
});
const BROKEN = cnp({ endpointSelector: {}, ingress: [{ fromEntities: ["unknown"] }] }, { name: "broken" });
const MISSPELT = cnp({ endpointSelector: app("unknown"), ingress: [{}], egres: [] }, { name: "misspelt" });

describe("The table", () => {
  const model = sketch({ policies: [LET_IN, BROKEN, MISSPELT] });
  const text = formatMatrix(buildMatrix(model), model);

  it("has a part for each server's port, and a row for clients of which one is like the other", () => {
    assert.match(text, /^server in default, port 8080\n/);
    assert.match(text, /^ {2}client {2,}passes {2,}otherwise {2,}why$/m);
    assert.match(
      text,
      /^ {2}client \(default\) {2,}GET, HEAD \/Patient\/1 {2,}403 {2,}egress: .*; ingress: CiliumNetworkPolicy default\/policy allows it by spec\.ingress\[0\]\.toPorts\[0\]\.rules\.http\[0\]$/m,
    );
    assert.match(
      text,
      /^ {2}server \(default\) {2,}nothing {2,}dropped {2,}ingress: CiliumNetworkPolicy default\/policy denies everything by default, and no rule allows it\n {2}a pod without labels \(default\)$/m,
    );
    assert.match(text, /^ {2}host {2,}everything/m);
  });

  it("lists ignored policies and unknown fields", () => {
    assert.match(
      text,
      /^CiliumNetworkPolicy default\/broken is ignored because Cilium rejects it: .*unknown entity "unknown"$/m,
    );
    assert.match(
      text,
      /^CiliumNetworkPolicy default\/misspelt has unknown fields, which have no effect: spec\.egres$/m,
    );
  });
});

describe("The matrix as data", () => {
  const model = sketch({ policies: [LET_IN, BROKEN, MISSPELT] });
  const data = matrixJson(buildMatrix(model), model);

  it("has each client's verdict on all requests, or on each, with the policies that decided", () => {
    const [client, same] = data.servers.flatMap(({ clients }) => clients);
    assert.ok(client && "requests" in client && same && "always" in same);
    const [first] = client.requests;
    assert.equal(first?.outcome, "allowed");
    assert.deepEqual(first.ingress.evidence, [
      { policy: "CiliumNetworkPolicy default/policy", at: "spec.ingress[0].toPorts[0].rules.http[0]" },
    ]);
    assert.equal(same.always.outcome, "dropped");
    assert.deepEqual(same.always.ingress.evidence, [{ policy: "CiliumNetworkPolicy default/policy" }]);
  });

  it("lists rejected policies and unknown fields", () => {
    assert.deepEqual(
      data.refused.map(({ policy }) => policy),
      ["CiliumNetworkPolicy default/broken"],
    );
    assert.deepEqual(data.unknownKeys, [
      { policy: "CiliumNetworkPolicy default/misspelt", key: "spec.egres" },
    ]);
  });
});
