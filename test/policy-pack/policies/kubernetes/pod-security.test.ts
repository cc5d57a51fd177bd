import assert from "node:assert/strict";
import {
  breakGlassLabelRefused,
  podHardened,
} from "../../../../policy-pack/policies/kubernetes/pod-security.ts";
import { type Properties, UNKNOWN } from "../../../../packages/stack-model/property-value.ts";
import { judge } from "../../judge.ts";
import { deployment, release, resource } from "../../resources.ts";

describe("a pod's security", () => {
  const hardened = {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  };
  const inContainer = (securityContext: Properties, rest: Properties = {}) =>
    judge(
      podHardened,
      deployment({ container: { securityContext: { ...hardened, ...securityContext }, ...rest } }),
    );
  const container = (why: string) => [`deployment: container "adapter": ${why}`];
  const pod = (why: string) => [`deployment: the pod: ${why}`];

  it("passes where pod and containers are restricted", () => {
    assert.deepEqual(judge(podHardened, deployment()), []);
    assert.deepEqual(inContainer({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } }), []);
    assert.deepEqual(
      inContainer({}, { ports: [{ containerPort: 2575 }, { containerPort: 80, hostPort: 0 }] }),
      [],
    );
  });

  it("passes where the container sets what the pod does not", () => {
    const own = { ...hardened, runAsNonRoot: true, seccompProfile: { type: "Localhost" } };
    const bare = deployment({ pod: { securityContext: undefined }, container: { securityContext: own } });
    assert.deepEqual(judge(podHardened, bare), []);
  });

  it("fails where fields are missing, and names all of them in one message", () => {
    const bare = deployment({
      pod: { securityContext: undefined },
      container: { securityContext: undefined },
    });
    assert.deepEqual(
      judge(podHardened, bare),
      container(
        'runAsNonRoot is not set, not true; seccompProfile.type is not set, not "RuntimeDefault"; ' +
          "allowPrivilegeEscalation is not set, not false; readOnlyRootFilesystem is not set, not true; " +
          "capabilities.drop does not name ALL",
      ),
    );
  });

  it("fails where the container overrides the pod's restrictions", () => {
    assert.deepEqual(inContainer({ runAsNonRoot: false }), container("runAsNonRoot is false, not true"));
    assert.deepEqual(
      inContainer({ seccompProfile: { type: "Unconfined" } }),
      container('seccompProfile.type is "Unconfined", not "RuntimeDefault"'),
    );
  });

  it("fails with privileges, capabilities, host ports, or unknown values", () => {
    assert.deepEqual(inContainer({ privileged: true }), container("privileged is true, not false"));
    assert.deepEqual(
      inContainer({ capabilities: { drop: ["ALL"], add: ["SYS_ADMIN", UNKNOWN] } }),
      container("capabilities.add names SYS_ADMIN, not known before the update"),
    );
    assert.deepEqual(
      inContainer({}, { ports: [{ hostPort: 2575 }] }),
      container("hostPort is 2575, not left out"),
    );
    assert.deepEqual(
      inContainer({ readOnlyRootFilesystem: UNKNOWN }),
      container("readOnlyRootFilesystem is not known before the update, not true"),
    );
  });

  it("fails with host namespaces or host paths", () => {
    const onHost: Properties = {
      hostNetwork: true,
      hostPID: UNKNOWN,
      hostIPC: false,
      volumes: [{ hostPath: { path: "/" } }],
    };
    assert.deepEqual(
      judge(podHardened, deployment({ pod: onHost })),
      pod(
        "hostNetwork is true, not false; hostPID is not known before the update, not false; a volume is a hostPath of the node",
      ),
    );
  });

  it("is required of what a patch sets, and not of what it leaves as it is", () => {
    const patch = (container: Properties) =>
      judge(
        podHardened,
        resource("kubernetes:apps/v1:DeploymentPatch", {
          spec: { template: { spec: { containers: [{ name: "c", ...container }] } } },
        }),
      );
    assert.deepEqual(patch({}), []);
    assert.deepEqual(patch({ securityContext: { privileged: true, capabilities: { drop: [] } } }), [
      'it: container "c": privileged is true, not false; capabilities.drop does not name ALL',
    ]);
  });
});

describe("the break-glass label", () => {
  const LABEL = "image-policy.k8s.io/break-glass";

  it("passes where it is absent", () => {
    assert.deepEqual(judge(breakGlassLabelRefused, deployment()), []);
  });

  it("fails with any value", () => {
    for (const value of ["true", "false", ""]) {
      assert.deepEqual(judge(breakGlassLabelRefused, deployment({ labels: { [LABEL]: value } })), [
        `deployment: the pod carries ${LABEL}: take it out of its labels`,
      ]);
    }
  });

  it("fails where it may be among unknown labels, or is itself unknown", () => {
    const refusal = [
      `deployment: the pod's labels are not known before the update: name them, since ${LABEL} may be among them`,
    ];
    assert.deepEqual(judge(breakGlassLabelRefused, deployment({ labels: UNKNOWN })), refusal);
    assert.deepEqual(judge(breakGlassLabelRefused, deployment({ labels: { [LABEL]: UNKNOWN } })), refusal);
  });

  it("fails anywhere in the values of a Helm release", () => {
    assert.deepEqual(judge(breakGlassLabelRefused, release({ podLabels: { app: "cilium" } })), []);
    const labelled = release({ parts: [{ podLabels: { [LABEL]: "true" } }] });
    assert.deepEqual(judge(breakGlassLabelRefused, labelled), [
      `release: the values hold ${LABEL}: take it out of them`,
    ]);
    const old = release({ podAnnotations: { [`alpha.${LABEL}`]: UNKNOWN } });
    assert.deepEqual(judge(breakGlassLabelRefused, old), [
      `release: the values hold alpha.${LABEL}: take it out of them`,
    ]);
  });

  it("fails in its old form too", () => {
    const old = { metadata: { annotations: { [`alpha.${LABEL}`]: "true" } } };
    assert.deepEqual(judge(breakGlassLabelRefused, resource("kubernetes:core/v1:Pod", old)), [
      `it: the pod carries alpha.${LABEL}: take it out of its annotations`,
    ]);
  });
});
