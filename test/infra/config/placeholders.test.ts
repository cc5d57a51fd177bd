import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { isNode, LineCounter, parseDocument } from "yaml";
import { CONFIG_NAMESPACE } from "../../../infra/config/parse-stack.ts";
import { type Placeholder, placeholderFault, placeholdersIn } from "../../../infra/config/placeholders.ts";
import { STACK_DIR_FILES, changed, parsed, stack } from "../stacks.ts";

const STACKS = ["tutorial", "prod-signing", "prod", "kind"];
const where = { file: "stacks/Pulumi.test.yaml", prefix: `${CONFIG_NAMESPACE}:` };

/** The placeholders of the stack `kind` with another signer, which may be any text of that form. */
function inSigner(signer: string): readonly Placeholder[] {
  return placeholdersIn({ ...parsed(stack("kind")), signer });
}

describe("Placeholders", () => {
  for (const name of STACKS) {
    it(`are exactly the lines that Pulumi.${name}.yaml marks`, () => {
      const text = readFileSync(new URL(`../../../stacks/Pulumi.${name}.yaml`, import.meta.url), "utf8");
      const counter = new LineCounter();
      const document = parseDocument(text, { lineCounter: counter });
      const found = placeholdersIn(parsed(stack(name), STACK_DIR_FILES)).map(({ path: [key, ...rest] }) => {
        const node = document.getIn(["config", `${CONFIG_NAMESPACE}:${String(key)}`, ...rest], true);
        assert.ok(isNode(node) && node.range, `${String(key)} is not in the file`);
        return counter.linePos(node.range[0]).line;
      });
      const marked = text
        .split("\n")
        .flatMap((line, index) => (line.endsWith("# placeholder") ? [index + 1] : []));
      assert.deepEqual(
        [...new Set(found)].sort((a, b) => a - b),
        marked,
      );
    });
  }

  it("are recognized wherever such a value stands", () => {
    const samples = [
      "user:operator@example.com",
      "group:ops@mail.example.org",
      "user:a@hospital.example",
      "serviceAccount:signer@example-prod-signing.iam.gserviceaccount.com",
      "serviceAccount:signer@kms-proj-id.iam.gserviceaccount.com",
      "us-docker.pkg.dev/example-prod-fhir/images/server",
      "gcr.io/example-prod/adapter",
      "//cloudkms.googleapis.com/v1/projects/example-prod-kms/locations/global",
      "012345-6789AB-CDEF01",
      "123456789012",
      "100000000005",
    ];
    for (const value of samples)
      assert.deepEqual(
        inSigner(value).map((one) => one.value),
        [value],
      );
  });

  it("do not include values that only look like one", () => {
    const own = [
      "user:operator@hospital.test",
      "user:a@counterexample.com",
      "user:a@example.com.au",
      "user:a@example.community",
      "user:example@hospital.org",
      "docker.io/library/example-app",
      "my-example-project",
      "kms-proj-idea",
      "012345-6789AB-CDEF02",
      "1123456789012",
      "100000000009",
      "example",
    ];
    for (const value of own) assert.deepEqual(inSigner(value), [], value);
  });

  it("are found at any depth, and only in what the stack file says", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.stringMatching(/^[a-z]{1,5}$/), fc.nat(3)), { maxLength: 5 }),
        (steps) => {
          const nested = steps
            .toReversed()
            .reduce<unknown>(
              (value, step) =>
                typeof step === "number" ? [...Array<string>(step).fill("x"), value] : { [step]: value },
              "gcr.io/example-prod/adapter",
            );
          const config = { ...parsed(stack("kind")), images: nested, attestations: nested } as never;
          assert.deepEqual(
            placeholdersIn(config).map(({ path }) => path),
            [["images", ...steps]],
          );
        },
      ),
    );
  });

  it("are refused with key, value and what to put there", () => {
    const data = changed(stack("prod-signing"), {
      projects: Object.fromEntries(
        ["kms", "note", "attestor", "attestation"].map((role) => [role, { id: `my-${role}` }]),
      ),
      images: [],
      "attestor.verifierProjects": ["210000000005"],
      signer: "user:operator@example.com",
    });
    assert.equal(
      placeholderFault(parsed(data), where),
      [
        "stacks/Pulumi.test.yaml: 1 placeholder, which pulumi up refuses",
        '  attested-fhir:signer = "user:operator@example.com": put in a name in a domain of your own',
      ].join("\n"),
    );
    assert.equal(
      placeholderFault(parsed(changed(data, { signer: "user:a@hospital.test" })), where),
      undefined,
    );
  });
});
