import { join } from "node:path";
import type { Files } from "./files.ts";

/** The programs of a cluster, in the order in which they are started. */
export const COMPONENTS = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kwok",
] as const;

export type Component = (typeof COMPONENTS)[number];

/** What the components are started with. */
export interface Setting {
  /** The directory of the programs. */
  readonly binDir: string;
  /** The cluster's own directory. */
  readonly directory: string;
  readonly files: Files;
  /** The API server's port of 127.0.0.1, the only one that the cluster opens. */
  readonly port: number;
}

/** The command line of a component. */
export function command(component: Component, setting: Setting): string[] {
  return [join(setting.binDir, component), ...ARGUMENTS[component](setting)];
}

const ARGUMENTS: Readonly<Record<Component, (setting: Setting) => string[]>> = {
  etcd: ({ directory }) => {
    const clients = etcdSocket(directory);
    const peers = `unix://${join(directory, "etcd-peers.sock")}`;
    return [
      `--data-dir=${join(directory, "etcd")}`,
      `--listen-client-urls=${clients}`,
      `--advertise-client-urls=${clients}`,
      `--listen-peer-urls=${peers}`,
      `--initial-advertise-peer-urls=${peers}`,
      `--initial-cluster=default=${peers}`,
      // The data outlive a killed process, and need not outlive a power cut.
      "--unsafe-no-fsync",
    ];
  },
  "kube-apiserver": ({ directory, files, port }) => [
    `--etcd-servers=${etcdSocket(directory)}`,
    "--bind-address=127.0.0.1",
    `--secure-port=${port}`,
    // An address kept for documentation: without one the server wants a network, which a closed machine has not.
    "--advertise-address=192.0.2.1",
    `--tls-cert-file=${files.certificate}`,
    `--tls-private-key-file=${files.certificateKey}`,
    `--service-account-key-file=${files.serviceAccountKey}`,
    `--service-account-signing-key-file=${files.serviceAccountKey}`,
    "--service-account-issuer=https://kubernetes.default.svc",
    `--token-auth-file=${files.tokens}`,
    "--authorization-mode=RBAC",
    "--service-cluster-ip-range=10.96.0.0/16",
    "--allow-privileged=true",
  ],
  "kube-controller-manager": ({ files }) => [
    `--kubeconfig=${files.kubeconfig}`,
    `--service-account-private-key-file=${files.serviceAccountKey}`,
    `--root-ca-file=${files.certificate}`,
    "--leader-elect=false",
    "--secure-port=0",
  ],
  "kube-scheduler": ({ files }) => [
    `--kubeconfig=${files.kubeconfig}`,
    "--leader-elect=false",
    "--secure-port=0",
  ],
  kwok: ({ files }) => [
    `--kubeconfig=${files.kubeconfig}`,
    "--manage-all-nodes=true",
    // Without leases nodes are taken for dead as soon as the machine is busy.
    "--node-lease-duration-seconds=40",
  ],
};

function etcdSocket(directory: string): string {
  return `unix://${join(directory, "etcd.sock")}`;
}
