import { runAccessCommand } from "./access-command.ts";

/** `npm run access`: which client may send which request to which server. */

// The reader closed the pipe: `npm run access -- … | head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

process.exitCode = await runAccessCommand(process.argv.slice(2), {
  env: process.env,
  input: process.stdin,
  write: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
});
