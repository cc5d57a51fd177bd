// Runs a policy pack, `node pack-host.cjs DIRECTORY`, as Pulumi's host does (cmd/run-policy-pack), except that Node strips
// the types, which Pulumi's host checks on every run. The pack prints its port. Writes to file descriptor 3 whether the
// pack has loaded, or its error.
const channel = require("./exit-with-parent.cjs");
const { createRequire } = require("node:module");
const { dirname, join } = require("node:path");
const lazySdk = require("./lazy-sdk.cjs");

function fail(error) {
  console.error(error);
  const message = error instanceof Error ? error.message : String(error);
  channel.write(`${JSON.stringify({ failed: message })}\n`, () => process.exit(1));
}

process.on("uncaughtException", fail);
const directory = process.argv[2];
const load = async () => {
  const requirePack = createRequire(join(directory, "package.json"));
  lazySdk(dirname(requirePack.resolve("@pulumi/pulumi/package.json")));
  return requirePack(directory);
};
load().then(() => channel.write(`${JSON.stringify({ loaded: true })}\n`), fail);
