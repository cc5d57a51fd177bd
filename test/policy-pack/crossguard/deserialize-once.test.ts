import assert from "node:assert/strict";
import type { ResourceValidationArgs } from "@pulumi/policy";
import server from "@pulumi/policy/server.js";
import messages from "@pulumi/pulumi/proto/analyzer_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import "../../../policy-pack/crossguard/deserialize-once.ts";

type Analyze = (call: { request: messages.AnalyzeRequest }, done: (error: unknown) => void) => unknown;
/** Internal to the host: the package does not declare it. */
const { makeAnalyzeRpcFun } = server as {
  makeAnalyzeRpcFun: (name: string, version: string, level: string, policies: readonly object[]) => Analyze;
};

/** Evaluates a resource by some policies, and returns what each received and how often its properties were deserialized. */
async function show(policies: number, props: Record<string, string>) {
  const seen: unknown[] = [];
  const policy = { validateResource: (args: ResourceValidationArgs) => seen.push(args.props.name) };
  const named = Array.from({ length: policies }, (_, index) => ({
    ...policy,
    name: `policy-${index}`,
    description: "",
  }));
  const properties = struct.Struct.fromJavaScript(props);
  const toJavaScript = properties.toJavaScript.bind(properties);
  let reads = 0;
  properties.toJavaScript = () => {
    reads += 1;
    return toJavaScript();
  };
  const request = new messages.AnalyzeRequest();
  request.setProperties(properties);
  request.setOptions(new messages.AnalyzerResourceOptions());
  await new Promise<void>((resolve, reject) => {
    const done = (error: unknown) => {
      if (error instanceof Error) reject(error);
      else resolve();
    };
    makeAnalyzeRpcFun("pack", "1", "mandatory", named)({ request }, done);
  });
  return { seen, reads };
}

describe("the policy host with deserialize-once", () => {
  it("deserializes a resource once, however many policies evaluate it", async () => {
    assert.deepEqual(await show(5, { name: "one" }), { seen: Array(5).fill("one"), reads: 1 });
  });

  it("deserializes the next message anew, even for the same resource", async () => {
    assert.deepEqual((await show(1, { name: "before" })).seen, ["before"]);
    assert.deepEqual((await show(1, { name: "after" })).seen, ["after"]);
  });
});
