import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { after } from "../../components/after.ts";
import { declared, known } from "./mocks.ts";

describe("after", () => {
  it("is the value, once everything else is there", async () => {
    const order: string[] = [];
    const other = Promise.withResolvers<string>();
    const value = after("value", [pulumi.output(other.promise), "there already"]);
    const seen = known(value.apply((text) => order.push(text)));
    order.push("other");
    other.resolve("other");
    await seen;
    assert.deepEqual(order, ["other", "value"]);
    assert.equal(await known(value), "value");
  });

  it("is the value at once where there is nothing to wait for", async () => {
    await declared(() => undefined);
    assert.equal(await known(after("value", [])), "value");
    assert.deepEqual(await known(after(pulumi.output({ a: [1] }), [])), { a: [1] });
  });
});
