import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { answerBatch } from "../../access/batch.ts";
import { VERSIONS } from "../../access/options.ts";
import { messageOf } from "../../preview/problem.ts";

/** `npm run access`: who may send which request to whom. Exit code 2 when the question is wrong. */

try {
  const { values } = parseArgs({ options: { batch: { type: "string" }, cilium: { type: "string" } } });
  const version = VERSIONS.find((known) => known === (values.cilium ?? "1.16"));
  if (version === undefined) throw new Error(`--cilium is not one of ${VERSIONS.join(", ")}`);
  if (values.batch === undefined) throw new Error("Which batch? Say it with --batch FILE.");
  const data: unknown = JSON.parse(await readFile(values.batch, "utf8"));
  process.stdout.write(`${JSON.stringify(answerBatch(data, { version }))}\n`);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 2;
}
