import { readFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { guardrails } from "../../policy-pack/list.ts";
import { componentsPage } from "./components.ts";
import { configurationPage } from "./configuration.ts";
import { guardrailsPage } from "./guardrails.ts";
import { stacksPage } from "./outputs.ts";
import { pulumiYaml } from "./pulumi-yaml.ts";
import { trustPage } from "./trust.ts";
import { stackFileSchema } from "./stack-schema.ts";

/** A file that is generated, or has a generated part. */
export interface Page {
  /** Relative to the checkout. */
  readonly file: string;
  readonly text: string;
}

/**
 * The files that are generated from doc comments, metadata and the schema of the stack file, formatted as the checkout's
 * are.
 *
 * @param root the checkout
 */
export async function generatedPages(root: string): Promise<Page[]> {
  const current = (file: string) => readFileSync(join(root, file), "utf8");
  const pages = {
    "Pulumi.yaml": pulumiYaml(current("Pulumi.yaml")),
    "docs/components.md": componentsPage(root),
    "docs/configuration.md": configurationPage(current("docs/configuration.md")),
    "docs/guardrails.md": guardrailsPage(guardrails),
    "docs/stacks.md": stacksPage(current("docs/stacks.md"), current("infra/index.ts")),
    "docs/trust.md": trustPage(current("docs/trust.md")),
    "stacks/stack.schema.json": JSON.stringify(stackFileSchema()),
  };
  return Promise.all(
    Object.entries(pages).map(async ([file, text]) => {
      const filepath = join(root, file);
      const options = await resolveConfig(filepath, { editorconfig: true });
      return { file, text: await format(text, { ...options, filepath }) };
    }),
  );
}
