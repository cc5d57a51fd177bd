// Pulumi's SDK loads what it turns functions into text with whenever it is loaded itself: npm's dependency tree, the
// TypeScript compiler, a debugger. A program needs that only if it declares a dynamic provider by closures, so it is put
// off here until then. It is most of what loading the SDK takes, and a debugger keeps Node from using what it has
// compiled before.
const { existsSync } = require("node:fs");
const Module = require("node:module");
const { join } = require("node:path");

/** Has a module be there no more, so that the next who asks for it loads it. */
function takeAway(file) {
  Reflect.deleteProperty(require.cache, file);
}

/** Has a module be there without being loaded; `exports` stands for what it exports. */
function standIn(file, exports) {
  require.cache[file] = Object.assign(new Module(file), { filename: file, loaded: true, exports });
}

/** Has a module be loaded when one of its functions is first called. */
function postpone(file, names) {
  const load = () => {
    takeAway(file);
    const real = require(file);
    Object.assign(exports, real);
    return real;
  };
  const exports = { __esModule: true };
  for (const name of names) exports[name] = (...args) => load()[name](...args);
  standIn(file, exports);
}

/** URLs of all scripts by their numbers, as Pulumi asks for them: whenever it is asked, they are all there. */
function scriptUrls() {
  const { Session } = require("node:inspector");
  const urls = new Map();
  const session = new Session();
  session.connect();
  session.on("Debugger.scriptParsed", ({ params }) => urls.set(params.scriptId, params.url));
  session.post("Debugger.enable");
  return urls;
}

function postponeDebugger(file) {
  let urls;
  const session = () => {
    takeAway(file);
    const real = require(file);
    urls ??= scriptUrls();
    exports.getSessionAsync = real.getSessionAsync;
    return real.getSessionAsync();
  };
  const exports = {
    __esModule: true,
    isInitializedAsync: () => Promise.resolve(),
    getSessionAsync: session,
    getScriptUrl: (id) => urls?.get(id),
  };
  standIn(file, exports);
}

/**
 * Has the SDK take no stack traces of its promises. It takes one of each, and shows them only to who asks for them by
 * PULUMI_DEBUG_PROMISE_LEAKS; they are a quarter of what a resource costs a program.
 */
function withoutTraces(file) {
  const debuggable = require(file);
  if (debuggable.debugPromiseLeaks) return;
  const { debuggablePromise } = debuggable;
  debuggable.debuggablePromise = (promise, context) => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  };
}

/** The functions of the postponed modules that the rest of the SDK uses. */
const POSTPONED = {
  "runtime/closure/codePaths.js": ["computeCodePaths"],
  "runtime/closure/serializeClosure.js": ["serializeFunction", "serializeFunctionAsync"],
};

/**
 * Puts off what a program hardly ever needs. A version of the SDK that has not these files is left as it is.
 *
 * @param {string} sdk directory of @pulumi/pulumi
 */
module.exports = function lazySdk(sdk) {
  const files = Object.entries(POSTPONED).map(([file, names]) => [join(sdk, file), names]);
  const hooks = join(sdk, "runtime/closure/v8Hooks.js");
  const debuggable = join(sdk, "runtime/debuggable.js");
  if (![hooks, debuggable, ...files.map(([file]) => file)].every((file) => existsSync(file))) return;
  for (const [file, names] of files) postpone(file, names);
  postponeDebugger(hooks);
  withoutTraces(debuggable);
};
