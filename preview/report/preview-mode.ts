/**
 * The mode of a preview, and its baseline. `engine`: Pulumi's engine with the real providers. `embedded`: without either.
 */
export type Mode =
  | { readonly kind: "engine"; readonly comparedWith: Baseline }
  | {
      readonly kind: "embedded";
      /** Why embedded mode was chosen. */
      readonly because: string;
      readonly comparedWith: Extract<Baseline, { readonly kind: "nothing" }>;
      /** What only the engine knows. */
      readonly notKnown: readonly string[];
    };

/** `state`: the stack's state in a backend. `nothing`: an empty state, so that every resource is to be created. */
export type Baseline =
  | { readonly kind: "state"; readonly backend: string; readonly stack: string }
  | {
      readonly kind: "nothing";
      readonly because: string;
      /** The commands that would provide a state, if any: `pulumi login`. */
      readonly remediation?: string;
    };
