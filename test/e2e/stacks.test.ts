import assert from "node:assert/strict";
import { Engine, type State } from "./engine.ts";
import { Graph, nameOf } from "./graph.ts";
import { type NeededPlugins, toolchainOrSkip } from "../toolchain.ts";

/** The stacks, and what each needs. */
const STACKS: Readonly<Record<string, NeededPlugins>> = {
  tutorial: { plugins: ["pulumi-resource-gcp"] },
  "prod-signing": { plugins: ["pulumi-resource-gcp"] },
  prod: { plugins: ["pulumi-resource-gcp"] },
  kind: {},
};
const ROOT = "attested-fhir:index:AttestedFhir";

describe("The stacks, previewed by the real engine and providers from an empty state", function () {
  this.timeout(180_000);
  const graphs = new Map<string, Graph>();

  /** Previews a stack, unless that was done. */
  async function preview(suite: Mocha.Context, stack: string): Promise<void> {
    const tools = await toolchainOrSkip(suite, STACKS[stack]);
    if (graphs.has(stack)) return;
    const engine = await Engine.startWith(tools, stack);
    try {
      graphs.set(stack, new Graph(await engine.planned()));
    } finally {
      await engine.stop();
    }
  }

  const graph = (stack: string): Graph => graphs.get(stack) ?? assert.fail(`${stack} was not previewed`);

  for (const stack of Object.keys(STACKS)) {
    describe(stack, () => {
      before(function () {
        return preview(this, stack);
      });

      it("uses no default provider", () => {
        for (const resource of graph(stack).all) {
          assert.doesNotMatch(resource.urn, /::default_/, resource.urn);
          assert.doesNotMatch(resource.provider ?? "", /::default_/, resource.urn);
        }
      });

      it("hangs everything under the root component", () => {
        for (const resource of graph(stack).all.filter(
          ({ type }) => type !== "pulumi:pulumi:Stack" && type !== ROOT,
        )) {
          assert.ok(graph(stack).ancestors(resource).includes(ROOT), resource.urn);
        }
      });

      it("names each child after the component that declares it", () => {
        const components = graph(stack).all.filter(
          ({ type }) => type.startsWith("attested-fhir:") && type !== ROOT,
        );
        for (const component of components) {
          const children = graph(stack).all.filter(({ parent }) => parent === component.urn);
          for (const child of children)
            assert.ok(nameOf(child).startsWith(`${nameOf(component)}-`), child.urn);
        }
      });

      it("runs one Google Cloud provider for each identity", () => {
        const identities = graph(stack)
          .every("pulumi:providers:gcp")
          .map(({ inputs }) => inputs?.impersonateServiceAccount);
        assert.equal(new Set(identities).size, identities.length);
        assert.equal(identities.length, { tutorial: 1, "prod-signing": 2, prod: 1, kind: 0 }[stack]);
      });
    });
  }

  describe("tutorial", () => {
    before(function () {
      return preview(this, "tutorial");
    });

    const chain: readonly (readonly [string, (of: Graph) => State])[] = [
      ["the workload", (of) => of.only("apps/v1:Deployment")],
      ["the node pool", (of) => of.only("container/nodePool:NodePool")],
      ["the cluster", (of) => of.only("container/cluster:Cluster")],
      ["the admission policy", (of) => of.only("binaryauthorization/policy:Policy")],
      ["the attestation", (of) => of.only("containeranalysis/occurence:Occurence")],
      ["the signature", (of) => of.only("dynamic/kms:Signature")],
      ["the public key", (of) => of.only("dynamic/kms:PublicKey")],
      ["the signer's right", (of) => of.only("kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding")],
      ["the key", (of) => of.only("kms/cryptoKey:CryptoKey")],
      ["the key ring", (of) => of.only("kms/keyRing:KeyRing")],
    ];

    for (const [index, [later, find]] of chain.entries()) {
      const [earlier, findEarlier] = chain[index + 1] ?? [];
      if (earlier === undefined || findEarlier === undefined) continue;
      it(`makes ${later} only after ${earlier}`, () => {
        const of = graph("tutorial");
        assert.ok(of.waits(find(of), findEarlier(of)));
        assert.ok(!of.waits(findEarlier(of), find(of)));
      });
    }

    it("makes nothing in a project before all its APIs are enabled", () => {
      const of = graph("tutorial");
      const services = of.every("projects/service:Service");
      const others = of.all.filter(
        ({ type, inputs }) =>
          type.startsWith("gcp:") &&
          !/organizations|projects\/service/.test(type) &&
          typeof inputs?.project === "string",
      );
      assert.ok(others.length > 20);
      for (const resource of others) {
        for (const service of services.filter(({ inputs }) => inputs?.project === resource.inputs?.project)) {
          assert.ok(of.waits(resource, service), `${resource.urn} does not wait for ${nameOf(service)}`);
        }
      }
    });

    it("makes service agents before they are given rights, and the rights before the attestor is used", () => {
      const of = graph("tutorial");
      const agent = (name: string) =>
        of.every("projects/serviceIdentity:ServiceIdentity").find((one) => nameOf(one) === name) ??
        assert.fail(name);
      const viewer =
        of.every("noteIamMember:NoteIamMember").find((one) => nameOf(one) === "note-occurrence-viewer") ??
        assert.fail();
      const verifier = of.only("attestorIamMember:AttestorIamMember");
      assert.ok(of.waits(viewer, agent("attestor-binaryauthorization-agent")));
      assert.ok(of.waits(verifier, agent("deployer-binaryauthorization-agent")));
      assert.ok(of.waits(of.only("binaryauthorization/attestor:Attestor"), viewer));
      assert.ok(of.waits(of.only("binaryauthorization/policy:Policy"), verifier));
    });

    it("declares what the tutorial makes by hand, by the tutorial's own names", () => {
      const of = graph("tutorial");
      const inputs = (type: string) => of.only(type).inputs ?? {};
      assert.deepEqual(
        of
          .every("organizations/project:Project")
          .map((project) => project.inputs?.projectId)
          .sort(),
        ["attestation", "attestor", "deployer", "hl7v2", "kms", "note"].map((role) => `${role}-proj-id`),
      );
      assert.equal(inputs("kms/keyRing:KeyRing").name, "key-ring");
      assert.equal(inputs("kms/cryptoKey:CryptoKey").purpose, "ASYMMETRIC_SIGN");
      assert.equal(inputs("containeranalysis/note:Note").name, "note-id");
      assert.equal(inputs("binaryauthorization/attestor:Attestor").name, "attestor-id");
      assert.equal(inputs("healthcare/dataset:Dataset").name, "dataset-id");
      assert.equal(inputs("healthcare/hl7Store:Hl7Store").name, "hl7v2-store-id");
      assert.equal(inputs("container/cluster:Cluster").location, "us-central1-a");
      const policy = inputs("binaryauthorization/policy:Policy").defaultAdmissionRule as Record<
        string,
        unknown
      >;
      assert.equal(policy.evaluationMode, "REQUIRE_ATTESTATION");
      assert.deepEqual(policy.requireAttestationsBies, ["projects/attestor-proj-id/attestors/attestor-id"]);
    });
  });

  it("keeps the signing stack and the runtime stack of production apart", async function () {
    for (const stack of ["prod-signing", "prod"]) await preview(this, stack);
    const projects = (stack: string) =>
      new Set(
        graph(stack).all.flatMap(({ inputs }) =>
          typeof inputs?.project === "string" ? [inputs.project] : [],
        ),
      );
    const identities = (stack: string) =>
      new Set(
        graph(stack)
          .every("pulumi:providers:gcp")
          .map(({ inputs }) => inputs?.impersonateServiceAccount),
      );
    assert.deepEqual([...projects("prod-signing").intersection(projects("prod"))], []);
    assert.deepEqual([...identities("prod-signing").intersection(identities("prod"))], []);
  });
});
