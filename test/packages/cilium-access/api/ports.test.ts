import assert from "node:assert/strict";
import fc from "fast-check";
import { VERSIONS } from "../../../../packages/cilium-access/options.ts";
import {
  isPortName,
  parsePortNumber,
  type PortRange,
  portRangeMatches,
} from "../../../../packages/cilium-access/api/ports.ts";
import { app, cnp, CLIENT, onPort, outcome, pod, refusal, SERVER } from "../support.ts";

const ingress = (toPorts: readonly object[]) =>
  cnp({ endpointSelector: app("server"), ingress: [{ toPorts }] });
const ports = (...all: object[]) => [{ ports: all }];
const asks = (toPorts: readonly object[], port: number) =>
  outcome({ policies: [ingress(toPorts)] }, `client GET / on server:${port}`);

describe("The port of a rule", () => {
  it("is a number as Go reads it: decimal, hexadecimal, octal, binary", () => {
    for (const [text, number] of [
      ["80", 80],
      ["0x50", 80],
      ["0120", 80],
      ["0o120", 80],
      ["0b1010000", 80],
      ["8_080", 8080],
      ["0", 0],
      ["65535", 65_535],
    ] as const) {
      assert.equal(parsePortNumber(text), number, text);
    }
    for (const text of ["65536", "-1", "08", "1__0", "8 0", "", "http"])
      assert.equal(parsePortNumber(text), undefined, text);
  });

  it("is the same number in decimal, whatever it is", () => {
    fc.assert(fc.property(fc.nat(65_535), (number) => parsePortNumber(String(number)) === number));
  });

  it("is a name of at most 15 letters, digits and dashes, of which one is a letter", () => {
    for (const name of ["http", "fhir-api", "h2c", "1a", "A"]) assert.ok(isPortName(name), name);
    for (const name of ["80", "-a", "a-", "a--b", "a_b", "abcdefghijklmnop", ""])
      assert.ok(!isPortName(name), name);
  });

  it("may be one of a range, the last one included", () => {
    const range = ports({ port: "8000", endPort: 8080, protocol: "TCP" });
    assert.deepEqual(
      [7999, 8000, 8080, 8081].map((port) => asks(range, port)),
      ["dropped", "allowed", "allowed", "dropped"],
    );
  });

  it("is all of them when it is 0", () => {
    assert.equal(asks(ports({ port: "0", protocol: "TCP" }), 9090), "allowed");
  });

  it("is one of its own protocol; without one, of each", () => {
    assert.equal(asks(ports({ port: "8080", protocol: "UDP" }), 8080), "dropped");
    for (const protocol of [undefined, "ANY", "any", "tcp"]) {
      assert.equal(asks(ports({ port: "8080", ...(protocol && { protocol }) }), 8080), "allowed", protocol);
    }
  });

  it("is one of several: of one element, and of several", () => {
    const two = ports({ port: "80", protocol: "TCP" }, { port: "443", protocol: "TCP" });
    assert.deepEqual(
      [80, 443, 8080].map((port) => asks(two, port)),
      ["allowed", "allowed", "dropped"],
    );
    const apart = [...onPort(80), ...onPort(443)];
    assert.deepEqual(
      [80, 443, 8080].map((port) => asks(apart, port)),
      ["allowed", "allowed", "dropped"],
    );
  });
});

describe("The name of a port", () => {
  const named = (number: number) =>
    pod("server", { ports: [{ name: "http", port: number, protocol: "TCP" }] });

  it("stands for the number that the server gives it", () => {
    const policies = [ingress(onPort("http"))];
    const pods = [CLIENT, named(9000)];
    assert.equal(outcome({ policies, pods }), "allowed");
    assert.equal(outcome({ policies, pods }, "client GET / on server:8080"), "dropped");
  });

  it("matches no port where no container names one", () => {
    assert.equal(outcome({ policies: [ingress(onPort("fhir"))] }), "dropped");
  });

  it("of a rule about egress is one number for all pods in 1.16, and each server's own in 1.20", () => {
    const policies = [
      cnp({ endpointSelector: app("client"), egress: [{ toEndpoints: [{}], toPorts: onPort("http") }] }),
    ];
    const other = pod("other", { ports: [{ name: "http", port: 9090, protocol: "TCP" }] });
    for (const [version, expected] of [
      ["1.16", "dropped"],
      ["1.20", "allowed"],
    ] as const) {
      const cluster = { policies, pods: [CLIENT, SERVER, other], options: { version } };
      assert.equal(outcome(cluster), expected, version);
      assert.equal(outcome({ ...cluster, pods: [CLIENT, SERVER] }), "allowed", version);
    }
  });
});

describe("Cilium refuses", () => {
  const http = [{ method: "GET" }];
  for (const [what, toPorts, message] of [
    ["HTTP rules of any protocol", [{ ports: [{ port: "80" }], rules: { http } }], /need protocol: TCP/],
    ["HTTP rules on port 0", [{ ports: [{ port: "0", protocol: "TCP" }], rules: { http } }], /port 0/],
    ["a port that is none", ports({ port: "70000" }), /neither a number up to 65535 nor a name/],
    ["no port at all", ports({ protocol: "TCP" }), /has no port/],
    [
      "a protocol that it does not know",
      ports({ port: "80", protocol: "QUIC" }),
      /none of TCP, UDP, SCTP, ANY/,
    ],
    [
      "more than 40 ports",
      [{ ports: Array.from({ length: 41 }, (_, index) => ({ port: String(index + 1) })) }],
      /41 ports, and may have 40/,
    ],
    [
      "rules for two protocols at once",
      [{ ...onPort(80, http)[0], rules: { http, dns: [{ matchPattern: "*" }] } }],
      /./,
    ],
    [
      "DNS rules about ingress",
      [{ ports: [{ port: "53", protocol: "UDP" }], rules: { dns: [{ matchPattern: "*" }] } }],
      /egress only/,
    ],
  ] as const) {
    it(what, () => {
      for (const version of VERSIONS) assert.match(refusal(ingress(toPorts), { version }) ?? "", message);
    });
  }

  it("HTTP rules for a range of ports in 1.16; 1.20 takes them", () => {
    const toPorts = [{ ports: [{ port: "80", endPort: 90, protocol: "TCP" }], rules: { http } }];
    assert.match(refusal(ingress(toPorts), { version: "1.16" }) ?? "", /range of ports/);
    assert.equal(refusal(ingress(toPorts), { version: "1.20" }), undefined);
  });

  it("layer 7 where its proxy is off", () => {
    assert.match(
      refusal(ingress(onPort(80, http)), { l7Proxy: false }) ?? "",
      /proxy, and it is not enabled/,
    );
  });
});

describe("A rule about ports", () => {
  const range = fc.record({
    protocol: fc.constantFrom("TCP", "UDP", "ANY"),
    port: fc.nat(20),
    endPort: fc.nat(20),
  }) as fc.Arbitrary<PortRange>;

  it("speaks of a port that lies between its first and its last", () => {
    fc.assert(
      fc.property(range, fc.integer({ min: 1, max: 20 }), (of, port) => {
        const isIn = of.port === 0 || port === of.port || (of.port <= port && port <= of.endPort);
        const expected = of.protocol === "ANY" || (of.protocol === "TCP" && isIn);
        assert.equal(portRangeMatches(of, "TCP", port, 0), expected);
      }),
    );
  });
});
