import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { readStackDirFile } from "../../../infra/config/stack-files.ts";
import { parseStack } from "../../../infra/config/parse-stack.ts";
import { stackSource } from "../../../infra/config/pulumi-config.ts";
import { declared } from "../../components/mocks.ts";
import { changed, type Data, parsed, stack, stackFile } from "../stacks.ts";

/** What the engine hands a program: text, JSON where the value has a structure. */
async function configured(data: Data, others: Record<string, string> = {}) {
  await declared(() => undefined);
  const texts = Object.entries(data).map(([key, value]): [string, string] => [
    `attested-fhir:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  pulumi.runtime.setAllConfig({ ...Object.fromEntries(texts), ...others });
  return stackSource();
}

describe("the stack that Pulumi runs", () => {
  after(() => {
    pulumi.runtime.setAllConfig({});
  });

  it("is the stack file's data, whatever Pulumi makes of it on the way", async () => {
    for (const name of ["tutorial", "prod-signing", "prod", "kind"]) {
      assert.deepEqual(parseStack(await configured(stack(name))), parsed(stack(name)));
    }
  });

  it("is named as a reader would look for it", async () => {
    assert.equal((await configured(stack("tutorial"))).file, "stacks/Pulumi.test.yaml");
  });

  it("leaves out what is meant for others", async () => {
    const { data } = await configured({ layers: ["signing"] }, { "gcp:project": "p", "attested:x": "y" });
    assert.deepEqual(data, { layers: '["signing"]' });
  });

  it("means the same with Pulumi.yaml's own types, numbers and truth values among them", async () => {
    const data = changed(stack("tutorial"), { separateDuties: false, "projects.kms.number": 100000000001 });
    assert.deepEqual(parseStack(await configured(data)), parsed(data));
  });

  it("means the same with ids and times that look like numbers and dates", async () => {
    const expiry = new Date(Date.now() + 3_600_000).toISOString();
    const breakGlass = { owner: "on-call lead", reason: "outage", expiry };
    const grants = [{ org: "empire", id: "1977", server: "coruscanthealth" }];
    const data = changed(stack("kind"), { accessMode: "breakGlass", breakGlass, grants });
    const config = parseStack(await configured(data));
    assert.deepEqual([config.breakGlass, config.grants[0]?.id], [breakGlass, "1977"]);
  });

  it("is read in the present", async () => {
    const before = Date.now();
    const { now } = await configured(stack("kind"));
    assert.ok(now.getTime() >= before && now.getTime() <= Date.now());
  });
});

describe("readStackDirFile", () => {
  it("reads a file in the directory of the stack files", () => {
    for (const name of ["attestations.yaml", "vader.json"]) {
      assert.deepEqual(readStackDirFile(name), stackFile(name));
    }
  });

  it("returns undefined where the file does not exist", () => {
    assert.equal(readStackDirFile("no-such-file.yaml"), undefined);
  });
});
