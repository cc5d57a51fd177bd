import { join } from "node:path";
import { readBeside } from "../infra/beside.ts";
import { parseStack } from "../infra/config.ts";
import { ConfigError } from "../infra/mistakes.ts";
import { guardrails } from "../policy-pack/guardrails.ts";
import { main } from "./main.ts";

/** `npm run preview`: previews a stack of this repository and judges it by its policy pack. */

const repository = join(import.meta.dirname, "..");

await main(process.argv.slice(2), process.env, {
  repository,
  root: repository,
  policyPacks: [join(repository, "policy-pack")],
  guardrails,
  // The program's own check, before anything is started for a stack that is not well formed.
  validate: (file, data) => {
    try {
      parseStack({ file, data, readBeside, now: new Date() });
      return undefined;
    } catch (error) {
      if (error instanceof ConfigError) return error.message;
      throw error;
    }
  },
});
