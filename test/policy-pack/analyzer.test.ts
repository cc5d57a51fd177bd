import assert from "node:assert/strict";
import { guardrails } from "../../policy-pack/list.ts";
import { ATTESTOR, CLUSTER, CRYPTO_KEY, HELM_RELEASE, ROOT } from "../../packages/stack-model/type-tokens.ts";
import { PolicyHost, secret, type Shown, UNKNOWN_LIST, UNKNOWN_TEXT, urnOf } from "./host.ts";
import { IMAGE } from "./resources.ts";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";

function pod(container: object): Shown {
  const sound = {
    name: "adapter",
    image: IMAGE,
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
  };
  const spec = {
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    containers: [{ ...sound, ...container }],
  };
  return { type: DEPLOYMENT, name: "adapter", props: { spec: { template: { spec } } } };
}

/** Denies all traffic of all pods in both directions. */
const CLOSED: Shown = {
  type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
  name: "closed",
  props: { metadata: { name: "closed" }, spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } },
};

describe("the pack in Pulumi's policy host", function () {
  this.timeout(30_000);
  let host: PolicyHost;
  before(async () => (host = await PolicyHost.start()));
  after(() => host.stop());

  it("offers every guardrail under its name, with its facts", async () => {
    const offered = (await host.policies()).map(({ name, description, remediationSteps, framework }) => ({
      name,
      description,
      steps: remediationSteps,
      reference: framework?.reference,
    }));
    assert.deepEqual(
      offered,
      guardrails.map(({ name, description, remediation, framework }) => ({
        name,
        description,
        steps: remediation.map((step, index) => `${index + 1}. ${step}`).join("\n"),
        reference: framework.reference,
      })),
    );
  });

  it("keeps a guardrail mandatory where the values that it evaluates are not known yet", async () => {
    const cases: readonly (readonly [Shown, readonly string[]])[] = [
      [
        { type: CLUSTER, name: "c", props: { binaryAuthorization: { evaluationMode: UNKNOWN_TEXT } } },
        [
          "cluster-enforces-binary-authorization",
          "cluster-nodes-private",
          "control-plane-not-public",
          "workload-identity-on",
        ],
      ],
      [
        {
          type: DEPLOYMENT,
          name: "d",
          props: { spec: { template: { spec: { containers: UNKNOWN_LIST } } } },
        },
        ["pod-hardened"],
      ],
      [
        { type: ATTESTOR, name: "a", props: { attestationAuthorityNote: UNKNOWN_TEXT } },
        ["attestor-key-strong"],
      ],
      [{ type: CRYPTO_KEY, name: "k", props: { purpose: UNKNOWN_TEXT } }, ["signing-key-elliptic"]],
      [
        { type: ROOT, name: "r", props: { roles: UNKNOWN_TEXT, attestors: UNKNOWN_LIST } },
        ["attestation-verifies", "attestor-key-strong", "roles-have-distinct-projects"],
      ],
    ];
    for (const [shown, policies] of cases) {
      const violations = await host.analyze(shown);
      assert.deepEqual(
        violations.map(({ policy }) => policy),
        policies,
        shown.type,
      );
      for (const { enforcement, message } of violations) {
        assert.equal(enforcement, "mandatory");
        assert.doesNotMatch(message, /can't run/);
      }
    }
  });

  it("keeps a stack guardrail mandatory where values are not known yet", async () => {
    const wanted = "name it in the stack, by digest";
    const values = { image: { override: UNKNOWN_TEXT }, nested: UNKNOWN_TEXT };
    const cases: readonly (readonly [Shown, string])[] = [
      [pod({ image: UNKNOWN_TEXT }), 'container "adapter"'],
      [{ type: HELM_RELEASE, name: "cilium", props: { values } }, "values.image.override"],
      [{ type: HELM_RELEASE, name: "cilium", props: { values: UNKNOWN_TEXT } }, "values"],
    ];
    for (const [shown, called] of cases) {
      await host.analyze(shown);
      assert.deepEqual(await host.analyzeStack(shown, CLOSED), [
        {
          policy: "image-pinned-by-digest",
          enforcement: "mandatory",
          message: `${called}: the image is not known before the update: ${wanted}`,
          urn: urnOf(shown),
        },
      ]);
    }
  });

  it("keeps access-equals-grants mandatory where a policy is not known yet, and names the unknown value", async () => {
    const policy: Shown = {
      type: "kubernetes:cilium.io/v2:CiliumNetworkPolicy",
      name: "policy",
      props: {
        metadata: { name: "policy", namespace: "default" },
        spec: { endpointSelector: {}, ingress: UNKNOWN_LIST, egress: [{}] },
      },
    };
    await host.analyze(policy);
    const violations = await host.analyzeStack(policy, pod({}));
    assert.ok(violations.every(({ enforcement }) => enforcement === "mandatory"));
    const about = violations.filter(({ policy: guardrail }) => guardrail === "every-pod-policed");
    assert.deepEqual(about, [
      {
        policy: "every-pod-policed",
        enforcement: "mandatory",
        message: "cannot be evaluated: spec.ingress is not known before the update (treated as a violation)",
        urn: urnOf(policy),
      },
    ]);
    assert.deepEqual(
      violations
        .filter(({ policy: guardrail }) => guardrail.startsWith("http-"))
        .map(({ message }) => message),
      [
        "spec.ingress: method is not known before the update: name it",
        "spec.ingress: path is not known before the update: name it",
        "spec.ingress: path is not known before the update: name it",
        "spec.ingress: path is not known before the update: name it",
        "spec.ingress: method is not known before the update: name it",
        "spec.ingress: host is not known before the update: name it",
      ],
    );
  });

  it("evaluates each stack anew, even one with the same resources", async () => {
    const unknown = { ...CLOSED, props: { ...CLOSED.props, spec: UNKNOWN_TEXT } };
    for (const [policy, count] of [
      [CLOSED, 0],
      [unknown, 1],
      [CLOSED, 0],
    ] as const) {
      const violations = await host.analyzeStack(pod({}), policy);
      assert.equal(violations.filter((one) => one.policy === "every-pod-policed").length, count);
    }
  });

  it("evaluates the known values of a resource whose other values are not known yet", async () => {
    const container = { args: [UNKNOWN_TEXT], env: UNKNOWN_LIST, securityContext: { privileged: true } };
    const violations = await host.analyze(pod(container));
    assert.deepEqual(
      violations.map(({ policy, enforcement }) => [policy, enforcement]),
      [["pod-hardened", "mandatory"]],
    );
    assert.match(violations[0]?.message ?? "", /privileged is true, not false/);
  });

  it("evaluates secret values, and prints none", async () => {
    const env = [{ name: "TOKEN", value: secret("s3cr3t-value") }];
    const hidden = pod({ env, securityContext: secret({ privileged: true, password: "s3cr3t-value" }) });
    const violations = await host.analyze(hidden);
    assert.deepEqual(
      violations.map(({ policy }) => policy),
      ["pod-hardened"],
    );
    assert.match(violations[0]?.message ?? "", /privileged is true/);
    assert.doesNotMatch(JSON.stringify(violations), /s3cr3t/);
  });

  it("evaluates the stack by its inputs, because a provider that is not configured yet returns no outputs", async () => {
    const shown = pod({});
    await host.analyze(shown);
    assert.deepEqual(await host.analyzeStack({ ...shown, props: {} }, CLOSED), [
      {
        policy: "image-attested",
        enforcement: "mandatory",
        message: `container "adapter" runs ${IMAGE}, to which no Binary Authorization policy of this stack applies`,
        urn: urnOf(shown),
      },
    ]);
  });

  it("evaluates the stack by the inputs that the engine sent last", async () => {
    await host.analyze(pod({ image: "gcr.io/vendor/adapter:v1" }));
    assert.deepEqual(await host.analyzeStack({ ...pod({}), props: {} }, CLOSED), [
      {
        policy: "image-pinned-by-digest",
        enforcement: "mandatory",
        message:
          'container "adapter": the image "gcr.io/vendor/adapter:v1" has the tag "v1", and a tag can be moved to another image: write HOST/NAME@sha256: and 64 hexadecimal digits',
        urn: urnOf(pod({})),
      },
    ]);
  });

  it("evaluates a resource that the program only reads by its outputs", async () => {
    const read: Shown = { type: "gcp:healthcare/dataset:Dataset", name: "read", props: { location: "us" } };
    const declared = {
      type: ROOT,
      name: "root",
      props: {
        allowedLocations: ["us-central1"],
        separateDuties: false,
        unattestedImages: [],
        fhirServers: [],
      },
    };
    const found = await host.analyzeStack(read, declared);
    const violations = found.filter(({ policy }) => policy !== "declarations-trusted");
    assert.deepEqual(violations, [
      {
        policy: "dataset-location-allowed",
        enforcement: "mandatory",
        message: 'location is "us", not one of the allowed: us-central1',
        urn: urnOf(read),
      },
    ]);
  });

  it("passes on whether a resource is protected", async () => {
    const props = {
      purpose: "ASYMMETRIC_SIGN",
      versionTemplate: { algorithm: "EC_SIGN_P256_SHA256", protectionLevel: "HSM" },
    };
    const declared = {
      type: ROOT,
      name: "root",
      props: {
        separateDuties: true,
        layers: ["signing"],
        roles: {},
        attestors: [],
        attestations: [],
        unattestedImages: [],
        fhirServers: [],
      },
    };
    const key = { type: CRYPTO_KEY, name: "key", props };
    assert.deepEqual(await host.analyzeStack({ ...key, protect: true }, declared), []);
    assert.deepEqual(
      (await host.analyzeStack(key, declared)).map(({ message }) => message),
      ["the key is not protected from deletion"],
    );
  });
});
