/** Mocha's settings. Node strips the types of the tests as it does the program's; nothing is built. */
const inCi = Boolean(process.env.CI);

module.exports = {
  reporter: "./test/reporter.mjs",
  // Suites that need a tool skip themselves where it is absent; in CI that is a failure.
  forbidPending: inCi,
  forbidOnly: inCi,
  timeout: 10_000,
};
