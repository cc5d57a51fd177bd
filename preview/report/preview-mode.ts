/**
 * How the preview was made, and with which state it was compared. `engine`: by Pulumi's own engine with the real
 * providers. `embedded`: without either.
 */
export type Mode =
  | { readonly kind: "engine"; readonly comparedWith: Baseline }
  | {
      readonly kind: "embedded";
      /** Why it was chosen. */
      readonly because: string;
      readonly comparedWith: Extract<Baseline, { readonly kind: "nothing" }>;
      /** What this mode cannot know, as far as the engine could. */
      readonly notKnown: readonly string[];
    };

/** `state`: what the stack has in a backend. `nothing`: a throwaway state, so that everything is created. */
export type Baseline =
  | { readonly kind: "state"; readonly backend: string; readonly stack: string }
  | {
      readonly kind: "nothing";
      readonly because: string;
      /** The commands that would change that, where there are any: `pulumi login`. */
      readonly remediation?: string;
    };
