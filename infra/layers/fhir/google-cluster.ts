import * as pulumi from "@pulumi/pulumi";
import { ciliumImages } from "../../../components/cilium/releases.ts";
import { NEWEST_CILIUM_VERSION } from "../../../components/cilium/version.ts";
import { AdmissionPolicy } from "../../../components/gcp/admission-policy.ts";
import { CiliumCluster } from "../../../components/gcp/cilium-cluster.ts";
import { locationRegion } from "../../../components/gcp/location.ts";
import { RegistryMirror } from "../../../components/gcp/registry-mirror.ts";
import type { LayerContext } from "../../layer-context.ts";
import { encryptionKey } from "../encryption-key.ts";
import { API } from "../../projects.ts";
import type { GoogleClusterConfig } from "../../config/schema/fhir.ts";
import type { Signing } from "../signing.ts";

/** A GKE cluster for the FHIR server, as the rest of the layer needs it. */
export interface GoogleFhirCluster {
  readonly cluster: CiliumCluster;
  /** The registry of Cilium's images: a mirror of quay.io, once nodes may pull from it; quay.io itself when absent. */
  readonly registry: pulumi.Output<string> | undefined;
  /** Key for the data at rest; Google's keys when absent. */
  readonly kmsKeyName: pulumi.Output<string> | undefined;
}

/**
 * The GKE cluster of the FHIR server, created only once its project's Binary Authorization policy is in force, and the
 * mirrors that its nodes pull from.
 *
 * @param signed the signing layer, where the same stack builds it
 */
export function googleFhirCluster(
  context: LayerContext,
  google: GoogleClusterConfig,
  signed: Signing | undefined,
): GoogleFhirCluster {
  const { config, project, identity, parent } = context;
  const opts = { parent, provider: identity("fhir") };
  const { mirror, admissionPolicy, name: clusterName, ...settings } = google;
  const location = locationRegion(google.location);
  const kmsKeyName = encryptionKey(context, "fhir", location, () => [
    project("fhir").agent(API.kubernetesEngine),
    pulumi.interpolate`serviceAccount:service-${project("fhir").number}@compute-system.iam.gserviceaccount.com`,
    ...(mirror ? [project("fhir").agent(API.artifactRegistry)] : []),
    ...(config.dicom?.upstream.google === undefined ? [] : [project("fhir").agent(API.healthcare)]),
  ]);
  const policy = new AdmissionPolicy(
    "fhir-admission-policy",
    {
      project: project("fhir").enabled,
      attestors: [...(signed ? [signed.attestor] : []), ...config.attestors.map(({ name }) => name)],
      allowList: [...admissionPolicy.allowList, ...ciliumsOwn(context, location, mirror)],
      globalPolicyEvaluation: admissionPolicy.globalPolicyEvaluation,
    },
    opts,
  );
  const cluster = new CiliumCluster(
    "fhir-cluster",
    {
      ...settings,
      clusterName,
      project: policy.enforced,
      kmsKeyName,
      serviceAccount: config.projects.fhir?.serviceAccount,
    },
    opts,
  );
  const mirrors = mirror
    ? new RegistryMirror(
        "fhir-mirror",
        { project: project("fhir").enabled, location, reader: cluster.nodes, kmsKeyName },
        opts,
      )
    : undefined;
  return { cluster, registry: mirrors?.quay, kmsKeyName };
}

/**
 * Cilium's images, by the digests of its release, as the nodes pull them. This project cannot attest to what they
 * were built from, and without them no pod starts; so each is exempted by digest, and no other image of the registry.
 */
function ciliumsOwn({ config }: LayerContext, location: string, mirror: boolean): string[] {
  // By name, not by the mirror's output: the policy is applied before the cluster, and the mirror after the nodes' account.
  const quay = `${location}-docker.pkg.dev/${config.projects.fhir?.id ?? ""}/quay`;
  const { version = NEWEST_CILIUM_VERSION, registry } = config.cilium;
  return Object.values(ciliumImages(version, mirror ? quay : registry));
}
