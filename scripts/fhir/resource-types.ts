import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename } from "node:path";
import ts from "typescript";
import { FHIR_VERSIONS, type FhirVersion } from "../../components/fhir/resource-types.ts";
import { UserError } from "../../preview/user-error.ts";

/** The union of all resource types in `@types/fhir`. */
const UNION = "FhirResource";

/**
 * The resource types of FHIR as components/fhir/resource-types.txt has them: one to a line, each with the versions
 * that define it.
 *
 * Source: the declarations of `@types/fhir`, which are generated from FHIR's own StructureDefinitions.
 *
 * @throws UserError when the declarations of a version name no resource types
 */
export async function resourceTypeLines(): Promise<string> {
  const versionsOf = new Map<string, FhirVersion[]>();
  for (const version of FHIR_VERSIONS) {
    const file = declarationsOf(version);
    for (const name of resourceTypesIn(file, await readFile(file, "utf8"))) {
      versionsOf.set(name, [...(versionsOf.get(name) ?? []), version]);
    }
  }
  return [...versionsOf.keys()]
    .sort()
    .map((name) => `${[name, ...(versionsOf.get(name) ?? [])].join(" ")}\n`)
    .join("");
}

/** The declarations of one version, where npm has put them. */
function declarationsOf(version: FhirVersion): string {
  return createRequire(import.meta.url).resolve(`@types/fhir/${version.toLowerCase()}.d.ts`);
}

/**
 * The members of the union of all resource types.
 *
 * @throws UserError when the text declares no such union of names
 */
export function resourceTypesIn(file: string, declarations: string): string[] {
  const source = ts.createSourceFile(file, declarations, ts.ScriptTarget.Latest);
  const union = source.statements.find(
    (statement) => ts.isTypeAliasDeclaration(statement) && statement.name.text === UNION,
  );
  const members =
    union !== undefined && ts.isTypeAliasDeclaration(union) && ts.isUnionTypeNode(union.type)
      ? union.type.types
      : [];
  const names = members.flatMap((member) =>
    ts.isTypeReferenceNode(member) && ts.isIdentifier(member.typeName) ? [member.typeName.text] : [],
  );
  if (names.length > 0 && names.length === members.length) return names;
  throw new UserError(`${basename(file)} of @types/fhir declares no union ${UNION} of resource types.`);
}
