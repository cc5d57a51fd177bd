import type { PortRange } from "./ports.ts";
import { rejectPolicy } from "./invalid-policy-error.ts";
import type { PortEntry } from "./rules.ts";

/** An element of `icmps`. */
export interface IcmpDocument {
  readonly fields?:
    readonly { readonly family?: string | undefined; readonly type: number | string }[] | undefined;
}

const MAX_FIELDS = 40;

// IANA, ICMP and ICMPv6 parameters; the names are Cilium's: pkg/policy/api/icmp.go.
const IPV4: ReadonlyMap<string, number> = new Map(
  Object.entries({
    EchoReply: 0,
    DestinationUnreachable: 3,
    Redirect: 5,
    Echo: 8,
    EchoRequest: 8,
    RouterAdvertisement: 9,
    RouterSelection: 10,
    TimeExceeded: 11,
    ParameterProblem: 12,
    Timestamp: 13,
    TimestampReply: 14,
    Photuris: 40,
    ExtendedEchoRequest: 42,
    ExtendedEchoReply: 43,
  }),
);

const IPV6: ReadonlyMap<string, number> = new Map(
  Object.entries({
    DestinationUnreachable: 1,
    PacketTooBig: 2,
    TimeExceeded: 3,
    ParameterProblem: 4,
    EchoRequest: 128,
    EchoReply: 129,
    MulticastListenerQuery: 130,
    MulticastListenerReport: 131,
    MulticastListenerDone: 132,
    RouterSolicitation: 133,
    RouterAdvertisement: 134,
    NeighborSolicitation: 135,
    NeighborAdvertisement: 136,
    RedirectMessage: 137,
    RouterRenumbering: 138,
    ICMPNodeInformationQuery: 139,
    ICMPNodeInformationResponse: 140,
    InverseNeighborDiscoverySolicitation: 141,
    InverseNeighborDiscoveryAdvertisement: 142,
    HomeAgentAddressDiscoveryRequest: 144,
    HomeAgentAddressDiscoveryReply: 145,
    MobilePrefixSolicitation: 146,
    MobilePrefixAdvertisement: 147,
    DuplicateAddressRequestCodeSuffix: 157,
    DuplicateAddressConfirmationCodeSuffix: 158,
    ExtendedEchoRequest: 160,
    ExtendedEchoReply: 161,
  }),
);

/**
 * Reads an element of `icmps`: a type of message stands where other protocols have a port.
 *
 * @throws InvalidPolicyError when Cilium would not take it
 */
export function icmpEntry({ fields = [] }: IcmpDocument, at: string): PortEntry {
  if (fields.length > MAX_FIELDS) rejectPolicy(at, `has ${fields.length} fields, and may have ${MAX_FIELDS}`);
  const ranges = fields.map(({ family = "", type }, index): PortRange => {
    const here = `${at}.fields[${index}]`;
    if (family !== "" && family !== "IPv4" && family !== "IPv6") {
      rejectPolicy(here, `family "${family}" is neither IPv4 nor IPv6`);
    }
    const names = family === "IPv6" ? IPV6 : IPV4;
    const number = /^\d+$/.test(String(type)) ? Number(type) : names.get(String(type));
    if (number === undefined)
      rejectPolicy(here, `unknown ICMP type "${type}" of ${family === "" ? "IPv4" : family}`);
    return { protocol: family === "IPv6" ? "ICMPV6" : "ICMP", port: number, endPort: 0 };
  });
  return { ranges };
}
