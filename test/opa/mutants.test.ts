import assert from "node:assert/strict";
import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { opaOrSkip, runOpa } from "./index.ts";
import { type OpaDirectory, opaDirectory, POLICY } from "./policy.ts";
import { mutantsOf } from "./mutants.ts";

/** A change that no test can notice: an expression with both anchors matches once at most. */
const EQUIVALENT: readonly string[] = [
  "[match] := regex.find_all_string_submatch_n(`^Bearer ([\\w-]+\\.[\\w-]+\\.[\\w-]+)$`, value, 2)",
];

describe("Each change of a rule of the DICOMweb policy is noticed by a test of the policy", function () {
  this.timeout(600_000);
  let opa: string;
  let files: OpaDirectory;
  let copy: string;

  before(async function () {
    files = await opaDirectory();
    opa = await opaOrSkip(this);
    copy = join(files.directory, "policy");
    await cp(POLICY, copy, { recursive: true });
  });
  after(() => files.remove());

  /** 0: all tests pass; 1: it does not compile; 2: a test fails. */
  const outcome = async () => (await runOpa(opa, ["test", "--fail-on-empty", copy, files.keys])).code;

  it("and without a change, all tests pass", async () => {
    assert.equal(await outcome(), 0);
  });

  for (const name of ["request", "token", "route", "clinic", "sources", "pets", "mask"]) {
    it(`in ${name}.rego`, async () => {
      const file = join(copy, `${name}.rego`);
      const policy = await readFile(file, "utf8");
      const unnoticed: string[] = [];
      let noticed = 0;
      for (const { line, from, to, source } of mutantsOf(policy)) {
        await writeFile(file, source);
        const code = await outcome();
        if (code === 2) noticed++;
        else if (code === 0 && !EQUIVALENT.includes(to))
          unnoticed.push(`${name}.rego:${line}: ${from} -> ${to}`);
      }
      await writeFile(file, policy);
      assert.deepEqual(unnoticed, []);
      assert.ok(noticed > 0);
    });
  }

  it("and every policy is listed here", async () => {
    const policies = (await readdir(POLICY)).filter((file) => /(?<!_test)\.rego$/.test(file));
    assert.equal(policies.length, 7);
  });
});
