import type { Peer } from "./peers.ts";
import type { PortRange } from "./ports.ts";
import type { Entry, Layer7 } from "./rules.ts";

/** One entry of one rule: peers, ports, and perhaps L7 rules. */
export interface Clause {
  readonly entry: Entry;
  readonly peers: readonly Peer[];
  readonly range: PortRange;
  readonly layer7: Layer7 | undefined;
}
