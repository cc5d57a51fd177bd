// Runs a script of the SDK: `node leashed.cjs SCRIPT ARGUMENTS`. The process ends with the one that started it, however
// that ends.
require("../../preview/embedded/exit-with-parent.cjs");

const [node, , script, ...args] = process.argv;
process.argv = [node, script, ...args];
require(script);
