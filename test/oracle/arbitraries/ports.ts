import fc from "fast-check";
import { few, often, rarely, sometimes } from "./chances.ts";
import { httpRule } from "./http.ts";

/** Ports that requests go to. */
export const PORTS = [80, 8080, 8443, 52_773];

/** Most of all to two of them. */
export const port = often([3, fc.constantFrom(80, 52_773)], [1, fc.constantFrom(...PORTS)]);

/** Names of ports; another number stands behind each at every pod. */
export const PORT_NAMES = ["http", "fhir", "fhir-alt"];

const portNumber = rarely(
  200,
  fc.constantFrom("0x50", "0120", "0b1010000", "8_080"),
  often(
    [12, port.map(String)],
    [1, fc.constant("0")],
    [2, fc.constantFrom("1", "79", "8000", "65535", "53")],
  ),
);

const portName = often([6, fc.constantFrom(...PORT_NAMES)], [1, fc.constantFrom("HTTP", "nowhere")]);

const malformedPort = fc.constantFrom("", "65536", "-1", "fhir port", "8.0", "a--b", "a-very-long-port-name");

const protocol = rarely(
  450,
  fc.constantFrom("HTTP", "ICMP", "tcp ", "VRRP"),
  often(
    [6, fc.constant("TCP")],
    [2, fc.constant("ANY")],
    [2, fc.constantFrom("UDP", "SCTP", "tcp", "any", "")],
  ),
);

/** The end of a range, mostly behind its beginning: where it is not, Cilium lets it pass and Envoy does not. */
function endOf(first: number): fc.Arbitrary<number> {
  const behind = [...PORTS, 9000, 65_535].filter((last) => last >= first);
  return rarely(20, fc.constantFrom(1, 79, 80, 8080), fc.constantFrom(0, ...behind));
}

const range = port.chain((first) => endOf(first).map((endPort) => ({ port: String(first), endPort })));

type Ports = readonly object[];

/** What the types of the policies do not allow. */
const mistypedPort = fc.constantFrom<object>({ port: 80 }, { port: "80", endPort: "90" }, { port: ["80"] });

/** Ports without protocol: a name hardly ever begins a range. */
const portRange = rarely<object>(
  300,
  often<object>([6, sometimes({ port: [80, malformedPort], endPort: [20, endOf(1)] })], [1, mistypedPort]),
  often<object>(
    [35, fc.record({ port: portNumber })],
    [6, range],
    [1, fc.record({ port: portNumber, endPort: endOf(0) })],
    [8, rarely<object>(20, fc.record({ port: portName, endPort: endOf(80) }), fc.record({ port: portName }))],
  ),
);

/** As many ports as there may be, and one more. */
const manyPorts = fc
  .constantFrom(40, 41)
  .map((length) => Array.from({ length }, (_, index) => ({ port: String(8041 + index), protocol: "TCP" })));

/** The ports of an element of `toPorts`. */
const ports: fc.Arbitrary<Ports> = rarely<Ports>(
  300,
  manyPorts,
  few(
    fc
      .tuple(portRange, sometimes({ protocol: [80, protocol] }))
      .map((parts) => Object.assign({}, ...parts) as object),
    2,
  ),
);

/** Ports that rules of layer 7 can be for: mostly, because Cilium rejects the others. */
const tcpPorts: fc.Arbitrary<Ports> = rarely(
  40,
  ports,
  few(
    often<object>(
      [20, fc.record({ port: port.map(String), protocol: fc.constant("TCP") })],
      [3, fc.record({ port: portName, protocol: fc.constant("TCP") })],
      [1, range.map((ports) => ({ ...ports, protocol: "TCP" }))],
    ),
    2,
    1,
  ),
);

/** One rule twice can make Cilium 1.20 leave out others. */
const http = rarely(
  40,
  few(httpRule, 3),
  fc.uniqueArray(httpRule, { maxLength: 3, selector: (rule) => JSON.stringify(rule) }),
).map((rules) => ({ http: rules }));

const otherParsers = fc.constantFrom<object>(
  { kafka: [{ topic: "records" }] },
  { kafka: [] },
  { dns: [{ matchPattern: "*" }] },
  { dns: [{ matchName: "example.com" }] },
  { l7proto: "r2d2", l7: [{ cmd: "READ" }] },
  { l7proto: "r2d2" },
  { l7: [{ cmd: "READ" }] },
  { http: [{}], dns: [{ matchPattern: "*" }] },
  { http: [], kafka: [] },
  {},
);

const layer7 = fc
  .tuple(tcpPorts, often<object>([30, http], [1, otherParsers]))
  .map(([list, rules]) => ({ ports: list, rules }));

const extras = rarely<object>(
  240,
  fc.constantFrom<object>(
    { serverNames: ["fhir.example.com"] },
    { serverNames: [""] },
    { serverNames: ["*.example.com", "**.example.com"] },
    { originatingTLS: { secret: { name: "authority" }, trustedCA: "ca.crt" } },
    {
      originatingTLS: { secret: { name: "authority", namespace: "alpha" } },
      terminatingTLS: { secret: { name: "certificate", namespace: "alpha" }, certificate: "tls.crt" },
      serverNames: ["fhir.example.com"],
    },
    { terminatingTLS: { secret: { name: "certificate", namespace: "alpha" } } },
    { listener: { envoyConfig: { kind: "CiliumEnvoyConfig", name: "proxy" }, name: "listener" } },
    {
      listener: {
        envoyConfig: { kind: "CiliumClusterwideEnvoyConfig", name: "proxy" },
        name: "other",
        priority: 3,
      },
    },
    { listener: { envoyConfig: { name: "proxy" }, name: "listener", priority: 101 } },
    { listener: { envoyConfig: { kind: "Proxy", name: "proxy" }, name: "listener" } },
  ),
  fc.constant({}),
);

/** An element of `toPorts`. */
const portRule = fc
  .tuple(often<object>([1, sometimes({ ports: [95, ports] })], [3, layer7]), extras)
  .map(([rule, more]) => ({ ...rule, ...more }));

const deniedPort = sometimes({ ports: [95, ports] });

const icmp = sometimes({
  fields: [
    95,
    few(
      sometimes({
        family: [50, rarely(20, fc.constant("IPv5"), fc.constantFrom("IPv4", "IPv6"))],
        type: [
          100,
          rarely<number | string>(
            20,
            fc.constant("Ping"),
            fc.constantFrom<number | string>("EchoRequest", "EchoReply", 0, 8, 80, "8"),
          ),
        ],
      }),
      2,
    ),
  ],
});

/** What an element of `ingress` or `egress` says of ports: nothing, something of `toPorts`, or of `icmps`. */
export const allowedPorts = often<object>(
  [2, fc.constant({})],
  [14, few(portRule, 2, 1).map((toPorts) => ({ toPorts }))],
  [
    1,
    rarely<object>(
      4,
      fc.constant({ toPorts: [], icmps: [] }),
      few(icmp, 1).map((icmps) => ({ icmps })),
    ),
  ],
);

/** The same of an element that denies. */
export const deniedPorts = often<object>(
  [3, fc.constant({})],
  [6, few(deniedPort, 2, 1).map((toPorts) => ({ toPorts }))],
  [1, few(icmp, 1).map((icmps) => ({ icmps }))],
);
