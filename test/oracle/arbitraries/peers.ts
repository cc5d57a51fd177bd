import fc from "fast-check";
import { few, often, rarely, sometimes } from "./chances.ts";
import { NAMESPACES, selector } from "./selectors.ts";

const entity = rarely(
  450,
  fc.constantFrom("everyone", "World", ""),
  often(
    [
      8,
      fc.constantFrom("world", "host", "cluster", "all", "remote-node", "kube-apiserver", "health", "none"),
    ],
    [1, fc.constantFrom("init", "ingress", "unmanaged", "world-ipv4", "cluster-mesh")],
  ),
);

const block = often(
  [6, fc.constantFrom("0.0.0.0/0", "10.0.0.0/8", "10.96.0.0/12", "192.168.7.9/32", "::/0", "2001:db8::/32")],
  [1, fc.constantFrom("128.0.0.0/1", "0.0.0.0/1", "10.1.2.3/8")],
  // Bits after a prefix of no length.
  [1, fc.constantFrom("10.0.0.0/0", "0.0.0.1/0", "192.168.7.9/0", "0.0.0.0/0")],
);

/** A block of few addresses, of which some are asked about, with bits set after its prefix now and then. */
const small = fc
  .tuple(fc.integer({ min: 29, max: 32 }), fc.nat(7))
  .map(([bits, last]) => `192.168.7.${8 + last}/${bits}`);

/** Exceptions that may hold all of the block together, each alone, or more than the block. */
const exceptedSmall = fc
  .tuple(fc.integer({ min: 29, max: 31 }), fc.constantFrom(8, 12), few(small, 6, 1))
  .map(([bits, last, except]) => ({ cidr: `192.168.7.${last}/${bits}`, except }));

/** Blocks of which nothing remains. */
const exceptedAltogether = fc.constantFrom<object>(
  { cidr: "10.0.0.0/8", except: ["10.0.0.0/9", "10.128.0.0/9"] },
  { cidr: "10.0.0.0/8", except: ["10.0.0.0/8"] },
  { cidr: "10.0.0.0/8", except: ["10.0.0.1/0"] },
  { cidr: "10.1.2.3/8", except: ["10.9.9.9/8", "10.1.0.0/16"] },
  { cidr: "0.0.0.0/0", except: ["0.0.0.0/1", "128.0.0.0/1"] },
  { cidr: "10.0.0.0/0", except: ["0.0.0.0/0"] },
  { cidr: "192.168.7.8/31", except: ["192.168.7.8/32", "192.168.7.9/32"] },
  { cidr: "2001:db8::/32", except: ["2001:db8::/33", "2001:db8:8000::/33"] },
);

const cidr = rarely(
  450,
  fc.constantFrom("", "10.0.0.0/33", "10.0.0/8", "fe80::1%eth0", "world", "10.0.0.0/08"),
  often([4, block], [1, fc.constantFrom("10.0.0.1", "::1")]),
);

const cidrRule = rarely<object>(
  300,
  fc.constantFrom<object>(
    { cidr: "10.0.0.0/8", except: ["192.168.0.0/16"] },
    { cidr: "10.0.0.1" },
    { cidr: "10.0.0.0/8", except: ["0.0.0.0/0"] },
    { cidr: "10.0.0.0/8", except: ["nothing"] },
    {},
    { cidr: "10.0.0.0/8", cidrGroupRef: "offices" },
  ),
  often<object>(
    [4, block.map((text) => ({ cidr: text }))],
    [
      3,
      few(fc.constantFrom("10.0.0.0/8", "10.96.0.0/12", "192.168.0.0/16", "128.0.0.0/1"), 2).map(
        (except) => ({
          cidr: "0.0.0.0/0",
          except,
        }),
      ),
    ],
    [1, fc.constant({ cidr: "10.0.0.0/8", except: ["10.96.0.0/12"] })],
    [1, exceptedAltogether],
    [1, exceptedSmall],
  ),
);

const service = often<object>(
  [
    3,
    fc
      .constantFrom(...NAMESPACES)
      .map((namespace) => ({ k8sService: { serviceName: "external", namespace } })),
  ],
  [1, selector.map((labels) => ({ k8sServiceSelector: { selector: labels } }))],
);

const fqdn = rarely<object>(
  180,
  fc.constantFrom<object>(
    { matchName: "not a name" },
    { matchName: "example.com", matchPattern: "*.example.com" },
    { matchPattern: "(" },
  ),
  fc.constantFrom<object>({ matchName: "example.com" }, { matchPattern: "*.example.com" }, {}),
);

interface Named {
  readonly key: string;
  readonly list: readonly unknown[];
}

/** The peers of a rule: now and then an empty list, which matches no peer. */
function named(key: string, arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<Named> {
  return rarely(12, few(arbitrary, 0), few(arbitrary, 2, 1)).map((list) => ({ key, list }));
}

function peers(common: readonly (readonly [number, fc.Arbitrary<Named>])[], prefix: "from" | "to") {
  const one = often<Named>(
    [20, named(`${prefix}Endpoints`, selector)],
    [8, named(`${prefix}Entities`, entity)],
    [4, named(`${prefix}CIDR`, cidr)],
    [4, named(`${prefix}CIDRSet`, cidrRule)],
    [1, named(`${prefix}Nodes`, selector)],
    ...common,
  );
  const requires = named(`${prefix}Requires`, selector);
  return fc
    .tuple(
      often([4, few(one, 1, 1)], [3, few(one, 0)], [1, rarely(20, few(one, 2, 2), few(one, 1, 1))]),
      rarely(80, few(requires, 1, 1), few(requires, 0)),
    )
    .map(
      ([list, required]) =>
        Object.fromEntries([...list, ...required].map((it) => [it.key, it.list])) as Record<string, unknown>,
    );
}

/** The peers of an element of `ingress`: none, one kind of peers, or more, which Cilium rejects. */
export const fromPeers = peers([], "from");

/** Whom an element of `egress` names. */
export const toPeers = peers(
  [
    [2, named("toServices", service)],
    [1, named("toFQDNs", fqdn)],
  ],
  "to",
);

/** Whom an element of `egressDeny` names. */
export const toDeniedPeers = peers([[1, named("toServices", service)]], "to");

/** What a rule asks of the identity of its peers. */
export const authentication = sometimes({
  mode: [90, fc.constantFrom("disabled", "required", "test-always-fail")],
});
