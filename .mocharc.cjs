/** Mocha's settings. Node strips the types of the tests as it does the program's; nothing is built. */
const inCi = Boolean(process.env.CI);

module.exports = {
  reporter: "./test/reporter.mjs",
  // Composes the tools, and fails in CI where a test is skipped that must not be.
  require: ["./test/toolchain/setup.ts"],
  forbidOnly: inCi,
  timeout: 10_000,
};
