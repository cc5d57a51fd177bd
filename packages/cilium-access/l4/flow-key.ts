import type { Identity } from "../identity/identity.ts";
import type { Protocol } from "../api/ports.ts";

/** A peer and a port. */
export interface FlowKey {
  readonly peer: Identity;
  readonly protocol: Protocol;
  readonly port: number;
  /** The number behind a port's name; 0 when there is none. */
  readonly named: (name: string, protocol: Protocol) => number;
  /** All numbers that a port's name has for any peer. */
  readonly namedAnywhere: (name: string, protocol: Protocol) => readonly number[];
}
