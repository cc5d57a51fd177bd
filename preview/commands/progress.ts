import { clearLine, cursorTo } from "node:readline";
import type { WriteStream } from "node:tty";

/** One line at the bottom of a terminal that counts what has been seen. */
export interface Progress {
  /** Shows a new count of resources. */
  count(resources: number): void;
  /** Takes the line away. */
  clear(): void;
}

const SILENT: Progress = { count: () => undefined, clear: () => undefined };

/**
 * Starts to count, each second and at each resource.
 *
 * @param isQuiet whether nobody watches, as in CI; a stream that is no terminal is always quiet
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
