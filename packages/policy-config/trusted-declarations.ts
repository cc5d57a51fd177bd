import {
  ADMISSION_POLICY,
  admissionRules,
  allowedPatterns,
  ATTESTOR,
  type Declaration,
  listItems,
  propertyAt,
  readDeclaration,
  type Resource,
  resourceName,
  roleHolders,
  ROOT,
} from "@attested-fhir/stack-model";
import { listed } from "./listed.ts";
import { grantText } from "./grant-text.ts";
import type { Trust } from "./trust-schema.ts";

/** What a declaration may be trusted for, in the order in which a report lists them. */
const SECTIONS = [
  "attestors",
  "signers",
  "unattestedImages",
  "projects",
  "grants",
  "allowedLocations",
  "systemNamespaces",
  "senders",
  "accessMode",
] as const;
type TrustedSection = (typeof SECTIONS)[number];

/** What the pack trusts because the program declares it, and no configuration pins it. */
export interface TrustedDeclaration {
  readonly declaration: TrustedSection;
  readonly values: readonly string[];
}

type Seen = Pick<Resource, "type" | "props">;

/** What of a stack's resources the pack trusts for want of a pin; sections with nothing in them are left out. */
export function trustedDeclarations(
  resources: readonly Seen[],
  pinned: Trust,
): readonly TrustedDeclaration[] {
  const found = resources.map(declarationsIn);
  return SECTIONS.flatMap((declaration) => {
    const texts = found.flatMap((one) => one[declaration] ?? []).filter((one) => typeof one === "string");
    const values = [...new Set(texts)].sort();
    return pinned[declaration] !== undefined || values.length === 0 ? [] : [{ declaration, values }];
  });
}

/** What is trusted in one sentence, `attestors A, B; signers C`. */
export function trustedText(trusted: readonly TrustedDeclaration[]): string {
  const parts = trusted.map(({ declaration, values }) => `${declaration} ${listed(values)}`);
  return `Trusted as the program declares it, pinned by no policy pack configuration: ${parts.join("; ")}.`;
}

function declarationsIn({ type, props }: Seen): Partial<Record<TrustedSection, readonly unknown[]>> {
  const resource = { urn: "", name: "", type, props };
  if (type === ROOT) return declaredBy(resource);
  if (type === ADMISSION_POLICY) {
    return {
      attestors: admissionRules(resource).flatMap(({ attestors }) => attestors),
      unattestedImages: allowedPatterns(resource),
    };
  }
  if (type !== ATTESTOR) return {};
  return { attestors: [resourceName(propertyAt(props, "name"), propertyAt(props, "project"), "attestors")] };
}

function declaredBy(root: Resource): Partial<Record<TrustedSection, readonly unknown[]>> {
  const items = (section: string, field: string) =>
    listItems(propertyAt(root.props, section)).map((one) => propertyAt(one, field));
  const read = <S extends keyof Declaration>(section: S): Declaration[S] | undefined => {
    const found = readDeclaration([root], section);
    return "sections" in found ? found.sections[section] : undefined;
  };
  const mode = read("accessMode");
  return {
    attestors: items("attestors", "name"),
    signers: [propertyAt(root.props, "signer")],
    unattestedImages: items("unattestedImages", "image"),
    projects: roleHolders(read("roles") ?? {}).map(
      ({ role, project, serviceAccount }) =>
        `${project} for ${role}${serviceAccount === undefined ? "" : ` as ${serviceAccount}`}`,
    ),
    grants: read("grants")?.map(grantText) ?? [],
    allowedLocations: read("allowedLocations") ?? [],
    systemNamespaces: read("systemNamespaces")?.filter((one) => one !== "kube-system") ?? [],
    senders: read("senders") ?? [],
    accessMode: mode === "smart" ? [] : [mode],
  };
}
