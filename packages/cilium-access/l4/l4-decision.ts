import type { PolicyEntry } from "../policy/policy-entry.ts";

/** What layers 3 and 4 say about one peer and one port. */
export type L4Decision =
  /** Nothing is enforced here. */
  | { readonly kind: "notEnforced" }
  /** Every packet is dropped: rules deny it, or none allows it. */
  | { readonly kind: "dropped"; readonly deniedBy: readonly PolicyEntry[] }
  /** Everything passes, whatever is sent. */
  | {
      readonly kind: "open";
      readonly by: readonly PolicyEntry[] | "all-peers" | "host";
      /** Whether it goes through the proxy, which then answers what it finds wrong; undefined when it only may. */
      readonly proxied: boolean | undefined;
    }
  /** The connection is let through, and each request is looked at. */
  | {
      readonly kind: "http";
      readonly clauses: readonly PolicyEntry[];
      /** What else may let a request pass. */
      readonly unless: string | undefined;
    }
  /** It depends on something that is not known here. */
  | { readonly kind: "undecided"; readonly why: string; readonly clauses: readonly PolicyEntry[] };
