import { basename } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { CiliumClusterwideNetworkPolicy } from "@pulumi/kubernetes-cilium/cilium/v2/ciliumClusterwideNetworkPolicy.js";
import { CustomResourceDefinition } from "@pulumi/kubernetes/apiextensions/v1/customResourceDefinition.js";
import { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import { enforcementExceptions } from "./enforcement-exceptions.ts";
import { helmValues, type Platform, type PolicyEnforcementMode } from "./helm-values.ts";
import { policyCrds } from "./policy-crds.ts";
import { ciliumImages, type CiliumPart, RELEASES } from "./releases.ts";
import { CILIUM_VERSION } from "./version.ts";

export interface CiliumInstallationArgs {
  /** The cluster's kind, and what Cilium has to know of it. */
  platform: Platform;
  /**
   * Path of the chart's archive, `cilium-VERSION.tgz`, for clusters without internet. Defaults to the chart in
   * Cilium's repository.
   */
  chart?: string | undefined;
  /** A mirror of quay.io with the same paths, `REGION-docker.pkg.dev/PROJECT/quay`. Defaults to quay.io. */
  registry?: pulumi.Input<string> | undefined;
  /** What happens to endpoints that no policy selects. Defaults to `default`: everything passes. */
  policyEnforcementMode?: PolicyEnforcementMode | undefined;
  /** Namespaces that `always` leaves alone besides `kube-system`. Defaults to none. */
  systemNamespaces?: readonly string[] | undefined;
  /**
   * Hooks of the Helm release. Helm takes no name twice: an installation that was killed before the state knew of it
   * stands in the way of the next. A hook `beforeCreate` can make Helm forget it, by deleting the secrets with the
   * labels `owner=helm,name=cilium`; the release then takes over what is there already.
   */
  releaseHooks?: pulumi.ResourceHookBinding | undefined;
}

const REPOSITORY = "https://helm.cilium.io/";

/** Seconds for nodes to pull some gigabytes and to start. */
const TIMEOUT = 900;

/**
 * Cilium in its own namespace `kube-system`, in the pinned version, from its Helm chart: with the proxy that layer 7
 * rules need, and with Hubble, its relay and its user interface.
 *
 * The chart holds no CRDs: Cilium's operator registers them once it runs. So that policies can follow in the same
 * `pulumi up`, and stand before the first pod does, their two CRDs are applied here, before the chart.
 *
 * Source: Cilium's chart and its installation guides for kind and GKE; the Star Wars story's
 * `cilium install --version v1.16.0` and `cilium hubble enable`.
 *
 * @throws ResourceError when the chart's archive is of another version than the pinned one.
 */
export class CiliumInstallation extends pulumi.ComponentResource {
  /** Names of the policies' kinds, `ciliumnetworkpolicies.cilium.io` and the other, once the cluster knows them. */
  declare readonly policiesReady: pulumi.Output<string[]>;
  /** Name of the Helm release, once Cilium runs on a node at least. */
  declare readonly ready: pulumi.Output<string>;

  constructor(name: string, args: CiliumInstallationArgs, opts: pulumi.ComponentResourceOptions) {
    const { releaseHooks, ...inputs } = args;
    const images = pulumi.output(args.registry).apply((registry) => ciliumImages(CILIUM_VERSION, registry));
    super(
      "attested-fhir:cilium:CiliumInstallation",
      name,
      { ...inputs, version: CILIUM_VERSION, images },
      opts,
    );
    this.refuseAnotherChart(args);
    const crds = policyCrds(CILIUM_VERSION).map(
      ({ name: crd, args }) =>
        new CustomResourceDefinition(`${name}-${crd.replace(".cilium.io", "")}`, args, { parent: this }),
    );
    const exceptions = this.exceptions(name, args, crds);
    const release = this.release(name, args, images, {
      parent: this,
      dependsOn: [...crds, ...exceptions],
      ...(releaseHooks && { hooks: releaseHooks }),
    });

    this.policiesReady = pulumi.all(crds.map(({ metadata }) => metadata.name));
    this.ready = release.name;
    this.registerOutputs({ policiesReady: this.policiesReady, ready: this.ready });
  }

  private refuseAnotherChart({ chart }: CiliumInstallationArgs): void {
    const archive = `cilium-${CILIUM_VERSION}.tgz`;
    if (chart === undefined || basename(chart) === archive) return;
    throw new pulumi.ResourceError(
      `chart "${chart}" is not ${archive}: CRDs and images are those of Cilium ${CILIUM_VERSION}`,
      this,
    );
  }

  /** Where Cilium lets nothing pass by default, what it and the cluster need is let through before it starts. */
  private exceptions(
    name: string,
    { policyEnforcementMode, systemNamespaces = [] }: CiliumInstallationArgs,
    crds: readonly CustomResourceDefinition[],
  ): CiliumClusterwideNetworkPolicy[] {
    if (policyEnforcementMode !== "always") return [];
    return enforcementExceptions(systemNamespaces).map(
      ({ name: policy, spec }) =>
        new CiliumClusterwideNetworkPolicy(
          `${name}-${policy}`,
          { metadata: { name: policy }, spec },
          { parent: this, dependsOn: [...crds] },
        ),
    );
  }

  private release(
    name: string,
    { platform, chart, policyEnforcementMode = "default" }: CiliumInstallationArgs,
    images: Readonly<Record<CiliumPart, pulumi.Input<string>>>,
    opts: pulumi.CustomResourceOptions,
  ): Release {
    const { certificatesByHook } = RELEASES[CILIUM_VERSION];
    return new Release(
      `${name}-release`,
      {
        name: "cilium",
        namespace: "kube-system",
        ...(chart === undefined ? { chart: "cilium", repositoryOpts: { repo: REPOSITORY } } : { chart }),
        version: CILIUM_VERSION,
        values: helmValues({ platform, policyEnforcementMode, images, certificatesByHook }),
        timeout: TIMEOUT,
        // Hubble's relay waits for the certificates. Where a hook makes them, Helm would wait for the relay before it
        // runs the hook. It always waits for the hook, and that needs Cilium's network to succeed.
        skipAwait: certificatesByHook,
        waitForJobs: true,
        // After a failed installation that no state knows of, the name can be taken again.
        replace: true,
        maxHistory: 10,
      },
      opts,
    );
  }
}
