import {
  ADMISSION_POLICY,
  admissionRules,
  allowedPatterns,
  ATTESTOR,
  listItems,
  propertyAt,
  type Resource,
  resourceName,
  UNKNOWN,
} from "@attested-fhir/stack-model";
import {
  attestorFault,
  keyFault,
  noteFault,
  type Trust,
  unattestedFault,
} from "@attested-fhir/policy-config";
import { googleApiDocs } from "../../frameworks.ts";
import type { ResourceGuardrail } from "../../guardrail.ts";

/** The guardrail that keeps attestors and admission policies within what the pack's configuration pins. */

export const attestorsPinned: ResourceGuardrail = {
  kind: "resource",
  name: "attestors-pinned",
  description:
    "Admission policies require and exempt only what the pack's configuration pins, and attestors have the pinned note and keys only.",
  severity: "critical",
  enforcement: "mandatory",
  exemptible: false,
  framework: googleApiDocs("Binary Authorization API", "v1", "AdmissionRule", "requireAttestationsBy"),
  remediation: [
    "Require the pinned attestors in the admission policy, and give the attestor its pinned note and keys.",
    "If another is to be trusted from now on, have the owners of stacks/policy.<stack>.json pin it there.",
  ],
  types: [ADMISSION_POLICY, ATTESTOR],
  check(resource, report, { trust: pinned }) {
    const faults =
      resource.type === ATTESTOR ? attestorFaults(pinned, resource) : admissionFaults(pinned, resource);
    for (const fault of faults) if (fault !== undefined) report(fault);
  },
};

function attestorFaults(pinned: Trust, { props }: Resource): readonly (string | undefined)[] {
  const project = propertyAt(props, "project");
  const name = resourceName(propertyAt(props, "name"), project, "attestors");
  const fault = attestorFault(pinned, name);
  if (fault !== undefined) return [fault];
  const authority = propertyAt(props, "attestationAuthorityNote");
  const keys = listItems(propertyAt(authority, "publicKeys"));
  return [
    noteFault(pinned, name, resourceName(propertyAt(authority, "noteReference"), project, "notes")),
    ...keys.map((key) =>
      keyFault(pinned, name, {
        id: propertyAt(key, "id"),
        pem: propertyAt(key, "pkixPublicKey", "publicKeyPem"),
      }),
    ),
  ];
}

function admissionFaults(pinned: Trust, policy: Resource): readonly (string | undefined)[] {
  const required = admissionRules(policy).flatMap(({ called, attestors }) =>
    // One that is unknown is reported by admission-rule-requires-attestation, pinned or not.
    attestors
      .filter((name) => name !== UNKNOWN)
      .map((name) => prefixed(`${called}: `, attestorFault(pinned, name))),
  );
  const exempted = allowedPatterns(policy).map((pattern) =>
    prefixed("the allow-list: ", unattestedFault(pinned, pattern)),
  );
  return [...required, ...exempted];
}

function prefixed(prefix: string, fault: string | undefined): string | undefined {
  return fault === undefined ? undefined : `${prefix}${fault}`;
}
