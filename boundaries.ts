/** A folder or file, what it holds, and what of the rest it may import. */
export interface Boundary {
  readonly folder: string;
  readonly holds: string;
  readonly mayImport: readonly string[];
}

/**
 * Which part of the code may import which, types included. CONTRIBUTING.md shows this list, a test compares the two, and
 * `npm run check` enforces it by dependency-cruiser. The first folder that a file is in decides.
 */
export const BOUNDARIES: readonly Boundary[] = [
  {
    folder: "packages/attestation",
    holds: "Images, payloads, keys and signatures; no Pulumi",
    mayImport: [],
  },
  {
    folder: "packages/cilium-access",
    holds: "From policies to verdicts, in layers like Cilium's own; no Pulumi",
    mayImport: [],
  },
  {
    folder: "packages/required-labels",
    holds: "Labels that every namespace must carry: one rule for Gatekeeper, the API server and guardrails",
    mayImport: [],
  },
  {
    folder: "packages/stack-model",
    holds: "The resources of a stack as policies and reports see them",
    mayImport: ["packages/attestation", "packages/cilium-access"],
  },
  {
    folder: "packages/policy-config",
    holds: "The configuration of the policy pack, as the pack and the preview read it",
    mayImport: ["packages/attestation", "packages/stack-model"],
  },
  {
    folder: "components",
    holds: "One component resource to a file, by what they are about",
    mayImport: ["packages/attestation", "packages/cilium-access", "packages/required-labels"],
  },
  {
    folder: "infra",
    holds: "The program: the stack file and its checks, the layers",
    mayImport: ["components", "packages/attestation", "packages/cilium-access", "packages/required-labels"],
  },
  {
    folder: "policy-pack",
    holds: "The guardrails, and the adapter to Pulumi's policy host",
    mayImport: [
      "packages/attestation",
      "packages/cilium-access",
      "packages/required-labels",
      "packages/stack-model",
      "packages/policy-config",
    ],
  },
  {
    folder: "preview/index.ts",
    holds: "`npm run preview`: composes the preview with this repository's program and pack",
    mayImport: ["preview", "infra", "policy-pack"],
  },
  {
    folder: "preview/validate-stack.ts",
    holds: "The program's own check of a stack file, for the preview",
    mayImport: ["preview", "infra"],
  },
  {
    folder: "preview/stack-plugins.ts",
    holds: "The plugins that the program's layers need, for the preview",
    mayImport: ["preview", "infra"],
  },
  {
    folder: "preview",
    holds: "Commands, engine, embedded mode, report",
    mayImport: [
      "packages/attestation",
      "packages/cilium-access",
      "packages/stack-model",
      "packages/policy-config",
    ],
  },
  {
    folder: "scripts",
    holds: "What is generated and committed; `npm run toolchain`",
    mayImport: ["components", "infra", "policy-pack", "preview", "packages/policy-config"],
  },
  {
    folder: "bench",
    holds: "How long a preview takes, and what the access matrix costs",
    mayImport: [
      "components",
      "packages/cilium-access",
      "packages/policy-config",
      "packages/stack-model",
      "policy-pack",
      "preview",
      "test",
    ],
  },
  {
    folder: "test/cluster",
    holds: "A real Kubernetes control plane for tests, with simulated nodes",
    mayImport: ["components", "preview", "scripts", "test/toolchain", "test/toolchain.ts"],
  },
  {
    folder: "test/google",
    holds: "A simulated Google Cloud for tests, and a stand-in for the gcp plugin",
    mayImport: ["preview", "test/language-host", "test/toolchain", "test/toolchain.ts"],
  },
];

/** The layers of packages/cilium-access, from the ground up: each imports those before it only. */
export const ACCESS_LAYERS = [
  "identity",
  "re2",
  "l7",
  "api",
  "policy",
  "l4",
  "verdict",
  "k8s",
  "query",
  "cli",
];

/**
 * What outsiders import of each package: index.ts, and light entries that load no engine of verdicts. Tests may import
 * every file of packages/, and of the packages in test/ the entries only.
 */
export const ENTRIES: Readonly<Record<string, readonly string[]>> = {
  "packages/attestation": ["index.ts"],
  "packages/cilium-access": [
    "index.ts",
    "crds/policy-crds.ts",
    "options.ts",
    "query/probes.ts",
    "re2/program-size.ts",
  ],
  "packages/policy-config": ["index.ts"],
  "packages/required-labels": ["index.ts"],
  "packages/stack-model": ["index.ts"],
  "test/cluster": ["index.ts"],
  "test/google": ["index.ts"],
};
