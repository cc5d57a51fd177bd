import * as pulumi from "@pulumi/pulumi";
import { CiliumClusterwideNetworkPolicy } from "@pulumi/kubernetes-cilium/cilium/v2/ciliumClusterwideNetworkPolicy.js";
import { CustomResourceDefinition } from "@pulumi/kubernetes/apiextensions/v1/customResourceDefinition.js";
import { Release, type ReleaseArgs } from "@pulumi/kubernetes/helm/v3/release.js";
import { after } from "../after.ts";
import { requireChartArchive } from "../kubernetes/chart-archive.ts";
import { enforcementExceptions } from "./enforcement-exceptions.ts";
import { recoveryHooks } from "./helm-recovery.ts";
import { helmValues, type HelmValuesArgs, type Platform, type PolicyEnforcementMode } from "./helm-values.ts";
import { policyCrds } from "./policy-crds.ts";
import { ciliumImages, RELEASES } from "./releases.ts";
import { CILIUM_VERSION, type CiliumVersion } from "./version.ts";

export interface CiliumInstallationArgs {
  /** The platform of the cluster, with what Cilium needs to know about it. */
  platform: Platform;
  /** Defaults to the pinned version, whose policies `@pulumi/kubernetes-cilium` declares. */
  version?: CiliumVersion | undefined;
  /**
   * Path of the chart's archive, `cilium-VERSION.tgz`, for machines without internet; a relative one starts from the
   * directory of the program's main file. Defaults to the chart in Cilium's repository.
   */
  chart?: string | undefined;
  /** A mirror of quay.io with the same paths, `REGION-docker.pkg.dev/PROJECT/quay`. Defaults to quay.io. */
  registry?: pulumi.Input<string> | undefined;
  /** What Cilium does with endpoints that no policy selects. Defaults to `default`: all traffic is allowed. */
  policyEnforcementMode?: PolicyEnforcementMode | undefined;
  /** Namespaces besides `kube-system` that `always` does not apply to. Defaults to none. */
  systemNamespaces?: readonly string[] | undefined;
  /**
   * Text of the cluster's kubeconfig; the state does not keep it. With it, an installation continues where an interrupted
   * `up` left off. Defaults to none: Helm then rejects the unfinished release until it is removed by hand.
   */
  kubeconfig?: pulumi.Input<string> | undefined;
}

const REPOSITORY = "https://helm.cilium.io/";

/** Seconds for nodes to pull several gigabytes of images and for Cilium to start. */
const TIMEOUT = 900;

/**
 * Cilium in `kube-system`, from its Helm chart: with the proxy that layer 7 rules need, and with Hubble, its relay and
 * its user interface.
 *
 * The chart holds no CRDs: Cilium's operator registers them once it runs. So that policies can follow in the same
 * `pulumi up`, and stand before the first pod does, their two CRDs are applied here, before the chart. On a cluster
 * that has them already, the provider needs `upsertExistingObjects`.
 *
 * What Cilium creates by itself is left behind, as with any Helm release: the certificates in the secrets `cilium-ca`
 * and `hubble-*-certs`, the CRDs that the operator adds, and the network's settings on the nodes.
 *
 * Source: Cilium's chart and its installation guides for kind and GKE; the Star Wars story's
 * `cilium install --version v1.16.0` and `cilium hubble enable`.
 *
 * @throws ResourceError when the chart's archive does not exist, or is named after another version
 */
export class CiliumInstallation extends pulumi.ComponentResource {
  /** Names of the policies' kinds, `ciliumnetworkpolicies.cilium.io` and the other, once the cluster serves them. */
  declare readonly policiesReady: pulumi.Output<string[]>;
  /** Name of the Helm release, once Cilium runs on a node at least. */
  declare readonly ready: pulumi.Output<string>;

  constructor(name: string, args: CiliumInstallationArgs, opts: pulumi.ComponentResourceOptions) {
    const { kubeconfig, version = CILIUM_VERSION, ...inputs } = args;
    const images = pulumi.output(args.registry).apply((registry) => ciliumImages(version, registry));
    const running = images.apply(({ nodeInit, ...others }) =>
      args.platform.name === "gke" ? { nodeInit, ...others } : others,
    );
    super("attested-fhir:cilium:CiliumInstallation", name, { ...inputs, version, images: running }, opts);
    requireChartArchive(args.chart, { chart: "cilium", product: "Cilium", version }, this);
    const crds = policyCrds(version).map(
      ({ name: crd, args }) =>
        new CustomResourceDefinition(`${name}-${crd.replace(".cilium.io", "")}`, args, { parent: this }),
    );
    const kinds = pulumi.all(crds.map(({ metadata }) => metadata.name));
    const exceptions = this.exceptions(name, args, kinds);
    const release = new Release(
      `${name}-release`,
      {
        ...releaseArgs(args, version, images),
        name: after("cilium", [kinds, ...exceptions]),
        // Unknown until the CRDs exist, so that Helm does not fetch the chart in a first preview: a preview
        // needs no network.
        description: after(
          `Cilium ${version}`,
          crds.map(({ id }) => id),
        ),
      },
      {
        parent: this,
        hooks: kubeconfig === undefined ? {} : recoveryHooks(`${name}-release`, kubeconfig),
      },
    );

    this.policiesReady = kinds;
    this.ready = release.name;
    this.registerOutputs({ policiesReady: this.policiesReady, ready: this.ready });
  }

  /**
   * Where Cilium denies by default, what it and the cluster need is allowed before it starts.
   *
   * @returns the policies' names
   */
  private exceptions(
    name: string,
    { policyEnforcementMode, systemNamespaces = [] }: CiliumInstallationArgs,
    kinds: pulumi.Output<string[]>,
  ): pulumi.Output<string>[] {
    if (policyEnforcementMode !== "always") return [];
    return enforcementExceptions(systemNamespaces).map(({ name: policy, spec }) => {
      const metadata = { name: after(policy, [kinds]) };
      return new CiliumClusterwideNetworkPolicy(`${name}-${policy}`, { metadata, spec }, { parent: this })
        .metadata.name;
    });
  }
}

/** All of the release but its name. */
function releaseArgs(
  { platform, chart, policyEnforcementMode = "default" }: CiliumInstallationArgs,
  version: CiliumVersion,
  images: HelmValuesArgs["images"],
): ReleaseArgs {
  const { certificatesByHook } = RELEASES[version];
  return {
    namespace: "kube-system",
    ...(chart === undefined ? { chart: "cilium", repositoryOpts: { repo: REPOSITORY } } : { chart }),
    version,
    values: helmValues({ platform, policyEnforcementMode, images, certificatesByHook }),
    timeout: TIMEOUT,
    // Hubble's relay waits for the certificates. Where a hook makes them, Helm would wait for the relay before it runs
    // the hook. It always waits for the hook, and that needs Cilium's network to succeed.
    skipAwait: certificatesByHook,
    waitForJobs: true,
    // Takes the name again after an installation that failed.
    replace: true,
    maxHistory: 10,
  };
}
