import assert from "node:assert/strict";
import { VERSIONS } from "../../../../packages/cilium-access/options.ts";
import { app, cnp, onPort, outcome } from "../support.ts";

/** Whether the proxy sees a request: it answers 307 to an escaped slash, even where every request is allowed. */
function isProxied(rules: readonly object[], version: "1.16" | "1.20", client = "client"): boolean {
  const policies = [cnp({ endpointSelector: app("server"), ingress: rules })];
  return outcome({ policies, options: { version } }, `${client} GET /a%2Fb on server`) === "denied";
}

const ALL = [{}];
const allPeers = (rest: object = {}) => ({ toPorts: onPort(8080), ...rest });
const client = (rest: object = {}) => ({ fromEndpoints: [app("client")], ...rest });
const range = [{ ports: [{ port: "8000", endPort: 9000, protocol: "TCP" }] }];

describe("The proxy sees a connection", () => {
  it("where a rule with HTTP lets it through", () => {
    for (const version of VERSIONS) assert.ok(isProxied([client({ toPorts: onPort(8080, ALL) })], version));
  });

  it("never where no rule has any", () => {
    for (const version of VERSIONS) assert.ok(!isProxied([allPeers(), client()], version));
  });

  it("in 1.20 wherever one of several rules has HTTP", () => {
    const http = { toPorts: onPort(8080, ALL) };
    for (const other of [client(), client({ toPorts: onPort(8080) }), allPeers({ toPorts: range })]) {
      assert.ok(isProxied([http, other], "1.20"));
    }
  });

  it("in 1.16 where the rule with HTTP is the one for the narrower port", () => {
    assert.ok(isProxied([{ toPorts: onPort(8080, ALL) }, client()], "1.16"));
    assert.ok(isProxied([{ toPorts: onPort(8080, ALL) }, client({ toPorts: range })], "1.16"));
  });

  it("in 1.16 where a rule for the peer accompanies one with HTTP for all peers", () => {
    assert.ok(isProxied([{ toPorts: onPort(8080, ALL) }, client({ toPorts: onPort(8080) })], "1.16"));
  });

  it("not from the pod's own node in 1.16, where the rule with HTTP is for all peers", () => {
    const http = { toPorts: onPort(8080, ALL) };
    assert.ok(!isProxied([http], "1.16", "host"));
    assert.ok(isProxied([http], "1.20", "host"));
    assert.ok(isProxied([{ ...http, authentication: { mode: "disabled" } }], "1.16", "host"));
  });
});
