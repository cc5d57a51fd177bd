/**
 * Prints how many milliseconds a preview of the stack `kind` takes to say who may ask whom: in the policy pack, and on the
 * page. A process of its own, as each preview is one: what is loaded and compiled for it counts.
 */

const started = performance.now();
const { accessEqualsGrants } = await import("../policy-pack/policies/access/access-equals-grants.ts");
const { denyAllBothDirections, everyPodPoliced, noWorldToFhir } =
  await import("../policy-pack/policies/cilium/isolation.ts");
const { breakGlassNeedsL7, l7NotShadowed } = await import("../policy-pack/policies/cilium/l7-openings.ts");
const { accessReport } = await import("../preview/report/access-report.ts");
const { UNCONFIGURED } = await import("@attested-fhir/policy-config");
const loaded = performance.now();

const { fhirStack } = await import("../test/policy-pack/fhir-stack.ts");
const { allCreated } = await import("../test/preview/observations.ts");
const resources = await fhirStack();
const asked = performance.now();
for (const guardrail of [
  accessEqualsGrants,
  denyAllBothDirections,
  everyPodPoliced,
  noWorldToFhir,
  l7NotShadowed,
  breakGlassNeedsL7,
]) {
  const fail = (message: string) => {
    throw new Error(`${guardrail.name}: ${message}`);
  };
  guardrail.check(resources, fail, UNCONFIGURED);
}
if (accessReport(allCreated(resources)) === undefined) throw new Error("kind has no policies");
console.log(loaded - started + performance.now() - asked);
