import type * as pulumi from "@pulumi/pulumi";

/** What keeps a pod within Kubernetes' Pod Security Standard "restricted", as pure data. */

/** Labels of a namespace that admits such pods only. */
export const RESTRICTED_NAMESPACE = {
  product: "attested-fhir",
  "pod-security.kubernetes.io/enforce": "restricted",
  "pod-security.kubernetes.io/enforce-version": "latest",
};

/** A user id above those that images define. */
export const UNPRIVILEGED_USER = 65_532;

/**
 * A pod without the host's namespaces and without a token of Kubernetes.
 *
 * @param user number of the user and group that every container runs as
 */
export function restrictedPod(serviceAccount: pulumi.Input<string>, user: number) {
  return {
    serviceAccountName: serviceAccount,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    hostNetwork: false,
    hostPID: false,
    hostIPC: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: user,
      runAsGroup: user,
      seccompProfile: { type: "RuntimeDefault" },
    },
  };
}

/** The security context of each of its containers: no privilege, no capability, nothing to write in the image. */
export function restrictedContainer() {
  return {
    privileged: false,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  };
}
