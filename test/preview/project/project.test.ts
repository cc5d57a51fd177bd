import assert from "node:assert/strict";
import { join } from "node:path";
import { UserError } from "../../../preview/user-error.ts";
import { readProject, stackFilePath } from "../../../preview/project/project.ts";
import { fixture, inTemporaryDirectory, write } from "../support.ts";

describe("A project", () => {
  it("knows the file of each stack, with or without the organization in the stack's name", async () => {
    const project = await readProject(fixture("things"));
    assert.equal(project.name, "things");
    assert.equal(await stackFilePath(project, "dev"), join(fixture("things"), "stacks", "Pulumi.dev.yaml"));
    assert.equal(
      await stackFilePath(project, "acme/things/dev"),
      join(fixture("things"), "stacks", "Pulumi.dev.yaml"),
    );
  });

  it("says which stacks there are, and which was meant, when a name is wrong", async () => {
    const project = await readProject(fixture("things"));
    await assert.rejects(
      stackFilePath(project, "lokced"),
      new UserError(
        "stack not found: lokced. Did you mean locked? The stack files are: Pulumi.dev.yaml, Pulumi.locked.yaml.",
      ),
    );
  });

  it("says where stack files belong when there is none", async () => {
    await inTemporaryDirectory(async (dir) => {
      await write(
        join(dir, "Pulumi.yaml"),
        "name: bare\nstackConfigDir: stacks\nbackend: { url: file:///state }\n",
      );
      const project = await readProject(dir);
      assert.equal(project.backend, "file:///state");
      await assert.rejects(
        stackFilePath(project, "dev"),
        new UserError(`stack not found: dev: ${join(dir, "stacks")} has no stack files.`),
      );
    });
  });

  it("is refused without a Pulumi.yaml that has a name", async () => {
    await inTemporaryDirectory(async (dir) => {
      await assert.rejects(readProject(dir), {
        name: "UserError",
        message: /^Pulumi\.yaml cannot be read: ENOENT/,
      });
      await write(join(dir, "Pulumi.yaml"), "main: index.ts\n");
      await assert.rejects(readProject(dir), {
        name: "UserError",
        message: /^Pulumi\.yaml cannot be read: .*name/s,
      });
    });
  });
});
