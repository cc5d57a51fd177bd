// Loaded first by each process that a preview starts: kills the process when the preview exits, even if the preview was
// killed itself. File descriptor 3 is open as long as the preview runs, which reads what is written to it.
const { Socket } = require("node:net");

const channel = new Socket({ fd: 3, readable: true, writable: true });
channel.on("close", () => process.kill(process.pid, "SIGKILL"));
channel.on("error", () => undefined);
channel.resume();
channel.unref();

module.exports = channel;
