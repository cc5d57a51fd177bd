// Loaded first by each process that a preview starts: a process whose preview is gone must not stay, not even when the
// preview was killed and could tell nobody. File descriptor 3 is open as long as the preview is there; what is written to
// it, the preview reads.
const { Socket } = require("node:net");

const leash = new Socket({ fd: 3, readable: true, writable: true });
leash.on("close", () => process.kill(process.pid, "SIGKILL"));
leash.on("error", () => undefined);
leash.resume();
leash.unref();

module.exports = leash;
