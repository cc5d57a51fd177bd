import type { Peer } from "../api/peers.ts";
import type { PortRange } from "../api/ports.ts";
import type { Entry, Layer7 } from "../api/rules.ts";

/** One entry of one rule: peers, ports, and perhaps L7 rules. */
export interface Clause {
  readonly entry: Entry;
  readonly peers: readonly Peer[];
  readonly range: PortRange;
  readonly layer7: Layer7 | undefined;
}
