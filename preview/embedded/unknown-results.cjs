// The results of provider functions are unknown in embedded mode. The SDK represents that in outputs, but a direct call
// (`getProject().then(…)`) gets an empty object, so every property would count as absent. Here it gets a value whose
// properties are all unknown, and which throws when it is converted to a string or iterated.
const { existsSync } = require("node:fs");
const { join } = require("node:path");

function unknownResult(token) {
  const throwUnknown = () => {
    throw new Error(
      `The result of ${token} is unknown in embedded mode, which has no providers, and this program requires it.`,
    );
  };
  const value = new Proxy(
    { __pulumiUnknown: true },
    {
      get: (target, name) => {
        if (name === Symbol.toPrimitive || name === Symbol.iterator) return throwUnknown;
        // Without this, a promise that resolves to this value would treat it as a thenable.
        if (name === "then" || typeof name === "symbol") return undefined;
        return name in target ? target[name] : value;
      },
    },
  );
  return value;
}

const isEmpty = (result) =>
  result === undefined || (typeof result === "object" && result !== null && Object.keys(result).length === 0);

/**
 * Makes direct calls of provider functions return unknown results.
 *
 * @param {string} sdk directory of @pulumi/pulumi
 */
module.exports = function unknownResults(sdk) {
  const file = join(sdk, "runtime", "invoke.js");
  if (!existsSync(file)) return;
  const functions = require(file);
  for (const name of ["invoke", "invokeSingle"]) {
    const call = functions[name];
    functions[name] = async (token, ...rest) => {
      const result = await call(token, ...rest);
      return isEmpty(result) ? unknownResult(token) : result;
    };
  }
};
