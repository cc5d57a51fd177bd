// Pulumi's SDK eagerly loads what serializes closures: npm's dependency tree, the TypeScript compiler, an inspector
// session. Only programs with closure-based dynamic providers use it, so it is loaded lazily here. It dominates the time
// to load the SDK, and an inspector session disables Node's compile cache.
const { existsSync } = require("node:fs");
const Module = require("node:module");
const { join } = require("node:path");

/** Removes a module from the cache, so that the next require loads it. */
function unloadModule(file) {
  Reflect.deleteProperty(require.cache, file);
}

/** Puts a module with these exports into the cache without loading it. */
function replaceModule(file, exports) {
  require.cache[file] = Object.assign(new Module(file), { filename: file, loaded: true, exports });
}

/** Loads a module only when one of its functions is first called. */
function postpone(file, names) {
  const load = () => {
    unloadModule(file);
    const real = require(file);
    Object.assign(exports, real);
    return real;
  };
  const exports = { __esModule: true };
  for (const name of names) exports[name] = (...args) => load()[name](...args);
  replaceModule(file, exports);
}

/** The URLs of all scripts by id, as Pulumi looks them up. */
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
    unloadModule(file);
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
  replaceModule(file, exports);
}

/**
 * Disables the stack traces that the SDK captures of every promise and shows only with PULUMI_DEBUG_PROMISE_LEAKS: they
 * take a quarter of the time that a resource costs a program.
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

/** The functions of the lazily loaded modules that the rest of the SDK uses. */
const POSTPONED = {
  "runtime/closure/codePaths.js": ["computeCodePaths"],
  "runtime/closure/serializeClosure.js": ["serializeFunction", "serializeFunctionAsync"],
};

/**
 * Loads rarely used modules lazily. A version of the SDK without these files is left unchanged.
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
