import type { Resource } from "./resource.ts";
import { propertyAt } from "./property-value.ts";

/** Resources that stand for others, which are in the stack only once something has rendered them. */

/**
 * The input by which embedded mode says why it did not render a resource. A program that sets it is reported for it, and
 * none can remove it: embedded mode adds it after the program's inputs.
 */
export const NOT_RENDERED = "attested-fhir:notRendered";

/** Components of Pulumi's Kubernetes SDK whose children are rendered from files. */
const RENDERED_BY_SDK =
  /^kubernetes:(?:helm\.sh\/v[234]:Chart|kustomize(?:\/v2)?:Directory|yaml(?:\/v2)?:Config(?:File|Group))$/;

/**
 * Kinds, by API group, that name a repository, a package or a template, from which a controller makes objects that
 * are no resources of the stack.
 */
const DEPLOYED_BY_CONTROLLERS: Readonly<Record<string, readonly string[]>> = {
  "helm.toolkit.fluxcd.io": ["HelmRelease"],
  "kustomize.toolkit.fluxcd.io": ["Kustomization"],
  "source.toolkit.fluxcd.io": [
    "Bucket",
    "ExternalArtifact",
    "GitRepository",
    "HelmChart",
    "HelmRepository",
    "OCIRepository",
  ],
  "fluxcd.controlplane.io": ["FluxInstance", "ResourceSet"],
  "argoproj.io": ["Application", "ApplicationSet"],
  "configsync.gke.io": ["RepoSync", "RootSync"],
  "configmanagement.gke.io": ["ConfigManagement"],
  "apiextensions.crossplane.io": ["Composition", "CompositeResourceDefinition"],
  "pkg.crossplane.io": ["Configuration", "Function", "Provider"],
  "helm.crossplane.io": ["Release"],
  "kubernetes.crossplane.io": ["Object"],
  "helm.cattle.io": ["HelmChart", "HelmChartConfig"],
  "fleet.cattle.io": ["Bundle", "GitRepo"],
  "kappctrl.k14s.io": ["App"],
  "packaging.carvel.dev": ["PackageInstall"],
  "operators.coreos.com": ["CatalogSource", "ClusterServiceVersion", "Subscription"],
  "addons.cluster.x-k8s.io": ["ClusterResourceSet", "HelmChartProxy"],
  "gitops.kluctl.io": ["KluctlDeployment"],
  "kro.run": ["ResourceGraphDefinition"],
};

const controllers = new Map(
  Object.entries(DEPLOYED_BY_CONTROLLERS).map(([group, kinds]) => [group, new Set(kinds)]),
);

/** A resource whose content is not seen, and why. */
export interface UnseenContent {
  readonly resource: Resource;
  readonly reason: string;
}

/** The resources of a stack that stand for others which are not in it. */
export function unseenContent(resources: readonly Resource[]): readonly UnseenContent[] {
  const parents = new Set(resources.map(({ parent }) => parent));
  return resources.flatMap((resource) => {
    const reason = reasonUnseen(resource, parents.has(resource.urn));
    return reason === undefined ? [] : [{ resource, reason }];
  });
}

/** Whether a resource is a component whose children Pulumi's Kubernetes SDK or its provider renders from files. */
export function isRenderedBySdk(type: string): boolean {
  return RENDERED_BY_SDK.test(type);
}

/** Whether a controller makes objects of a resource that the stack does not have; lists and patches of it included. */
export function isDeployedByController(type: string): boolean {
  const [, group = "", kind = ""] = /^kubernetes:([^/:]+)\/[^:]+:(\w+?)(?:List)?(?:Patch)?$/.exec(type) ?? [];
  return controllers.get(group)?.has(kind) ?? false;
}

function reasonUnseen(resource: Resource, hasChildren: boolean): string | undefined {
  const { type } = resource;
  if (isDeployedByController(type)) return "a controller in the cluster makes its objects from elsewhere";
  if (type.startsWith("pulumi:")) return undefined;
  const given = propertyAt(resource.props, NOT_RENDERED);
  if (given !== undefined)
    return typeof given === "string" ? given : "its content is not known before the update";
  if (!isRenderedBySdk(type) || hasChildren) return undefined;
  return "no object of it is in the stack";
}
