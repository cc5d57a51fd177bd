import assert from "node:assert/strict";
import fc from "fast-check";
import { parseStack } from "../../../infra/config/parse-stack.ts";
import { ConfigError } from "../../../infra/config/errors.ts";
import { KNOWN_FHIR_ERRORS } from "../known-fhir-errors.ts";
import { KNOWN_ERRORS } from "../known-errors.ts";
import {
  assertRefused,
  type StackDirFiles,
  changed,
  type Data,
  messageOf,
  parsed,
  stack,
  stackFile,
} from "../stacks.ts";
import { STACK_NAMES } from "../../stack-names.ts";

/** Known errors, by the stack that they are made in. */
const KNOWN = { tutorial: KNOWN_ERRORS, kind: KNOWN_FHIR_ERRORS };

describe("a stack of the repository", () => {
  for (const name of STACK_NAMES) {
    it(`passes: ${name}`, () => {
      const file = `stacks/Pulumi.${name}.yaml`;
      assert.doesNotThrow(() =>
        parseStack({ file, data: stack(name), readStackDirFile: stackFile, now: new Date() }),
      );
    });
  }

  it("keeps what it says and gets the safe defaults for the rest", () => {
    const { deployerCluster, hl7v2Store, admissionPolicy, mllpAdapter, ...rest } = parsed(stack("tutorial"));
    assert.deepEqual(deployerCluster, {
      name: "cluster-name",
      location: "us-central1-a",
      ranges: { nodes: "10.10.0.0/20", pods: "10.16.0.0/14", services: "10.20.0.0/20" },
      natEgress: false,
      releaseChannel: "REGULAR",
      machineType: "e2-standard-2",
      nodesPerZone: 1,
      deletionProtection: false,
    });
    assert.deepEqual(hl7v2Store?.rejectDuplicates, true);
    assert.deepEqual(admissionPolicy.globalPolicyEvaluation, true);
    assert.deepEqual(mllpAdapter?.namespace, "mllp-adapter");
    assert.deepEqual([rest.separateDuties, rest.mergedRoles, rest.attestations], [false, [], []]);
  });

  it("hands on the attestations of the file that it names", () => {
    const attestations = stackFile("attestations.yaml");
    const config = parsed(stack("prod"), { "attestations.yaml": attestations });
    assert.deepEqual(config.attestations, attestations);
  });

  it("means the same with top-level values as texts, as Pulumi writes them to a stack file", () => {
    for (const name of STACK_NAMES) {
      const texts = Object.entries(stack(name)).map(([key, value]): [string, unknown] => [
        key,
        typeof value === "boolean" ? String(value) : value,
      ]);
      assert.deepEqual(parsed(Object.fromEntries(texts)), parsed(stack(name)));
    }
    assertRefused(changed(stack("kind"), { denyAll: "yes" }), ['denyAll = "yes": is not a boolean']);
  });

  it("takes an empty value of a known key for none, as Pulumi's defaults give it", () => {
    const empty = { customerManagedKeys: {}, attestors: [], attestations: "", endpoints: {} };
    assert.deepEqual(parsed(changed(stack("tutorial"), empty)), parsed(stack("tutorial")));
  });
});

describe("a stack with errors", () => {
  for (const [name, known] of Object.entries(KNOWN)) {
    for (const { what, changes, line } of known) {
      it(`is refused for ${what}, and for nothing else`, () => {
        assertRefused(changed(stack(name), changes), [line]);
      });
    }

    it(`is rejected with all of them at once, in any combination: ${name}`, () => {
      fc.assert(
        fc.property(fc.subarray([...known], { minLength: 1 }), (errors) => {
          const data = errors.reduce((data, { changes }) => changed(data, changes), stack(name));
          const [head, ...lines] = refusal(data).split("\n");
          assert.equal(head, messageOf(errors.map(() => "")).split("\n")[0]);
          const expected = errors.map(({ line }) => `  attested-fhir:${line}`);
          assert.deepEqual(lines.sort(), expected.sort());
        }),
      );
    });
  }

  it("is rejected with each once, though two rules of the schema find it", () => {
    assertRefused(changed(stack("tutorial"), { "images[0].reason": [] }), [
      "images[0].reason = []: is missing: say why the image is signed",
    ]);
  });

  it("is rejected with those of the attestations' file as well", () => {
    const forged = changed({ all: stackFile("attestations.yaml") }, { "all[0].signature": "MEUCIQCt" }).all;
    const data = changed(stack("prod"), { "projects.hl7v2.number": "12", "mllpAdapter.replicas": 0 });
    assert.equal(
      refusal(data, { "attestations.yaml": forged }).replace(/ = \{"image".*…:/, " = …:"),
      [
        messageOf([
          'projects.hl7v2.number = "12": is not a project number: digits only, as the project\'s dashboard shows it',
          "mllpAdapter.replicas = 0: is not more than 0",
        ]),
        messageOf(
          [
            "[0] = …: the attestation of gcr.io/cloud-healthcare-containers/mllp-adapter@sha256:231b073df13db0c65e57b0e1d526ab6816a73c37262e25c18bcca99bf4b4b185 is refused: its signature does not verify against the key //cloudkms.googleapis.com/v1/projects/example-prod-kms/locations/us-central1/keyRings/attestations/cryptoKeys/mllp-adapter/cryptoKeyVersions/1",
          ],
          { file: "stacks/attestations.yaml", prefix: "" },
        ),
      ].join("\n"),
    );
  });

  it("is a ConfigError and nothing else, whatever value stands at whichever key", () => {
    const base = STACK_NAMES.map((name) => stack(name));
    const anywhere = fc.constantFrom(...base).chain((data) => {
      const paths = pathsOf(data).map((path) => path.slice(1));
      return fc.tuple(fc.constant(data), fc.constantFrom(...paths), fc.jsonValue());
    });
    fc.assert(
      fc.property(anywhere, ([data, path, value]) => {
        try {
          parsed(changed(data, { [path]: value }));
        } catch (error) {
          assert.ok(error instanceof ConfigError);
          assert.match(error.message, /^stacks\/(?:Pulumi\.test|attestations)\.yaml: \d+ errors?\n {2}\S/);
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** The message that a stack is rejected with; a valid stack fails the test. */
function refusal(data: Data, files?: StackDirFiles): string {
  let message = "the stack passed";
  assert.throws(
    () => parsed(data, files),
    (error) => {
      message = (error as Error).message;
      return error instanceof ConfigError;
    },
  );
  return message;
}

/** Every path of a value, `.images.0.image`. */
function pathsOf(value: unknown, at = ""): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [`${at}.${key}`, ...pathsOf(inner, `${at}.${key}`)]);
}
