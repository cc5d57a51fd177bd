import assert from "node:assert/strict";
import { Provider } from "@pulumi/kubernetes/provider.js";
import { podHardened } from "../../../policy-pack/policies/kubernetes/pod-security.ts";
import type { Properties } from "../../../packages/stack-model/property-value.ts";
import { judge } from "../../policy-pack/judge.ts";
import { resource } from "../../policy-pack/resources.ts";
import type { Declared, Inputs, Options } from "../mocks.ts";

/** What the tests of the components on Kubernetes share. */

/** Options for a component on a cluster of its own. */
export function onCluster({ transformations }: Options) {
  return { transformations, provider: new Provider("cluster", { kubeconfig: "{}" }) };
}

/** The declared objects by name, without kind and apiVersion, which the types' names contain. */
export function kubernetesObjects({ inputs, all }: Declared<unknown>): Readonly<Record<string, Inputs>> {
  const objects = all.filter(({ type }) => type.startsWith("kubernetes:"));
  assert.ok(objects.length > 0 && objects.every(({ provider }) => provider === "cluster"));
  return Object.fromEntries(
    Object.entries(inputs).map(([key, { apiVersion, kind, ...rest }]) => {
      const type = `kubernetes:${String(apiVersion).replace(/^v1$/, "core/v1")}:${String(kind)}`;
      assert.equal(type, key.split(" ")[0]);
      return [key, rest];
    }),
  );
}

/** The violations that the guardrail pod-hardened reports for everything declared. */
export function unhardened({ all }: Declared<unknown>): readonly string[] {
  return all.flatMap(({ type, name, inputs }) =>
    judge(podHardened, resource(type, inputs as Properties, { name })),
  );
}

/** The security context of a pod that runs as a user and group of this number. */
export function securityOfPod(user: number) {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    seccompProfile: { type: "RuntimeDefault" },
  };
}

/** The fields that every pod here has. */
export const POD = {
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  hostNetwork: false,
  hostPID: false,
  hostIPC: false,
};

/** The security context of every container here. */
export const CONTAINER = {
  privileged: false,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};
