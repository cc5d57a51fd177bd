import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generatedPages } from "./pages.ts";

/** `npm run docs`: writes the documents that are generated from doc comments and metadata. */

const root = join(import.meta.dirname, "../..");
for (const { file, text } of await generatedPages(root)) writeFileSync(join(root, file), text);
