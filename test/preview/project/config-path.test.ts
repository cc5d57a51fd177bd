import assert from "node:assert/strict";
import fc from "fast-check";
import { formatPath, parseOverride, parsePath } from "../../../preview/project/config-path.ts";
import { UserError } from "../../../preview/user-error.ts";

const name = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => !text.includes("\n"));
const path = fc
  .tuple(name, fc.array(fc.oneof(name, fc.nat({ max: 99 })), { maxLength: 4 }))
  .map(([key, rest]) => [key, ...rest]);

describe("A value on the command line", () => {
  it("names its place as pulumi config set --path does", () => {
    assert.deepEqual(parseOverride("mllpAdapter.image=a@sha256:b=c"), {
      path: ["mllpAdapter", "image"],
      value: "a@sha256:b=c",
    });
    assert.deepEqual(parseOverride('images[0]["a.b"].owner='), {
      path: ["images", 0, "a.b", "owner"],
      value: "",
    });
    assert.deepEqual(parseOverride("gcp:project=p").path, ["gcp:project"]);
  });

  it("is a boolean or a number where it looks like one", () => {
    const value = (text: string) => parseOverride(`key=${text}`).value;
    assert.deepEqual(["true", "false", "0", "-12", "007", "1.5", "1e3"].map(value), [
      true,
      false,
      0,
      -12,
      "007",
      "1.5",
      "1e3",
    ]);
  });

  it("is found again at any path", () => {
    fc.assert(
      fc.property(path, fc.string(), (steps, value) => {
        const read = parseOverride(`${formatPath(steps)}=${value}`);
        assert.deepEqual(read.path, steps);
        assert.equal(String(read.value), value);
      }),
    );
  });

  it("is refused by the form that is expected when it has another", () => {
    for (const text of ["", "key", "=v", ".a=v", "a..b=v", "a[0]b=v", "a[x]=v", "[0]=v", "a.=v", 'a["b=v']) {
      assert.throws(
        () => parseOverride(text),
        new UserError(
          `--config ${text}: expected KEY.PATH=VALUE, such as mllpAdapter.image=… or images[0].owner=…`,
        ),
      );
    }
  });

  it("never fails in another way", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", ".", "[", "]", '"', "\\", "=", "0", ":") }),
        (text) => {
          try {
            parseOverride(text);
          } catch (error) {
            assert.ok(error instanceof UserError);
          }
        },
      ),
    );
  });
});

describe("A path of a stack file", () => {
  it("is read as the path of a value on the command line is", () => {
    assert.deepEqual(parsePath("accessMode"), ["accessMode"]);
    assert.deepEqual(parsePath("fhirClients.fx-6.patient"), ["fhirClients", "fx-6", "patient"]);
    assert.deepEqual(parsePath("grants[0].interactions[1]"), ["grants", 0, "interactions", 1]);
    fc.assert(
      fc.property(path, (steps) => {
        assert.deepEqual(parsePath(formatPath(steps)), steps);
        assert.deepEqual(parsePath(formatPath(steps)), parseOverride(`${formatPath(steps)}=v`).path);
      }),
    );
  });

  it("is refused where it is none", () => {
    for (const text of ["", ".a", "a..b", "a[x]", "[0]", "a.", "a=b", 'a["b']) {
      assert.throws(() => parsePath(text), new UserError(`"${text}" is not a path of a stack file.`));
    }
  });
});
