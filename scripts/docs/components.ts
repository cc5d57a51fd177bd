import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { docComment, link, table } from "./markdown.ts";

/** A component as its source file declares it. */
interface ComponentDoc {
  readonly name: string;
  /** Relative to the checkout. */
  readonly file: string;
  /** The first sentence of its doc comment, without the full stop. */
  readonly declares: string;
}

const BASE_CLASS = "pulumi.ComponentResource";

/**
 * docs/components.md: a table of every exported component resource, from the first sentence of its doc comment.
 *
 * @throws Error when a component has no doc comment.
 */
export function componentsPage(root: string): string {
  const rows = componentDocs(root).map(({ name, file, declares }) => [
    `\`${name}\``,
    link(file, `../${file}`),
    declares,
  ]);
  return [
    "# Components",
    "Each row is the first sentence of the component's doc comment; the arguments with their shapes and defaults are in the file.",
    table(["Component", "File", "Declares"], rows),
  ].join("\n\n");
}

function componentDocs(root: string): ComponentDoc[] {
  return globSync("components/**/*.ts", { cwd: root, exclude: ["components/*/crds/**"] })
    .map((file) => file.replaceAll("\\", "/"))
    .sort()
    .flatMap((file) => {
      const source = ts.createSourceFile(
        file,
        readFileSync(join(root, file), "utf8"),
        ts.ScriptTarget.Latest,
        true,
      );
      return source.statements.filter(isComponent).map((component) => docOf(component, file));
    });
}

function isComponent(node: ts.Statement): node is ts.ClassDeclaration {
  if (!ts.isClassDeclaration(node)) return false;
  const isExported = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
  return (
    isExported &&
    (node.heritageClauses ?? []).some(({ types }) => types[0]?.expression.getText() === BASE_CLASS)
  );
}

function docOf(component: ts.ClassDeclaration, file: string): ComponentDoc {
  const name = component.name?.text ?? "";
  const text = docComment(component);
  if (text === undefined) throw new Error(`${file}: ${name} has no doc comment`);
  return { name, file, declares: /^(.*?)\.(?: |$)/.exec(text)?.[1] ?? text };
}
