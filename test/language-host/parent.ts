import { fstatSync } from "node:fs";

/**
 * Calls back once the process that started this one is gone: the engine gives each plugin a pipe as its standard input,
 * writes nothing to it and keeps it open as long as it runs. Without a pipe there is nothing to go by, and no call.
 */
export function whenParentEnds(callback: () => void): void {
  const input = fstatSync(0);
  if (!input.isFIFO() && !input.isSocket()) return;
  process.stdin.on("error", callback).on("close", callback).resume();
  // Node's pipes keep a process running, and this one is not to run for its own sake.
  (process.stdin as { unref?: () => void }).unref?.();
}
