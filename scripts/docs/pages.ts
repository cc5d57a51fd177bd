import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { guardrails } from "../../policy-pack/list.ts";
import { componentsPage } from "./components.ts";
import { guardrailsPage } from "./guardrails.ts";

/** A document that is generated. */
export interface Page {
  /** Relative to the checkout. */
  readonly file: string;
  readonly text: string;
}

/**
 * The documents that are generated from doc comments and metadata, formatted as the checkout's are.
 *
 * @param root the checkout
 */
export async function generatedPages(root: string): Promise<Page[]> {
  const pages = {
    "docs/components.md": componentsPage(root),
    "docs/guardrails.md": guardrailsPage(guardrails),
  };
  return Promise.all(
    Object.entries(pages).map(async ([file, text]) => {
      const options = await resolveConfig(join(root, file), { editorconfig: true });
      return { file, text: await format(text, { ...options, parser: "markdown" }) };
    }),
  );
}
