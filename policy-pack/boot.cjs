// The policy host type-checks a TypeScript entry on every run. An entry in CommonJS leaves the stripping of types to Node.
module.exports = import("./index.ts");
