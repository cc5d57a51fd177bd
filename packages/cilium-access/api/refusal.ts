/** A policy that Cilium rejects. It is ignored. */
export class Refusal extends Error {
  constructor(at: string, message: string) {
    super(at === "" ? message : `${at}: ${message}`);
    this.name = "Refusal";
  }
}

/**
 * Refuses a policy.
 *
 * @param at where it stands in the policy: `spec.egress[0].toPorts[0]`
 * @param message what is wrong, and what would be right
 * @throws Refusal always
 */
export function refuse(at: string, message: string): never {
  throw new Refusal(at, message);
}
