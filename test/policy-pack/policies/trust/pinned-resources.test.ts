import assert from "node:assert/strict";
import { type Configuration, UNCONFIGURED } from "../../../../packages/policy-config/configuration.ts";
import type { Trust } from "../../../../packages/policy-config/trust-schema.ts";
import {
  type Properties,
  type PropertyValue,
  UNKNOWN,
} from "../../../../packages/stack-model/property-value.ts";
import { trust } from "../../../../policy-pack/policies/trust/pinned-trust.ts";
import { configured } from "../../judge.ts";
import { cluster, deployment, resource } from "../../resources.ts";

const pinning = (trusted: Trust): Configuration => ({ ...UNCONFIGURED, trust: trusted });
const verdict = (pins: Trust, type: string, props: Properties) =>
  configured(pinning(pins), trust, resource(type, props));

describe("a resource, where the pack's configuration pins projects", () => {
  const pins: Trust = {
    projects: [{ id: "own", number: "100", serviceAccount: "deployer@own.iam.gserviceaccount.com" }],
    signers: ["serviceAccount:signer@own.iam.gserviceaccount.com"],
  };
  const refusal = (what: string) => [
    `it: it sets ${what}, and the policy pack's configuration pins projects own`,
  ];

  it("passes in a pinned project, by id, by number and by full name, and where the project is not known yet", () => {
    const own: readonly PropertyValue[] = ["own", "100", "projects/own", UNKNOWN];
    for (const project of own) assert.deepEqual(verdict(pins, "gcp:kms/keyRing:KeyRing", { project }), []);
    assert.deepEqual(
      verdict(pins, "gcp:kms/cryptoKey:CryptoKey", { keyRing: "projects/own/locations/l/keyRings/r" }),
      [],
    );
    assert.deepEqual(configured(UNCONFIGURED, trust, cluster()), []);
  });

  it("fails in another project, which it names by id or within a full name", () => {
    assert.deepEqual(
      verdict(pins, "gcp:kms/keyRing:KeyRing", { project: "other" }),
      refusal('project to "other"'),
    );
    assert.deepEqual(
      verdict(pins, "gcp:organizations/project:Project", { projectId: "other" }),
      refusal('projectId to "other"'),
    );
    assert.deepEqual(
      verdict(pins, "gcp:kms/cryptoKey:CryptoKey", { keyRing: "projects/other/locations/l/keyRings/r" }),
      refusal('keyRing to "projects/other/locations/l/keyRings/r"'),
    );
    assert.deepEqual(
      verdict(pins, "pulumi:providers:gcp", { project: "other" }),
      refusal('project to "other"'),
    );
  });

  it("passes where its provider acts as a pinned service account or signer, and fails for another", () => {
    const acting = (account: string) =>
      verdict(pins, "pulumi:providers:gcp", { impersonateServiceAccount: account });
    assert.deepEqual(acting("deployer@own.iam.gserviceaccount.com"), []);
    assert.deepEqual(acting("signer@own.iam.gserviceaccount.com"), []);
    assert.deepEqual(acting("other@own.iam.gserviceaccount.com"), [
      'it: it sets impersonateServiceAccount to "other@own.iam.gserviceaccount.com", and the policy pack\'s configuration pins service accounts deployer@own.iam.gserviceaccount.com, signer@own.iam.gserviceaccount.com',
    ]);
  });
});

describe("a grant of a role, where the pack's configuration pins identities and domains", () => {
  const pins: Trust = {
    identities: ["group:ops@other.example"],
    domains: ["example.com", "own.iam.gserviceaccount.com", "own.svc.id.goog"],
  };
  const granting = (member: Properties[string], given = pins) =>
    verdict(given, "gcp:projects/iAMMember:IAMMember", { role: "roles/viewer", member });

  it("passes for a pinned identity, a member of a pinned domain, and one that is not known yet", () => {
    const members: readonly PropertyValue[] = [
      "group:ops@other.example",
      "user:someone@example.com",
      "domain:example.com",
      "serviceAccount:nodes@own.iam.gserviceaccount.com",
      "serviceAccount:own.svc.id.goog[namespace/name]",
      UNKNOWN,
    ];
    for (const member of members) assert.deepEqual(granting(member), []);
    assert.deepEqual(granting("user:anyone@gmail.com", {}), []);
  });

  it("fails for any other member, also of a domain that only ends alike", () => {
    for (const member of [
      "user:someone@gmail.com",
      "user:someone@evil-example.com",
      "user:someone@sub.example.com",
      "user:someone@evil.com@example.com",
      "group:other@other.example",
      "serviceAccount:evil.svc.id.goog[own.svc.id.goog/name]",
      "domain:gmail.com",
      "allUsers",
      "principalSet://iam.googleapis.com/example.com",
    ]) {
      const [fault = "", ...others] = granting(member);
      assert.deepEqual(others, []);
      assert.ok(
        fault.startsWith(`it: it grants roles/viewer to ${JSON.stringify(member)} in member, and`),
        fault,
      );
    }
  });

  it("fails for a member within a binding or a whole policy", () => {
    const type = "gcp:projects/iAMBinding:IAMBinding";
    const bound = { role: "roles/viewer", members: ["user:someone@example.com", "user:someone@gmail.com"] };
    assert.match(
      verdict(pins, type, bound)[0] ?? "",
      /grants roles\/viewer to "user:someone@gmail\.com" in members/,
    );
    const policyData = JSON.stringify({ bindings: [bound] });
    assert.equal(verdict(pins, "gcp:projects/iAMPolicy:IAMPolicy", { policyData }).length, 1);
  });
});

describe("an image and a mirror, where the pack's configuration pins registries", () => {
  const MIRROR = "us-central1-docker.pkg.dev/own/quay";
  const pins: Trust = { registries: [{ prefix: "gcr.io/vendor" }, { prefix: MIRROR, upstream: "quay.io" }] };
  const running = (image: string) => configured(pinning(pins), trust, deployment({ container: { image } }));

  it("passes for an image of a pinned registry", () => {
    for (const image of ["gcr.io/vendor/adapter", `${MIRROR}/cilium/cilium:v1`])
      assert.deepEqual(running(image), []);
  });

  it("fails for an image of another registry, also of one that only begins alike", () => {
    for (const image of [
      "docker.io/library/nginx",
      "nginx",
      "gcr.io/vendors/adapter",
      "quay.io/cilium/cilium",
    ])
      assert.deepEqual(running(image), [
        `deployment: deployment names "${image}" in container "adapter", and the policy pack's configuration pins registries gcr.io/vendor, ${MIRROR}`,
      ]);
  });

  const mirroring = (changes: Properties) =>
    verdict(pins, "gcp:artifactregistry/repository:Repository", {
      project: "own",
      location: "us-central1",
      repositoryId: "quay",
      mode: "REMOTE_REPOSITORY",
      remoteRepositoryConfig: { commonRepository: { uri: "https://quay.io" } },
      ...changes,
    });
  const DOCKER_HUB = { dockerRepository: { publicRepository: "DOCKER_HUB" } };

  it("passes for the pinned mirror, and for a repository that mirrors nothing", () => {
    assert.deepEqual(mirroring({}), []);
    assert.deepEqual(mirroring({ mode: "STANDARD_REPOSITORY", remoteRepositoryConfig: undefined }), []);
  });

  it("fails where it mirrors another registry, one that cannot be seen, or under another name", () => {
    const refusal = (prefix: string, upstream: string) => [
      `it: it makes ${prefix} a mirror of ${upstream} by remoteRepositoryConfig, and the policy pack's configuration pins mirrors ${MIRROR} of quay.io`,
    ];
    assert.deepEqual(mirroring({ remoteRepositoryConfig: DOCKER_HUB }), refusal(MIRROR, "docker.io"));
    assert.deepEqual(
      mirroring({ remoteRepositoryConfig: UNKNOWN }),
      refusal(MIRROR, "something that names no registry"),
    );
    assert.deepEqual(
      mirroring({ repositoryId: "gcr" }),
      refusal("us-central1-docker.pkg.dev/own/gcr", "quay.io"),
    );
  });
});
