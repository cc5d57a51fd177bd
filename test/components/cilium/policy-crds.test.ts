import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { policyCrds } from "../../../components/cilium/policy-crds.ts";
import { CILIUM_VERSIONS } from "../../../components/cilium/version.ts";
import { UserError } from "../../../preview/user-error.ts";
import { policyCrdLines } from "../../../scripts/crds/policy-crds.ts";

interface Spec {
  readonly group: string;
  readonly names: { readonly kind: string };
  readonly scope: string;
  readonly versions: readonly { readonly name: string; readonly storage: boolean }[];
}

describe("policyCrds", () => {
  // In Cilium's pkg/k8s/apis/cilium.io/register.go.
  const schemaVersions = { "1.16.0": "1.29.11", "1.20.2": "1.33.12" };

  for (const version of CILIUM_VERSIONS) {
    it(`gives the two kinds of Cilium ${version}, as new as its operator would make them`, () => {
      const kinds = policyCrds(version).map(({ name, args }) => {
        assert.deepEqual(args.metadata, {
          name,
          labels: { "io.cilium.k8s.crd.schema.version": schemaVersions[version] },
          annotations: { "pulumi.com/waitFor": "condition=Established", "pulumi.com/patchForce": "true" },
        });
        const { group, names, scope, versions } = args.spec as unknown as Spec;
        assert.deepEqual(
          versions.map((one) => [one.name, one.storage]),
          [["v2", true]],
        );
        return [name, `${group}/${names.kind}`, scope];
      });
      assert.deepEqual(kinds, [
        ["ciliumclusterwidenetworkpolicies.cilium.io", "cilium.io/CiliumClusterwideNetworkPolicy", "Cluster"],
        ["ciliumnetworkpolicies.cilium.io", "cilium.io/CiliumNetworkPolicy", "Namespaced"],
      ]);
    });
  }
});

describe("The CRDs that the program applies", () => {
  let dir = "";
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "attested-fhir-test-"));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const crd = (name: string, spec: object = {}) => ({
    kind: "CustomResourceDefinition",
    metadata: { name: `${name}.cilium.io` },
    spec,
  });
  const both = [crd("ciliumnetworkpolicies"), crd("ciliumclusterwidenetworkpolicies")];

  async function linesOf(...documents: readonly unknown[]): Promise<string> {
    const file = join(dir, "crds.yaml");
    await writeFile(file, documents.map((document) => `${JSON.stringify(document)}\n---\n`).join(""));
    return policyCrdLines({ files: [file] });
  }

  it("stand by name, one to a line, and the rest of their metadata stays behind", async () => {
    const line = (name: string) => `{"name":"${name}.cilium.io","spec":{}}\n`;
    const lines = line("ciliumclusterwidenetworkpolicies") + line("ciliumnetworkpolicies");
    assert.equal(await linesOf(...both), lines);
    assert.equal(await linesOf(...both.toReversed()), lines);
  });

  it("lose the descriptions, and no property that is called so", async () => {
    const schema = (description: object) => ({
      type: "object",
      required: ["description"],
      properties: { description: { type: "string", ...description }, list: { items: [{ ...description }] } },
    });
    const lines = await linesOf(
      crd("ciliumnetworkpolicies", schema({ description: "What it is." })),
      both[1],
    );
    const { spec } = JSON.parse(lines.split("\n")[1] ?? "") as { spec: unknown };
    assert.deepEqual(spec, schema({}));
  });

  it("are the two policies' and no others", async () => {
    const wanted =
      "should hold ciliumclusterwidenetworkpolicies.cilium.io and ciliumnetworkpolicies.cilium.io, and nothing else";
    for (const [documents, found] of [
      [[], "nothing"],
      [both.slice(1), "ciliumclusterwidenetworkpolicies.cilium.io"],
      [
        [...both, crd("ciliumnodes")],
        "ciliumclusterwidenetworkpolicies.cilium.io, ciliumnetworkpolicies.cilium.io, ciliumnodes.cilium.io",
      ],
    ] as const) {
      await assert.rejects(
        linesOf(...documents),
        new UserError(`${join(dir, "crds.yaml")} ${wanted}; there is ${found}.`),
      );
    }
  });

  it("are refused where a file holds something else, or no YAML", async () => {
    await assert.rejects(
      linesOf(...both, { kind: "Namespace" }),
      /^UserError: .*crds\.yaml holds something that is no CRD:[^]*kind/,
    );
    await writeFile(join(dir, "broken.yaml"), "kind: [");
    await assert.rejects(
      policyCrdLines({ files: [join(dir, "broken.yaml")] }),
      /^UserError: .*broken\.yaml is not YAML: /,
    );
  });
});
