import { clearLine, cursorTo } from "node:readline";
import type { WriteStream } from "node:tty";

/** One line at the bottom of a terminal that counts resources. */
export interface Progress {
  /** Shows a new count of resources. */
  count(resources: number): void;
  /** Removes the line. */
  clear(): void;
}

const SILENT: Progress = { count: () => undefined, clear: () => undefined };

/**
 * Shows the line and updates it each second and at each resource.
 *
 * @param isQuiet whether to show nothing, as in CI; only a terminal ever shows the line
 */
export function startProgress(stream: WriteStream, stack: string, isQuiet: boolean): Progress {
  if (!stream.isTTY || isQuiet) return SILENT;
  const start = performance.now();
  let seen = 0;
  const clear = () => {
    clearLine(stream, 0);
    cursorTo(stream, 0);
  };
  const show = () => {
    clear();
    stream.write(
      `Previewing ${stack}: ${seen} resources, ${Math.round((performance.now() - start) / 1000)} s`,
    );
  };
  const timer = setInterval(show, 1000).unref();
  show();
  return {
    count: (resources) => {
      seen = resources;
      show();
    },
    clear: () => {
      clearInterval(timer);
      clear();
    },
  };
}
