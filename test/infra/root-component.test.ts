import assert from "node:assert/strict";
import { parseAttestorKey } from "../../packages/attestation/attestor-key.ts";
import { AttestedFhir, stackDeclaration } from "../../infra/root-component.ts";
import { attest, keyPair } from "../packages/attestation/keys.ts";
import { declared } from "../components/mocks.ts";
import { changed, type Data, parsed, stack, stackFile } from "./stacks.ts";

const IMAGE =
  "gcr.io/cloud-healthcare-containers/mllp-adapter@sha256:231b073df13db0c65e57b0e1d526ab6816a73c37262e25c18bcca99bf4b4b185";
const ATTESTATIONS = stackFile("attestations.yaml");

describe("the declaration of a stack", () => {
  it("has both layers and one operator in the tutorial", () => {
    const project = (role: string) => ({ project: `${role}-proj-id`, serviceAccount: undefined });
    assert.deepEqual(stackDeclaration(parsed(stack("tutorial"))), {
      layers: ["signing", "runtime"],
      separateDuties: false,
      roles: {
        kms: project("kms"),
        hl7v2: project("hl7v2"),
        note: project("note"),
        attestor: project("attestor"),
        attestation: project("attestation"),
        deployer: project("deployer"),
      },
      signer: "user:operator@example.com",
      mergedRoles: [],
      allowedLocations: ["us-central1"],
      attestors: [],
      attestations: [],
      imagesToSign: [
        {
          image: IMAGE,
          owner: "platform team",
          reason: "IMAGE_SIGNED of the tutorial, the MLLP adapter's verified release",
        },
      ],
      senders: ["10.128.0.0/20"],
      unattestedImages: [],
      fhirServers: [],
      grants: [],
      systemNamespaces: ["kube-system"],
      ciliumVersion: undefined,
      re2ProgramLimit: 100,
      accessMode: "smart",
      breakGlass: undefined,
    });
  });

  it("has the FHIR server, its grants and its access mode, where the stack runs one", () => {
    const breakGlass = {
      owner: "on-call lead",
      reason: "no identity provider",
      expiry: "2026-10-01T20:00:00Z",
    };
    const data = changed(stack("kind"), { accessMode: "breakGlass", breakGlass });
    const { fhirServers, grants, systemNamespaces, re2ProgramLimit, ...rest } = stackDeclaration(
      parsed(data),
    );
    const name = "coruscanthealth";
    assert.deepEqual(fhirServers, [
      {
        name,
        namespace: "galactic-fhir",
        port: 52773,
        basePath: "/intersystems/fhir/r5",
        labels: { org: "empire", class: name, "app.kubernetes.io/name": name },
      },
    ]);
    assert.deepEqual(
      grants.map(({ org, id, interactions }) => [org, id, interactions]),
      [
        ["empire", "DarthVader", ["read"]],
        ["payer", "DarthVader", ["read"]],
        ["registration", "DarthVader", ["update"]],
      ],
    );
    assert.deepEqual(systemNamespaces, ["kube-system", "local-path-storage"]);
    assert.equal(re2ProgramLimit, 100);
    assert.deepEqual([rest.accessMode, rest.breakGlass], ["breakGlass", breakGlass]);
  });

  it("has the pinned keys and the attestations, where the stack only runs images", () => {
    const declaration = stackDeclaration(parsed(stack("prod"), { "attestations.yaml": ATTESTATIONS }));
    assert.deepEqual([declaration.layers, declaration.separateDuties], [["runtime", "fhir"], true]);
    assert.deepEqual(declaration.attestors, stack("prod").attestors);
    assert.deepEqual(declaration.attestations, ATTESTATIONS);
    assert.deepEqual(declaration.imagesToSign, []);
    assert.deepEqual(declaration.senders, ["10.200.10.0/24", "10.200.11.0/24"]);
    assert.equal(declaration.signer, undefined);
    const serviceAccount = "runtime-deployer@example-prod-deployer.iam.gserviceaccount.com";
    assert.deepEqual(declaration.roles, {
      hl7v2: { project: "example-prod-hl7v2", serviceAccount },
      deployer: { project: "example-prod-deployer", serviceAccount },
      fhir: { project: "example-prod-fhir", serviceAccount },
    });
  });

  it("has the version of Cilium that the stack installs, or declares as installed", () => {
    const version = (name: string, changes: Data = {}) =>
      stackDeclaration(parsed(changed(stack(name), changes))).ciliumVersion;
    assert.equal(version("kind"), "1.16.0");
    assert.equal(version("kind", { "cilium.install": false }), "1.16.0");
    const unnamed = { "cilium.version": undefined };
    assert.equal(version("kind", unnamed), "1.20.2");
    assert.equal(version("prod", unnamed), "1.20.2");
    assert.equal(version("kind", { ...unnamed, "cilium.install": false }), undefined);
  });

  it("has the grants and the unattested images of a FHIR server on an existing cluster", () => {
    const { grants, unattestedImages, roles } = stackDeclaration(parsed(stack("kind")));
    assert.deepEqual(roles, {});
    assert.deepEqual(unattestedImages, stack("kind").unattestedImages);
    assert.deepEqual(
      grants.map(({ org, id, interactions }) => `${org} ${interactions.join()} ${id}`),
      ["empire read DarthVader", "payer read DarthVader", "registration update DarthVader"],
    );
  });

  it("has the stack's own attestor where its keys are managed elsewhere, with the external signatures", () => {
    const key = keyPair();
    const [repository, digest] = IMAGE.split("@");
    const { signature, ...rest } = attest({ repository: repository ?? "", digest: digest ?? "" }, key);
    const data = changed(stack("tutorial"), {
      signingKey: undefined,
      "projects.kms": undefined,
      "attestor.publicKeys": [{ pem: key.publicKey }],
      "images[0].signature": { signature },
    });
    const { attestors, attestations } = stackDeclaration(parsed(data));
    assert.deepEqual(attestors, [
      {
        name: "projects/attestor-proj-id/attestors/attestor-id",
        publicKeys: [{ id: parseAttestorKey(key.publicKey).namedInformation, pem: key.publicKey }],
      },
    ]);
    assert.deepEqual(attestations, [{ ...rest, signature }]);
  });
});

describe("AttestedFhir", () => {
  it("shows the whole declaration as its inputs, and declares nothing else", async () => {
    const declaration = stackDeclaration(parsed(stack("prod"), { "attestations.yaml": ATTESTATIONS }));
    const { all } = await declared(
      ({ transformations }) => new AttestedFhir("attested-fhir", declaration, { transformations }),
    );
    const own = all.filter(({ name }) => name !== "given");
    assert.equal(own.length, 1);
    assert.equal(own[0]?.type, "attested-fhir:index:AttestedFhir");
    const known: unknown = JSON.parse(JSON.stringify(declaration));
    assert.deepEqual(own[0].inputs, known);
  });
});
