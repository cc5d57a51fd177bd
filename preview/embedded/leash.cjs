// Loaded into each process that a preview starts, before its own code: a process whose preview is gone must not stay,
// not even when the preview was killed and could tell nobody. File descriptor 3 is open as long as the preview is there.
const { Socket } = require("node:net");
const { isMainThread } = require("node:worker_threads");

if (isMainThread && process.env.ATTESTED_FHIR_LEASH === "3") {
  // Not for the processes that this one starts: they would take something else for it.
  delete process.env.ATTESTED_FHIR_LEASH;
  const leash = new Socket({ fd: 3, readable: true, writable: true });
  leash.on("close", () => process.kill(process.pid, "SIGKILL"));
  leash.on("error", () => undefined);
  leash.resume();
  leash.unref();
  globalThis[Symbol.for("attested-fhir.leash")] = leash;
}
