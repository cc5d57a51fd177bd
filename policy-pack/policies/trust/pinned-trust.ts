import {
  ADMISSION_POLICY,
  allowedPatterns,
  propertyAt,
  ATTESTOR,
  type Declaration,
  readDeclaration,
  listItems,
  type PinnedAttestor,
  type Resource,
  resourceName,
  ROOT,
  admissionRules,
  STACK,
  UNKNOWN,
} from "@attested-fhir/stack-model";
import {
  attestorFault,
  type Configuration,
  keyFault,
  loweredTexts,
  noteFault,
  readTrust,
  signerFault,
  type Trust,
  TRUST_PROPERTIES,
  unattestedFault,
} from "@attested-fhir/policy-config";
import { googleApiDocs, pulumiDocs } from "../../frameworks.ts";
import type { ResourceGuardrail } from "../../guardrail.ts";

/** Guardrails that keep a program within what the pack's configuration pins; without a configuration they have nothing to say. */

type Report = (message: string) => void;

export const trust: ResourceGuardrail = {
  kind: "resource",
  name: "trust",
  description:
    "No attestor, key, signer or unattested image is declared that the pack's configuration does not pin, and no level is lowered that it fixes.",
  severity: "critical",
  enforcement: "mandatory",
  framework: pulumiDocs("Policy pack configuration", "--policy-pack-config"),
  remediation: [
    "Take out of the stack file what is not pinned, or out of stacks/policy.<stack>.json what lowers an enforcement level.",
    "If it is to be trusted from now on, have the owners of stacks/policy.<stack>.json pin it there.",
  ],
  parameters: {
    properties: TRUST_PROPERTIES,
    faults(parameters) {
      const read = readTrust(parameters);
      return "faults" in read ? read.faults : [];
    },
  },
  types: [STACK, ROOT],
  check(resource, report, configuration) {
    if (resource.type === STACK) checkLevels(configuration, report);
    else checkDeclaration(resource, configuration.trust, report);
  },
};

function checkLevels({ trust: { enforcementLevels }, lowered }: Configuration, report: Report): void {
  if (enforcementLevels !== "fixed") return;
  for (const change of loweredTexts(lowered)) {
    report(
      `enforcement levels are lowered, which the pack's configuration forbids (enforcementLevels: fixed): ${change}`,
    );
  }
}

function checkDeclaration(root: Resource, pinned: Trust, report: Report): void {
  const { attestors, signers, unattestedImages } = pinned;
  if (attestors !== undefined)
    withSection(root, "attestors", report, (found) => {
      for (const attestor of found)
        for (const fault of declaredAttestorFaults(pinned, attestor)) report(fault);
    });
  // A stack that signs nothing declares no signer.
  if (signers !== undefined && propertyAt(root.props, "signer") !== undefined)
    withSection(root, "signer", report, (signer) => {
      tell(signerFault(pinned, signer), report);
    });
  if (unattestedImages !== undefined)
    withSection(root, "unattestedImages", report, (images) => {
      for (const { image } of images) tell(unattestedFault(pinned, image), report);
    });
}

function withSection<S extends keyof Declaration>(
  root: Resource,
  section: S,
  report: Report,
  use: (found: Declaration[S]) => void,
): void {
  const found = readDeclaration([root], section);
  if ("sections" in found) use(found.sections[section]);
  else report(`cannot be evaluated: ${found.fault} (treated as a violation)`);
}

function declaredAttestorFaults(pinned: Trust, { name, publicKeys }: PinnedAttestor): readonly string[] {
  const fault = attestorFault(pinned, name);
  const faults = fault !== undefined ? [fault] : publicKeys.map((key) => keyFault(pinned, name, key));
  return faults.flatMap((one) => one ?? []).map((one) => `the program declares what is not trusted: ${one}`);
}

function tell(fault: string | undefined, report: Report): void {
  if (fault !== undefined) report(`the program declares what is not trusted: ${fault}`);
}

export const attestorsPinned: ResourceGuardrail = {
  kind: "resource",
  name: "attestors-pinned",
  description:
    "Admission policies require and exempt only what the pack's configuration pins, and attestors have the pinned note and keys only.",
  severity: "critical",
  enforcement: "mandatory",
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
