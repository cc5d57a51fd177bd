import assert from "node:assert/strict";
import { guardrails } from "../../policy-pack/list.ts";
import { ATTESTOR, CLUSTER, CRYPTO_KEY, HELM_RELEASE, ROOT } from "../../packages/stack-model/type-tokens.ts";
import { PolicyHost, secret, type Shown, UNKNOWN_LIST, UNKNOWN_TEXT, urnOf } from "./host.ts";

import {
  ADMISSION,
  CLOSED,
  DECLARED,
  DEPLOYMENT,
  EXEMPTING,
  STACK_ITSELF,
  pod,
} from "./analyzer-resources.ts";

describe("the pack in Pulumi's policy host", function () {
  this.timeout(30_000);
  let host: PolicyHost;
  before(async () => (host = await PolicyHost.start()));
  after(() => host.stop());
  // The engine registers the stack first of all resources, in each preview and update.
  beforeEach(() => host.analyze(STACK_ITSELF));

  /** Registers what the pod needs. */
  async function allow() {
    await host.analyze(CLOSED);
    await host.analyze(EXEMPTING);
  }

  /** Registers a pod whose image has a tag that the declaration allows; also as a provider without outputs has it. */
  async function taggedPod(image: string): Promise<readonly [Shown, Shown]> {
    const shown = pod({ image });
    await host.analyze(STACK_ITSELF);
    await host.analyze(DECLARED);
    await host.analyze(CLOSED);
    assert.deepEqual(await host.analyze(shown), []);
    return [shown, { ...shown, props: {} }];
  }

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
          "admission-policy-present",
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
        ["image-pinned-by-digest", "pod-hardened"],
      ],
      [
        { type: ATTESTOR, name: "a", props: { attestationAuthorityNote: UNKNOWN_TEXT } },
        ["attestor-key-strong"],
      ],
      [
        { type: CRYPTO_KEY, below: ROOT, name: "k", props: { purpose: UNKNOWN_TEXT } },
        ["signing-key-elliptic"],
      ],
      [
        { type: ROOT, name: "r", props: { roles: UNKNOWN_TEXT, attestors: UNKNOWN_LIST } },
        [
          "allow-list-narrow",
          "attestation-verifies",
          "attestor-key-strong",
          "duties-separated",
          "roles-have-distinct-projects",
        ],
      ],
    ];
    for (const [shown, policies] of cases) {
      await host.analyze(STACK_ITSELF);
      const violations = await host.analyze(shown);
      assert.deepEqual(violations.map(({ policy }) => policy).sort(), policies.toSorted(), shown.type);
      for (const { enforcement, message } of violations) {
        assert.equal(enforcement, "mandatory");
        assert.doesNotMatch(message, /can't run/);
      }
    }
  });

  it("keeps image-pinned-by-digest mandatory where values are not known yet", async () => {
    const wanted = "name it in the stack, by digest";
    const values = { image: { override: UNKNOWN_TEXT }, nested: UNKNOWN_TEXT };
    const cases: readonly (readonly [Shown, string])[] = [
      [pod({ image: UNKNOWN_TEXT }), 'container "adapter"'],
      [{ type: HELM_RELEASE, name: "cilium", props: { values } }, "values.image.override"],
      [{ type: HELM_RELEASE, name: "cilium", props: { values: UNKNOWN_TEXT } }, "values"],
    ];
    for (const [shown, called] of cases) {
      await host.analyze(CLOSED);
      assert.deepEqual(await host.analyze(shown), [
        {
          policy: "image-pinned-by-digest",
          enforcement: "mandatory",
          message: `${called}: the image is not known before the update: ${wanted}`,
          urn: "",
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
    const before = await host.analyze(policy);
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
      before.filter(({ policy: guardrail }) => guardrail.startsWith("http-")).map(({ message }) => message),
      [
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
    await allow();
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
    await allow();
    const violations = await host.analyze(hidden);
    assert.deepEqual(
      violations.map(({ policy }) => policy),
      ["pod-hardened"],
    );
    assert.match(violations[0]?.message ?? "", /privileged is true/);
    assert.doesNotMatch(JSON.stringify(violations), /s3cr3t/);
  });

  it("evaluates the stack by its inputs, because a provider that is not configured yet returns no outputs", async () => {
    const [shown, hidden] = await taggedPod("gcr.io/vendor/adapter:v1");
    const violations = await host.analyzeStack(DECLARED, hidden, CLOSED, ADMISSION);
    assert.deepEqual(violations.slice(0, 1), [
      {
        policy: "image-pinned-by-digest",
        enforcement: "mandatory",
        message:
          'container "adapter": the image "gcr.io/vendor/adapter:v1" has the tag "v1", and a tag can be moved to another image: write HOST/NAME@sha256: and 64 hexadecimal digits',
        urn: urnOf(shown),
      },
    ]);
  });

  it("evaluates the stack by the inputs that the engine sent last", async () => {
    await taggedPod("gcr.io/vendor/adapter:v1");
    const [, hidden] = await taggedPod("gcr.io/vendor/adapter:v2");
    assert.match(
      (await host.analyzeStack(DECLARED, hidden, CLOSED, ADMISSION))[0]?.message ?? "",
      /has the tag "v2"/,
    );
  });

  it("reports a resource once: before it is created, and not again with the stack", async () => {
    const policies = (await host.analyze(pod({}))).map(({ policy }) => policy);
    assert.deepEqual(policies, ["every-pod-policed"]);
    assert.deepEqual(await host.analyzeStack(pod({})), []);
  });

  it("begins anew with the next preview or update", async () => {
    await allow();
    assert.deepEqual(await host.analyze(pod({})), []);
    await host.analyze(STACK_ITSELF);
    assert.deepEqual(
      (await host.analyze(pod({}))).map(({ policy }) => policy),
      ["every-pod-policed"],
    );
  });

  it("begins anew after the end of a preview or update", async () => {
    await allow();
    await host.analyzeStack(CLOSED);
    assert.equal((await host.analyze(pod({}))).length, 1);
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
    await host.analyze(declared);
    const found = await host.analyzeStack(declared, read);
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
    await host.analyze(declared);
    assert.deepEqual(await host.analyze({ ...key, protect: true }), []);
    assert.deepEqual(
      (await host.analyze(key)).map(({ message }) => message),
      ["the key is not protected from deletion"],
    );
  });
});
