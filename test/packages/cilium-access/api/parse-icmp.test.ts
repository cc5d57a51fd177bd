import assert from "node:assert/strict";
import { VERSIONS } from "../../../../packages/cilium-access/options.ts";
import { app, cnp, onPort, outcome, refusal } from "../support.ts";

const http = { toPorts: onPort(8080, [{ path: "/a" }]) };
const icmp = (type: number | string, family = "IPv4") => ({ icmps: [{ fields: [{ type, family }] }] });
const rules = (...ingress: object[]) => cnp({ endpointSelector: app("server"), ingress });

describe("A rule about ICMP", () => {
  it("says nothing about TCP", () => {
    for (const version of VERSIONS)
      assert.equal(outcome({ policies: [rules(icmp(8))], options: { version } }), "dropped");
  });

  it("lifts HTTP rules in 1.16 when it is for an echo's reply, which Envoy takes for every port", () => {
    const ask = (type: number, version: "1.16" | "1.20") =>
      outcome({ policies: [rules(http, icmp(type))], options: { version } }, "client GET /b on server");
    assert.equal(ask(0, "1.16"), "allowed");
    assert.equal(ask(8, "1.16"), "denied");
    assert.equal(ask(0, "1.20"), "denied");
  });

  it("names a type by its number or its name", () => {
    for (const [type, family] of [
      [8, "IPv4"],
      ["8", "IPv4"],
      ["EchoRequest", "IPv4"],
      ["EchoRequest", "IPv6"],
      [128, "IPv6"],
    ] as const) {
      assert.equal(refusal(rules(icmp(type, family))), undefined);
    }
    assert.match(refusal(rules(icmp("Echoes"))) ?? "", /unknown ICMP type "Echoes" of IPv4/);
    assert.match(refusal(rules(icmp(8, "IPv5"))) ?? "", /neither IPv4 nor IPv6/);
  });
});
