import assert from "node:assert/strict";
import {
  admissionPolicyPresent,
  admissionRuleRequiresAttestation,
  allowListNarrow,
  clusterEnforcesBinaryAuthorization,
} from "../../../../policy-pack/policies/images/binary-authorization.ts";
import { REPOSITORY } from "../../../../packages/stack-model/type-tokens.ts";
import {
  type Properties,
  UNKNOWN,
  type PropertyValue,
} from "../../../../packages/stack-model/property-value.ts";
import { judge } from "../../judge.ts";
import { allowing, cluster, policy, resource, root, rule } from "../../resources.ts";

describe("Binary Authorization on a cluster", () => {
  it("passes where the cluster enforces its project's policy", () => {
    assert.deepEqual(judge(clusterEnforcesBinaryAuthorization, cluster()), []);
  });

  for (const [found, said] of [
    [{ evaluationMode: "DISABLED" }, '"DISABLED"'],
    [{ evaluationMode: UNKNOWN }, "not known before the update"],
    [undefined, "not set"],
    [UNKNOWN, "not known before the update"],
  ] as const) {
    it(`fails where the evaluation mode is ${said}`, () => {
      assert.deepEqual(judge(clusterEnforcesBinaryAuthorization, cluster({ binaryAuthorization: found })), [
        `cluster: binaryAuthorization.evaluationMode is ${said}, not PROJECT_SINGLETON_POLICY_ENFORCE or POLICY_BINDINGS_AND_PROJECT_SINGLETON_POLICY_ENFORCE`,
      ]);
    });
  }
});

describe("the presence of an admission policy", () => {
  it("passes where the policy is in the cluster's project", () => {
    assert.deepEqual(judge(admissionPolicyPresent, cluster(), policy()), []);
  });

  it("is required with a cluster in another project", () => {
    assert.deepEqual(judge(admissionPolicyPresent, cluster({ project: "other" }), policy()), [
      "cluster: the project other has no Binary Authorization policy here, and Google's own allows every image",
    ]);
  });

  it("cannot be evaluated with a cluster whose project is unknown", () => {
    assert.deepEqual(
      judge(admissionPolicyPresent, cluster({ project: UNKNOWN }), policy({ project: UNKNOWN })),
      [
        "cluster: project is not known before the update on the cluster and its provider, so no Binary Authorization policy of the stack is known to apply: set project",
      ],
    );
  });
});

describe("an admission rule", () => {
  const faults = (...changes: Parameters<typeof policy>) =>
    judge(admissionRuleRequiresAttestation, policy(...changes));

  it("passes where it requires an attestor and enforces by blocking", () => {
    assert.deepEqual(faults(), []);
  });

  it("passes where it denies all images", () => {
    const denying = rule({ evaluationMode: "ALWAYS_DENY", requireAttestationsBies: [] });
    assert.deepEqual(faults({ defaultAdmissionRule: denying }), []);
  });

  it("fails where it allows all images, on every cluster or on one", () => {
    const allowingAll = rule({ evaluationMode: "ALWAYS_ALLOW", requireAttestationsBies: [] });
    assert.deepEqual(faults({ defaultAdmissionRule: allowingAll }), [
      'policy: the default rule: evaluationMode is "ALWAYS_ALLOW", not REQUIRE_ATTESTATION',
    ]);
    assert.deepEqual(faults({ clusterAdmissionRules: [{ cluster: "us-central1.dev", ...allowingAll }] }), [
      'policy: the rule for us-central1.dev: evaluationMode is "ALWAYS_ALLOW", not REQUIRE_ATTESTATION',
    ]);
  });

  it("fails where it only writes audit logs", () => {
    assert.deepEqual(faults({ defaultAdmissionRule: rule({ enforcementMode: "DRYRUN_AUDIT_LOG_ONLY" }) }), [
      'policy: the default rule: enforcementMode is "DRYRUN_AUDIT_LOG_ONLY", not ENFORCED_BLOCK_AND_AUDIT_LOG',
    ]);
  });

  it("fails where it names no attestor, or an unknown one", () => {
    assert.deepEqual(faults({ defaultAdmissionRule: rule({ requireAttestationsBies: [] }) }), [
      "policy: the default rule: requireAttestationsBies names no attestor",
    ]);
    assert.deepEqual(faults({ defaultAdmissionRule: rule({ requireAttestationsBies: [UNKNOWN] }) }), [
      "policy: the default rule: an attestor in requireAttestationsBies is not known before the update: name it",
    ]);
  });

  it("fails where it is unknown or missing", () => {
    assert.deepEqual(faults({ defaultAdmissionRule: UNKNOWN }), [
      "policy: the default rule: evaluationMode is not known before the update, not REQUIRE_ATTESTATION",
      "policy: the default rule: enforcementMode is not known before the update, not ENFORCED_BLOCK_AND_AUDIT_LOG",
    ]);
    assert.deepEqual(faults({ defaultAdmissionRule: undefined }), [
      "policy: the default rule: evaluationMode is not set, not REQUIRE_ATTESTATION",
      "policy: the default rule: enforcementMode is not set, not ENFORCED_BLOCK_AND_AUDIT_LOG",
    ]);
    assert.deepEqual(faults({ clusterAdmissionRules: UNKNOWN }), [
      "policy: the rule for a cluster: evaluationMode is not known before the update, not REQUIRE_ATTESTATION",
      "policy: the rule for a cluster: enforcementMode is not known before the update, not ENFORCED_BLOCK_AND_AUDIT_LOG",
    ]);
  });
});

describe("the allow-list", () => {
  it("passes with the tutorial's patterns", () => {
    const tutorial = [
      "gcr.io/google_containers/*",
      "gcr.io/google-containers/*",
      "k8s.gcr.io/*",
      "gcr.io/stackdriver-agents/*",
    ];
    assert.deepEqual(judge(allowListNarrow, policy(allowing(...tutorial))), []);
  });

  it("fails where a pattern leaves the owner open, is not valid for Binary Authorization, or is unknown", () => {
    assert.deepEqual(judge(allowListNarrow, policy(allowing("gcr.io/*", "*", UNKNOWN))), [
      'policy: the pattern "gcr.io/*" exempts the images of every owner at gcr.io: name one, gcr.io/OWNER/',
      'policy: the pattern "*" names no registry: begin it with HOST/',
      "policy: a pattern of the allow-list is not known before the update: name it",
    ]);
    assert.deepEqual(judge(allowListNarrow, policy({ admissionWhitelistPatterns: UNKNOWN })), [
      "policy: a pattern of the allow-list is not known before the update: name it",
    ]);
  });

  describe("through a mirror", () => {
    const HOST = "us-central1-docker.pkg.dev/fhir-project";
    const mirror = (props: Properties = {}) => {
      const remote = { location: "us-central1", project: "fhir-project", mode: "REMOTE_REPOSITORY" };
      return resource(REPOSITORY, { ...remote, repositoryId: "quay", ...props }, { name: "mirror" });
    };
    const through = (pattern: string, repository = mirror()) =>
      judge(allowListNarrow, policy(allowing(pattern)), repository);
    const broad = (pattern: string) => [
      `policy: the pattern "${pattern}" exempts the images of every owner that the mirror has: name one, ${HOST}/quay/OWNER/`,
    ];

    it("passes where a pattern names an owner at the mirrored registry", () => {
      for (const pattern of [`${HOST}/quay/cilium/*`, `${HOST}/quay/cilium/**`, `${HOST}/other/**`])
        assert.deepEqual(through(pattern), []);
    });

    it("fails where a pattern names the mirror only, or less", () => {
      for (const pattern of [`${HOST}/quay/*`, `${HOST}/quay/**`, `${HOST}/quay/cil**`, `${HOST}/**`])
        assert.deepEqual(through(pattern), broad(pattern));
    });

    it("passes where the repository contains only its owner's images", () => {
      for (const mode of [undefined, "STANDARD_REPOSITORY"])
        assert.deepEqual(through(`${HOST}/quay/**`, mirror({ mode })), []);
    });

    it("fails where it is not known whether a repository is a mirror, or of which registry", () => {
      const modes: readonly PropertyValue[] = ["VIRTUAL_REPOSITORY", UNKNOWN];
      for (const mode of modes)
        assert.deepEqual(through(`${HOST}/quay/**`, mirror({ mode })), broad(`${HOST}/quay/**`));
      for (const part of ["location", "project", "repositoryId"]) {
        assert.deepEqual(through(`${HOST}/quay/cilium/*`, mirror({ [part]: UNKNOWN })), [
          "mirror: the mirror's location, project or repositoryId is not known: name them",
        ]);
      }
    });
  });
});

describe("the images that a stack exempts by declaration", () => {
  const naming = (...images: readonly PropertyValue[]) =>
    judge(
      allowListNarrow,
      root({ unattestedImages: images.map((image) => ({ image, reason: "A story on a laptop" })) }),
    );

  it("pass where each pattern names an owner", () => {
    assert.deepEqual(naming("quay.io/cilium/*", "docker.io/sween/ciliumfhir:2024.2"), []);
    assert.deepEqual(naming(), []);
  });

  it("fail where a pattern leaves the owner or the registry open", () => {
    assert.deepEqual(naming("quay.io/**", "sween/ciliumfhir:2024.2"), [
      'root: the pattern "quay.io/**" in unattestedImages exempts the images of every owner at quay.io: name one, quay.io/OWNER/',
      'root: the pattern "sween/ciliumfhir:2024.2" in unattestedImages names no registry: begin it with HOST/',
    ]);
  });

  it("cannot be evaluated where they are not known, or the stack does not declare them", () => {
    assert.deepEqual(naming(UNKNOWN), [
      "root: cannot be evaluated: the declared unattestedImages[0].image is not known before the update, not a text (treated as a violation)",
    ]);
    assert.deepEqual(judge(allowListNarrow, root({ unattestedImages: undefined })), [
      "root: cannot be evaluated: the declared unattestedImages is not set, not a list (treated as a violation)",
    ]);
  });
});
