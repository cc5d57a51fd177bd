// What a provider's function would give is unknown in embedded mode. The SDK has a word for that in outputs, but gives an
// empty object to who calls the function directly (`getProject().then(…)`), so that whatever is read from it would count
// as absent. Here it gets a value of which every part is unknown, and which no text or loop can be made from.
const { existsSync } = require("node:fs");
const { join } = require("node:path");

function unknownResult(token) {
  const refuse = () => {
    throw new Error(
      `The result of ${token} is not known in embedded mode, and this program needs it: there is no provider to ask.`,
    );
  };
  const value = new Proxy(
    { __pulumiUnknown: true },
    {
      get: (target, name) => {
        if (name === Symbol.toPrimitive || name === Symbol.iterator) return refuse;
        // A promise that gives this value must not take it for another promise.
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
 * Has direct calls of functions give unknown results where nobody answers them.
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
