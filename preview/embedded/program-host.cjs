// Runs a program by the SDK's own host script: `node program-host.cjs SCRIPT ARGUMENTS`, where the script is the SDK's
// cmd/run. What the script has to load for every program, and hardly any program needs, is put off.
require("./exit-with-parent.cjs");
const Module = require("node:module");
const { dirname, join } = require("node:path");
const lazySdk = require("./lazy-sdk.cjs");
const unknownResults = require("./unknown-results.cjs");

const [node, , script, ...args] = process.argv;
process.argv = [node, script, ...args];
const sdk = join(dirname(script), "..", "..");
lazySdk(sdk);
unknownResults(sdk);

if (process.env.PULUMI_NODEJS_TYPESCRIPT !== "true") {
  // Node strips types in place, so there is nothing to map, and Pulumi takes a stack trace of every promise.
  const maps = Module.createRequire(script).resolve("source-map-support/register");
  require.cache[maps] = Object.assign(new Module(maps), { filename: maps, loaded: true });
}

require(script);
