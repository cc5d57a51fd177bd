import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { matchSnapshot, normalized } from "../snapshot.ts";

const PROGRAM = join(import.meta.dirname, "../../preview/commands/access/index.ts");
const CASES = join(import.meta.dirname, "fixtures/access-cases");
const SNAPSHOTS = join(import.meta.dirname, "snapshots/access-cases");
const RELEASES = ["1.16.0", "1.16.19", "1.20.2"];

/** What the command prints for a file, and how it ends. */
function printed(file: string, ...options: readonly string[]): string {
  const args = file.endsWith(".json") ? ["--batch", join(CASES, file)] : [join(CASES, file)];
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...options, ...args], {
    encoding: "utf8",
  });
  return `$ npm run access -- ${[...options, file].join(" ")}\n${stdout}${stderr}exit code ${String(status)}\n`;
}

/**
 * Inputs whose answers once were wrong: blocks of which every address is excepted (f1, f2), objects that the API server
 * refuses (a), undeclared ports and entities (t), JSON and table (h), keys that objects of JavaScript have by their
 * prototype (constructor-key), HTTP rules that a rule without them makes ineffective for all peers (http-shadowed), and
 * what 1.16.0 evaluates otherwise than later releases (q, c22, f3). A `.json` file is a batch.
 */
describe("npm run access on each release of Cilium", function () {
  this.timeout(60_000);

  for (const file of readdirSync(CASES).sort()) {
    it(`answers ${file} as the snapshot has it`, () => {
      const answers = RELEASES.map((release) => printed(file, "--cilium", release));
      const data = file.endsWith(".yaml") ? [printed(file, "--cilium", "1.16.19", "--json")] : [];
      matchSnapshot(
        join(SNAPSHOTS, file.replace(/\.\w+$/, ".txt")),
        normalized([...answers, ...data].join("\n"), { [CASES]: "CASES" }),
      );
    });
  }
});
