import { runAccessCommand } from "./access-command.ts";

/** `npm run access`: who may send which request to whom. */

// Whoever read the answer has seen enough: `npm run access -- … | head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

process.exitCode = await runAccessCommand(process.argv.slice(2), {
  env: process.env,
  input: process.stdin,
  write: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
});
