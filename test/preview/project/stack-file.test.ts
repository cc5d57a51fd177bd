import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "yaml";
import { parseOverride } from "../../../preview/project/config-path.ts";
import { UserError } from "../../../preview/user-error.ts";
import { StackFile } from "../../../preview/project/stack-file.ts";

const TEXT = `
secretsprovider: gcpkms://projects/p/locations/l/keyRings/r/cryptoKeys/k
encryptedkey: abc
environment: [org/env]
config:
  # Whose it is.
  things:owner: {name: Ada, tags: [a, b]}
  things:password: {secure: v1:cipher}
  things:inner: {list: [{secure: v1:cipher}], secure: {secure: v1:cipher, more: 1}}
  gcp:project: elsewhere
`;

function stackFile(text = TEXT): StackFile {
  return new StackFile(text, "stacks/Pulumi.dev.yaml", "things");
}

function afterSetting(...overrides: string[]): Record<string, unknown> {
  const file = stackFile();
  for (const text of overrides) file.set(parseOverride(text));
  return file.values();
}

describe("A stack file for one preview", () => {
  it("gives the project's own keys, and a placeholder for each secret", () => {
    assert.deepEqual(stackFile().values(), {
      owner: { name: "Ada", tags: ["a", "b"] },
      password: "secret",
      inner: { list: ["secret"], secure: { secure: "v1:cipher", more: 1 } },
    });
    assert.deepEqual(stackFile("config:\n").values(), {});
    assert.deepEqual(stackFile("").values(), {});
  });

  it("gives every key as a program gets it, and says which hold a secret", () => {
    assert.deepEqual(stackFile().config(), [
      { key: "things:owner", value: { name: "Ada", tags: ["a", "b"] }, secret: false },
      { key: "things:password", value: "secret", secret: true },
      {
        key: "things:inner",
        value: { list: ["secret"], secure: { secure: "v1:cipher", more: 1 } },
        secret: true,
      },
      { key: "gcp:project", value: "elsewhere", secret: false },
    ]);
  });

  it("reads a key without a namespace as the project's own, as Pulumi does", () => {
    const file = () => stackFile("config: {owner: Ada, gcp:project: elsewhere}");
    assert.deepEqual(file().values(), { owner: "Ada" });
    assert.deepEqual(
      file()
        .config()
        .map(({ key }) => key),
      ["things:owner", "gcp:project"],
    );
    for (const key of ["owner", "things:owner"]) {
      const changed = file();
      changed.set(parseOverride(`${key}=Grace`));
      assert.deepEqual(changed.values(), { owner: "Grace" });
    }
  });

  it("reads a time without quotes as Pulumi does, and leaves one in quotes", () => {
    const read = (text: string) => stackFile(`config:\n  things:at: ${text}\n`).config()[0]?.value;
    assert.equal(read("2026-01-31"), "2026-01-31 00:00:00 +0000 UTC");
    assert.equal(read("2026-1-3T10:00:05Z"), "2026-01-03 10:00:05 +0000 UTC");
    assert.equal(read("2026-01-31 10:00:05.120"), "2026-01-31 10:00:05.12 +0000 UTC");
    assert.equal(read("2026-01-31T10:00:05+02:00"), "2026-01-31 10:00:05 +0200 +0200");
    assert.equal(read('"2026-01-31T10:00:05Z"'), "2026-01-31T10:00:05Z");
    for (const text of ["2026-01-31-alpha", "2026-01-31T10:00:05", "2026-01-31 10:00:05 Z"])
      assert.equal(read(text), text);
  });

  it("takes another value where there is a place for it", () => {
    assert.deepEqual(
      afterSetting("owner.name=Bo", "owner.age=3", "owner.tags[2]=c", "owner.tags[0]=z").owner,
      {
        name: "Bo",
        age: 3,
        tags: ["z", "b", "c"],
      },
    );
    assert.equal(afterSetting("fresh=1").fresh, 1);
    assert.match(String(stackFile()), /# Whose it is\./);
  });

  it("keeps every text a text, whatever YAML would take it for without quotes", () => {
    const texts = fc.oneof(
      fc.string(),
      fc.constantFrom(
        "2026-10-01T20:00:00Z",
        "2026-10-01",
        "1977",
        "0x10",
        "1e3",
        "true",
        "no",
        "null",
        "~",
        "",
      ),
    );
    fc.assert(
      fc.property(texts, fc.array(texts), (text, tags) => {
        const file = stackFile();
        file.set({ path: ["owner"], value: { name: text, tags } });
        assert.deepEqual(file.values().owner, { name: text, tags });
        assert.deepEqual(stackFile(String(file)).values().owner, { name: text, tags });
      }),
    );
    const file = stackFile();
    file.set({ path: ["owner", "name"], value: "2026-10-01T20:00:00Z" });
    assert.match(String(file), /name: "2026-10-01T20:00:00Z"/);
  });

  it("takes truth values, numbers and lists as they are", () => {
    const file = stackFile();
    file.set({ path: ["fresh"], value: { on: true, size: 3, none: [] } });
    assert.match(String(file), /"on": true\n.*"size": 3\n.*"none": \[\]\n/);
  });

  it("takes a value of another namespace as it is named", () => {
    const file = stackFile();
    file.set(parseOverride("gcp:project=here"));
    assert.equal((parse(String(file)) as { config: Record<string, unknown> }).config["gcp:project"], "here");
  });

  it("says where the place of a value is missing", () => {
    const refused = (text: string, why: string) => {
      assert.throws(
        () => afterSetting(text),
        new UserError(`--config ${text.replace(/=.*/, "")}: ${why} in stacks/Pulumi.dev.yaml.`),
      );
    };
    refused("unknown.name=x", "unknown does not exist");
    refused("owner.name.first=x", "owner.name does not exist");
    refused("owner.tags[3]=x", "owner.tags cannot contain it");
    refused("owner.tags.first=x", "owner.tags cannot contain it");
    refused("owner[0]=x", "owner cannot contain it");
    assert.throws(() => {
      stackFile().set({ path: ["unknown", "name"], value: "x" }, "story.yaml:");
    }, new UserError("story.yaml: unknown.name: unknown does not exist in stacks/Pulumi.dev.yaml."));
  });

  it("keeps nothing that only the stack's own backend can read, once it is sealed", () => {
    const file = stackFile();
    assert.deepEqual(file.seal(), [
      `Secrets were not decrypted without the stack's own backend: each has the value "secret".`,
      "The environments that the stack imports were not loaded: they are stored in its backend.",
    ]);
    const sealed = parse(String(file)) as Record<string, unknown>;
    assert.deepEqual(Object.keys(sealed), ["config", "encryptionsalt"]);
    assert.doesNotMatch(String(file).replace("secure: v1:cipher, more", ""), /v1:cipher/);
    assert.deepEqual(file.values(), stackFile().values());
  });

  it("has nothing to say when nothing had to be sealed", () => {
    assert.deepEqual(stackFile("config: {}\n").seal(), []);
  });

  it("is refused when it is not YAML", () => {
    assert.throws(() => stackFile("config: [}"), {
      name: "UserError",
      message: /^stacks\/Pulumi\.dev\.yaml: invalid YAML: /,
    });
  });
});
