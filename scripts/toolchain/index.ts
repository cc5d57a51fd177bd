import { join } from "node:path";
import { thrownMessage } from "../../preview/user-error.ts";
import { toolchainCommand } from "./command.ts";

/** `npm run toolchain [-- --install]`. Exit code 0 when there is a Pulumi CLI, 2 when there is none. */

const repository = join(import.meta.dirname, "..", "..");

try {
  await toolchainCommand(process.argv.slice(2), process.env, repository, {
    say: (text) => process.stdout.write(`${text}\n`),
    warn: (text) => process.stderr.write(`warning: ${text}\n`),
  });
} catch (error) {
  process.stderr.write(`${thrownMessage(error)}\n`);
  process.exitCode = 2;
}
