// Runs a program with the SDK's run script, `node program-host.cjs SCRIPT ARGUMENTS`, where SCRIPT is the SDK's cmd/run,
// and loads rarely used modules of the SDK lazily.
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
  // Node strips types in place, so source maps have no effect, but they slow down the stack trace of every promise.
  const maps = Module.createRequire(script).resolve("source-map-support/register");
  require.cache[maps] = Object.assign(new Module(maps), { filename: maps, loaded: true });
}

require(script);
