import { listed } from "@attested-fhir/policy-config";
import type { Resource } from "@attested-fhir/stack-model";

/**
 * A difference to what the pack's configuration pins, in one sentence.
 *
 * @param what the resource does, `sets project to "other"`
 * @param section of the configuration, `projects`
 * @param pins what stands there
 */
export function pinFault({ name }: Resource, what: string, section: string, pins: readonly string[]): string {
  const allowed = pins.length === 0 ? `no ${section}` : `${section} ${listed(pins)}`;
  return `${name} ${what}, and the policy pack's configuration pins ${allowed}`;
}
