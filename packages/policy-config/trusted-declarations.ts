import {
  ADMISSION_POLICY,
  allowedPatterns,
  propertyAt,
  ATTESTOR,
  listItems,
  type Resource,
  resourceName,
  ROOT,
  admissionRules,
} from "@attested-fhir/stack-model";
import type { Trust } from "./trusted-signers.ts";

/** What the pack trusts because the program declares it, and no configuration pins it. */
export interface TrustedDeclaration {
  readonly declaration: "attestors" | "signers" | "unattestedImages";
  readonly values: readonly string[];
}

/** What of a stack's resources the pack trusts for want of a pin; sections with nothing in them are left out. */
export function trustedDeclarations(
  resources: readonly Pick<Resource, "type" | "props">[],
  pinned: Trust,
): readonly TrustedDeclaration[] {
  const found = resources.map(declarationsIn);
  return (["attestors", "signers", "unattestedImages"] as const).flatMap((declaration) => {
    const texts = found.flatMap((one) => one[declaration]).filter((one) => typeof one === "string");
    const values = [...new Set(texts)].sort();
    return pinned[declaration] !== undefined || values.length === 0 ? [] : [{ declaration, values }];
  });
}

function declarationsIn({ type, props }: Pick<Resource, "type" | "props">) {
  const policy = type === ADMISSION_POLICY ? [{ urn: "", name: "", type, props }] : [];
  const root = type === ROOT ? [props] : [];
  return {
    attestors: [
      ...root.flatMap((one) =>
        listItems(propertyAt(one, "attestors")).map((attestor) => propertyAt(attestor, "name")),
      ),
      ...policy.flatMap(admissionRules).flatMap(({ attestors }) => attestors),
      ...(type === ATTESTOR
        ? [resourceName(propertyAt(props, "name"), propertyAt(props, "project"), "attestors")]
        : []),
    ],
    signers: root.map((one) => propertyAt(one, "signer")),
    unattestedImages: [
      ...root.flatMap((one) =>
        listItems(propertyAt(one, "unattestedImages")).map((image) => propertyAt(image, "image")),
      ),
      ...policy.flatMap(allowedPatterns),
    ],
  };
}
