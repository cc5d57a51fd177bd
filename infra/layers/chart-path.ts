import { isAbsolute, join } from "node:path";

/** The path of a chart's archive, relative to the program's directory, where providers run; the same on every machine. */
export function chartPath(chart: string | undefined): string | undefined {
  return chart === undefined || isAbsolute(chart) ? chart : join("..", chart);
}
