/** The versions of Cilium that this project is tested with, without a leading v: the Star Wars story's and the newest. */
export const CILIUM_VERSIONS = ["1.16.0", "1.20.2"] as const;

/** A version of Cilium that this project is tested with. */
export type CiliumVersion = (typeof CILIUM_VERSIONS)[number];

/** The newest of them, which a stack installs unless it names another. */
export const NEWEST_CILIUM_VERSION: CiliumVersion = "1.20.2";

/**
 * The pinned one, whose CRDs `@pulumi/kubernetes-cilium` is generated from. After a change, `npm run crds` generates that
 * package again.
 */
export const CILIUM_VERSION: CiliumVersion = "1.16.0";
