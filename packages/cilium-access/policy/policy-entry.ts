import type { PeerSelector } from "../api/peer-selector.ts";
import type { PortRange } from "../api/ports.ts";
import type { RuleEntry, Layer7 } from "../api/rules.ts";

/** One entry of one rule: peers, ports, and perhaps L7 rules. */
export interface PolicyEntry {
  readonly entry: RuleEntry;
  readonly peers: readonly PeerSelector[];
  readonly range: PortRange;
  readonly layer7: Layer7 | undefined;
}
