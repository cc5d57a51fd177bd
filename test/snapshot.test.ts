import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { inTemporaryDirectory, write } from "./preview/support.ts";
import { matchSnapshot, normalized } from "./snapshot.ts";
import { REPOSITORY } from "./toolchain.ts";

/** Runs with another value of UPDATE_SNAPSHOTS. */
async function updating<T>(value: string | undefined, use: () => T | Promise<T>): Promise<T> {
  const before = process.env.UPDATE_SNAPSHOTS;
  const set = (to: string | undefined) => {
    if (to === undefined) delete process.env.UPDATE_SNAPSHOTS;
    else process.env.UPDATE_SNAPSHOTS = to;
  };
  set(value);
  try {
    return await use();
  } finally {
    set(before);
  }
}

describe("A snapshot", () => {
  it("matches the text that it holds, and no other", async () => {
    await inTemporaryDirectory(async (dir) => {
      const file = join(dir, "page.txt");
      await write(file, "one\n");
      await updating(undefined, () => {
        matchSnapshot(file, "one");
        assert.throws(() => {
          matchSnapshot(file, "two");
        }, /page\.txt differs: .*UPDATE_SNAPSHOTS=1/);
      });
    });
  });

  it("that does not exist fails the test, and is written only on request", async () => {
    await inTemporaryDirectory(async (dir) => {
      const file = join(dir, "new", "page.txt");
      await updating(undefined, () => {
        assert.throws(() => {
          matchSnapshot(file, "one");
        }, /page\.txt does not exist: .*UPDATE_SNAPSHOTS=1/);
      });
      await updating("1", () => {
        matchSnapshot(file, "one");
      });
      assert.equal(await readFile(file, "utf8"), "one\n");
    });
  });

  it("holds no time, no path of this machine and no colour", () => {
    const text = `\u001b[31m${REPOSITORY}/stacks\u001b[39m until 2026-01-31T10:00:00.5Z in /tmp/x/deeper and /tmp/x`;
    assert.equal(
      normalized(text, { "/tmp/x": "DIR", "/tmp/x/deeper": "DEEP" }),
      "REPOSITORY/stacks until TIME in DEEP and DIR",
    );
  });
});
