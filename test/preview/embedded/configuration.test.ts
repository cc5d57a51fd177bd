import assert from "node:assert/strict";
import { configurationOf } from "../../../preview/embedded/configuration.ts";
import { UserError } from "../../../preview/user-error.ts";
import type { PulumiProject } from "../../../preview/project/project.ts";
import { StackFile } from "../../../preview/project/stack-file.ts";

function configured(config: PulumiProject["config"], stackFile: string) {
  const project = {
    root: "/",
    name: "app",
    stacksDir: "/",
    runtime: { name: "nodejs", options: {} },
    config,
  };
  const given = new StackFile(stackFile, "stack", "app").config();
  const { values, secretKeys } = configurationOf(project, "dev", given);
  return { values: Object.fromEntries(values), secretKeys };
}

describe("The configuration of a program", () => {
  it("is texts: what has parts is JSON, in Go's way", () => {
    const file = `config:
      app:text: "007"
      app:number: 1.50
      app:switch: true
      app:nothing: null
      app:parts: { z: 1, a: [true, "<b>&"] }
      gcp:project: elsewhere
      app:config:old: style`;
    assert.deepEqual(configured({}, file).values, {
      "app:text": "007",
      "app:number": "1.5",
      "app:switch": "true",
      "app:nothing": "",
      "app:parts": String.raw`{"a":[true,"\u003cb\u003e\u0026"],"z":1}`,
      "gcp:project": "elsewhere",
      "app:old": "style",
    });
  });

  it("takes from the project what the stack does not say", () => {
    const project = {
      "pulumi:disable-default-providers": { value: ["*"] },
      "gcp:region": "us-central1",
      size: { type: "integer", default: 3 },
      list: { type: "array", items: { type: "string" }, default: [] },
      said: { type: "string", default: "no" },
      plain: 7,
    };
    assert.deepEqual(configured(project, "config: { app:said: yes, gcp:region: europe-west4 }").values, {
      "app:said": "yes",
      "gcp:region": "europe-west4",
      "pulumi:disable-default-providers": '["*"]',
      "app:size": "3",
      "app:list": "[]",
      "app:plain": "7",
    });
  });

  it("says which keys are secret, as a whole or in part", () => {
    const file = "config: { app:a: { secure: v1:x }, app:b: { c: { secure: v1:x } }, app:d: e }";
    assert.deepEqual(configured({}, file), {
      values: { "app:a": "secret", "app:b": '{"c":"secret"}', "app:d": "e" },
      secretKeys: ["app:a", "app:b"],
    });
  });

  it("is refused in Pulumi's words when a value is not of its type", () => {
    const refused = (declared: object, value: string, message: string) => {
      assert.throws(
        () => configured({ key: declared }, `config: { app:key: ${value} }`),
        new UserError(`Stack 'dev' with configuration key 'key' must be ${message}`),
      );
    };
    refused({ type: "string" }, "[a]", "of type 'string'");
    refused({ type: "integer" }, "1.5", "of type 'integer'");
    refused({ type: "integer" }, "a", "of type 'integer'");
    refused({ type: "boolean" }, "1", "of type 'boolean'");
    refused({ type: "object" }, "[a]", "of type 'object'");
    refused({ type: "array", items: { type: "integer" } }, "[1, a]", "of type 'array<integer>'");
    refused(
      { type: "array", items: { type: "array", items: { type: "string" } } },
      "[a]",
      "of type 'array<array<string>>'",
    );
    refused({ type: "string", secret: true }, "open", "encrypted as it's secret");
  });

  it("is taken when every value is of its type", () => {
    const project = {
      a: { type: "integer" },
      b: { type: "boolean" },
      c: { type: "array", items: { type: "object" } },
      d: { type: "string", secret: true },
    };
    const file = 'config: { app:a: "3", app:b: "true", app:c: [{}], app:d: { secure: v1:x } }';
    assert.equal(configured(project, file).values["app:a"], "3");
  });
});
