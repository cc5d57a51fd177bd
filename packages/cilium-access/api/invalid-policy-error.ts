/** A policy that Cilium rejects. It is ignored. */
export class InvalidPolicyError extends Error {
  constructor(at: string, message: string) {
    super(at === "" ? message : `${at}: ${message}`);
    this.name = "InvalidPolicyError";
  }
}

/**
 * Refuses a policy.
 *
 * @param at where it stands in the policy: `spec.egress[0].toPorts[0]`
 * @param message what is wrong, and what would be right
 * @throws InvalidPolicyError always
 */
export function rejectPolicy(at: string, message: string): never {
  throw new InvalidPolicyError(at, message);
}
