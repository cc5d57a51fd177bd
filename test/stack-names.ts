/** The stacks of this repository. A user's own stack files are not the tests' concern. */
export const STACK_NAMES = ["kind", "prod", "prod-signing", "tutorial"] as const;
