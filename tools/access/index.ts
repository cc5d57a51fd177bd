import { main } from "./main.ts";

/** `npm run access`: who may send which request to whom. */

process.exitCode = await main(process.argv.slice(2), {
  env: process.env,
  input: process.stdin,
  write: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
});
