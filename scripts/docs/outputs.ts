import ts from "typescript";
import { docComment, generatedPart, table } from "./markdown.ts";

/** The layers of infra/index.ts, by the variable that has what each returns. */
const LAYERS: Readonly<Record<string, string>> = { signed: "signing", running: "runtime", serving: "fhir" };

/**
 * docs/stacks.md: its table of outputs, from the doc comments in the program; the text around it is kept.
 *
 * @param page the document as it is
 * @param program the text of infra/index.ts
 * @throws Error when an output has no doc comment, or comes from no layer.
 */
export function stacksPage(page: string, program: string): string {
  const rows = outputsIn(program).map(({ name, layer, meaning }) => [`\`${name}\``, layer, meaning]);
  return page.replace(generatedPart("outputs"), (_, start: string, end: string) => {
    return `${start}\n${table(["Output", "Layer", "Meaning"], rows)}\n\n${end}`;
  });
}

interface Output {
  readonly name: string;
  readonly layer: string;
  readonly meaning: string;
}

function outputsIn(program: string): Output[] {
  const source = ts.createSourceFile("index.ts", program, ts.ScriptTarget.Latest, true);
  const declarations = source.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations]);
  const outputs = declarations.find(({ name }) => name.getText() === "outputs")?.initializer;
  if (outputs === undefined || !ts.isObjectLiteralExpression(outputs)) {
    throw new Error("infra/index.ts declares no object outputs");
  }
  return outputs.properties.map(outputFrom);
}

function outputFrom(property: ts.ObjectLiteralElementLike): Output {
  const name = property.name?.getText() ?? "";
  const meaning = docComment(property)?.replace(/\.$/, "");
  if (meaning === undefined) throw new Error(`infra/index.ts: the output ${name} has no doc comment`);
  const value = ts.isPropertyAssignment(property) ? property.initializer.getText() : "";
  const layer = LAYERS[/^(\w+)\?\./.exec(value)?.[1] ?? ""];
  if (layer === undefined)
    throw new Error(`infra/index.ts: the output ${name} comes from no layer: ${value}`);
  return { name, layer, meaning };
}
