import assert from "node:assert/strict";
import type { Resource } from "../../../../packages/stack-model/resource.ts";
import { imageAttested } from "../../../../policy-pack/policies/images/image-attested.ts";
import { UNKNOWN } from "../../../../packages/stack-model/property-value.ts";
import { judge } from "../../judge.ts";
import {
  allowing,
  ATTESTOR_NAME,
  cluster,
  deployment,
  IMAGE,
  policy,
  release,
  resource,
  root,
  rule,
} from "../../resources.ts";
import { signer } from "../../signing-keys.ts";
import { NONE, OTHER, refused, unattested, verdict } from "./verdicts.ts";

describe("an image with an attestation in the stack's configuration", () => {
  const key = signer("//kms/key/1");
  const pinned = [{ name: ATTESTOR_NAME, publicKeys: [{ id: key.id, pem: key.pem }] }];
  const given = (attestation: object, attestors: object = pinned) =>
    verdict(policy(), root({ attestors: attestors as never, attestations: [attestation] as never }));

  it("passes where the signature verifies against a pinned key of the required attestor", () => {
    assert.deepEqual(given(key.attest(IMAGE)), []);
  });

  it("fails where the attestation is of another image", () => {
    assert.deepEqual(given(key.attest(OTHER)), unattested(NONE));
  });

  it("fails where the payload names another image", () => {
    assert.deepEqual(
      given({ ...key.attest(OTHER), image: IMAGE }),
      unattested(
        `an attestation of it is declared, but its payload is for the digest "sha256:${"2".repeat(64)}"`,
      ),
    );
  });

  it("fails where the signature is forged", () => {
    const forged = { ...signer(key.id).attest(IMAGE), keyId: key.id };
    assert.deepEqual(
      given(forged),
      unattested(
        "an attestation of it is declared, but its signature does not verify against the key //kms/key/1",
      ),
    );
  });

  it("fails where only another attestor's key is pinned", () => {
    assert.deepEqual(
      given(key.attest(IMAGE), [{ ...pinned[0], name: "projects/attestor-project/attestors/other" }]),
      unattested("an attestation of it is declared, but no public key of this attestor is pinned"),
    );
  });

  it("fails where the pinned key is not known yet", () => {
    assert.deepEqual(
      given(key.attest(IMAGE), [{ name: ATTESTOR_NAME, publicKeys: [{ id: key.id, pem: UNKNOWN }] }]),
      unattested("an attestation of it is declared, but its key //kms/key/1 is not known before the update"),
    );
  });

  it("needs an attestation by every attestor that the rule requires", () => {
    const both = policy({
      defaultAdmissionRule: rule({ requireAttestationsBies: [ATTESTOR_NAME, "projects/p/attestors/second"] }),
    });
    const declared = root({ attestors: pinned, attestations: [{ ...key.attest(IMAGE) }] });
    assert.deepEqual(
      verdict(both, declared),
      refused(
        "which the attestor projects/p/attestors/second has not attested: an attestation of it is declared, but no public key of this attestor is pinned",
      ),
    );
  });
});

describe("an image without an attestation", () => {
  it("fails", () => {
    assert.deepEqual(verdict(policy()), unattested(NONE));
  });

  it("passes where the allow-list exempts it", () => {
    assert.deepEqual(verdict(policy(allowing("gcr.io/vendor/*"))), []);
    assert.deepEqual(verdict(policy(allowing("gcr.io/*", UNKNOWN))), unattested(NONE));
  });

  it("fails where the required attestor is not known", () => {
    const unknown = policy({ defaultAdmissionRule: rule({ requireAttestationsBies: [UNKNOWN] }) });
    assert.deepEqual(
      verdict(unknown),
      refused(`which the attestor (not known before the update) has not attested: ${NONE}`),
    );
  });

  it("fails where the stack has no admission policy", () => {
    assert.deepEqual(
      verdict(cluster()),
      refused("to which no Binary Authorization policy of this stack applies"),
    );
  });

  it("passes where the stack has neither a declaration nor any resource of Binary Authorization", () => {
    assert.deepEqual(judge(imageAttested, deployment()), []);
  });

  it("fails where the rule requires no attestation, or denies all images", () => {
    assert.deepEqual(
      verdict(
        policy({
          defaultAdmissionRule: rule({ evaluationMode: "ALWAYS_ALLOW", requireAttestationsBies: [] }),
        }),
      ),
      refused("for which the default rule requires no attestation"),
    );
    assert.deepEqual(
      verdict(
        policy({
          defaultAdmissionRule: rule({ evaluationMode: "ALWAYS_DENY", requireAttestationsBies: [] }),
        }),
      ),
      refused("which is not on the allow-list, and the default rule denies all others"),
    );
  });

  it("is left to another guardrail where it is not pinned by digest", () => {
    assert.deepEqual(
      judge(imageAttested, deployment({ container: { image: "gcr.io/vendor/adapter:v1" } }), policy()),
      [],
    );
  });
});

describe("the admission rule that applies to a pod", () => {
  const denying = rule({ evaluationMode: "ALWAYS_DENY", requireAttestationsBies: [] });
  const ruled = (name: string) =>
    policy({
      ...allowing(),
      defaultAdmissionRule: denying,
      clusterAdmissionRules: [{ cluster: name, ...rule() }],
    });
  const here = cluster();
  const provider = resource(
    "pulumi:providers:kubernetes",
    {},
    { name: "kubernetes", dependencies: [here.urn] },
  );
  const on = (...resources: readonly Resource[]) =>
    judge(imageAttested, deployment({}, { provider: provider.urn }), provider, here, ...resources);

  it("is that of the cluster which its provider connects to", () => {
    assert.deepEqual(on(ruled("us-central1.cluster")), unattested(NONE));
  });

  it("is the default rule where the cluster has none of its own", () => {
    assert.deepEqual(
      on(ruled("us-central1.other")),
      refused("which is not on the allow-list, and the default rule denies all others"),
    );
  });

  it("is none where the cluster's project has no policy", () => {
    assert.deepEqual(
      on(policy({ project: "other" })),
      refused("to which no Binary Authorization policy of this stack applies"),
    );
  });

  it("may be any rule that admits images where the cluster is not known", () => {
    assert.deepEqual(verdict(ruled("us-central1.cluster")), unattested(NONE));
    const lenient = policy(allowing("gcr.io/vendor/*"));
    assert.deepEqual(verdict(lenient, policy({ project: "other" })), unattested(NONE));
  });
});

describe("an image in one of two clusters", () => {
  const FHIR_ATTESTOR = "projects/attestor-project/attestors/fhir";
  const fhirPolicy = policy(
    {
      project: "fhir-project",
      ...allowing("gcr.io/vendor/*"),
      defaultAdmissionRule: rule({ requireAttestationsBies: [FHIR_ATTESTOR] }),
    },
    "fhir-policy",
  );
  const clusters = [cluster(), cluster({ project: "fhir-project", name: "fhir" }, "fhir")];
  const [adapters, servers] = clusters.map(({ name, urn }) =>
    resource("pulumi:providers:kubernetes", {}, { name: `${name}-kubernetes`, dependencies: [urn] }),
  );
  const stack = [policy(), fhirPolicy, ...clusters, ...(adapters && servers ? [adapters, servers] : [])];
  const on = (provider?: Resource) => {
    const by = provider ? { provider: provider.urn } : {};
    const cilium = release({ image: { override: OTHER } }, {}, by);
    return judge(imageAttested, deployment({}, by), cilium, ...stack);
  };
  const refusals = (attestor: string) => [
    `deployment: container "adapter" runs ${IMAGE}, which the attestor ${attestor} has not attested: ${NONE}`,
    `release: values.image.override runs ${OTHER}, which the attestor ${attestor} has not attested: ${NONE}`,
  ];

  it("is evaluated against the policy of its own cluster's project, in a pod and in a Helm release", () => {
    assert.deepEqual(on(adapters), refusals(ATTESTOR_NAME));
    assert.deepEqual(on(servers), []);
  });

  it("has to satisfy both policies where its cluster is not known", () => {
    assert.deepEqual(on(), refusals(ATTESTOR_NAME));
  });
});
