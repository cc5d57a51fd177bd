import { parseImage } from "@attested-fhir/attestation";
import type { CiliumVersion } from "./version.ts";

/** What differs between releases of Cilium and is not stated in the chart. */

/** The parts of Cilium that run as pods, each from an image of its own. */
export type CiliumPart =
  "agent" | "operator" | "envoy" | "certgen" | "hubbleRelay" | "hubbleUi" | "hubbleUiBackend" | "nodeInit";

/** One release. */
interface Release {
  /** The version of its CRDs' schema, by which its operator tells whether CRDs are new enough. */
  readonly crdSchema: string;
  /** Whether its chart creates Hubble's certificates in a hook that runs after the installation. */
  readonly certificatesByHook: boolean;
  /** Its images, by tag for the reader and by digest for the node. */
  readonly images: Readonly<Record<CiliumPart, string>>;
}

/**
 * Sources: the chart's values.yaml, and for agent, operator and relay, whose digests only exist once the chart is
 * tagged, the release's notes ("Docker Manifests"); pkg/k8s/apis/cilium.io/register.go for the schema's version.
 */
export const RELEASES: Readonly<Record<CiliumVersion, Release>> = {
  "1.16.0": {
    crdSchema: "1.29.11",
    certificatesByHook: true,
    images: {
      agent:
        "quay.io/cilium/cilium:v1.16.0@sha256:46ffa4ef3cf6d8885dcc4af5963b0683f7d59daa90d49ed9fb68d3b1627fe058",
      operator:
        "quay.io/cilium/operator-generic:v1.16.0@sha256:d6621c11c4e4943bf2998af7febe05be5ed6fdcf812b27ad4388f47022190316",
      envoy:
        "quay.io/cilium/cilium-envoy:v1.29.7-39a2a56bbd5b3a591f69dbca51d3e30ef97e0e51@sha256:bd5ff8c66716080028f414ec1cb4f7dc66f40d2fb5a009fff187f4a9b90b566b",
      certgen:
        "quay.io/cilium/certgen:v0.2.0@sha256:169d93fd8f2f9009db3b9d5ccd37c2b753d0989e1e7cd8fe79f9160c459eef4f",
      hubbleRelay:
        "quay.io/cilium/hubble-relay:v1.16.0@sha256:33fca7776fc3d7b2abe08873319353806dc1c5e07e12011d7da4da05f836ce8d",
      hubbleUi:
        "quay.io/cilium/hubble-ui:v0.13.1@sha256:e2e9313eb7caf64b0061d9da0efbdad59c6c461f6ca1752768942bfeda0796c6",
      hubbleUiBackend:
        "quay.io/cilium/hubble-ui-backend:v0.13.1@sha256:0e0eed917653441fded4e7cdb096b7be6a3bddded5a2dd10812a27b1fc6ed95b",
      nodeInit:
        "quay.io/cilium/startup-script:c54c7edeab7fde4da68e59acd319ab24af242c3f@sha256:8d7b41c4ca45860254b3c19e20210462ef89479bb6331d6760c4e609d651b29c",
    },
  },
  "1.20.2": {
    crdSchema: "1.33.12",
    certificatesByHook: false,
    images: {
      agent:
        "quay.io/cilium/cilium:v1.20.2@sha256:2939231d0d3e3ebddcd80fffa168b7ddcc78fdf0dc864d1c8c126ff523c54f01",
      operator:
        "quay.io/cilium/operator-generic:v1.20.2@sha256:64d8798350e8569b8e7622563fed6e44dce2625f311e4651b774816516c744fc",
      envoy:
        "quay.io/cilium/cilium-envoy:v1.37.6-1789133542-cbec91f666af0bf742da986d43832932dbb26b82@sha256:af7382699576b9e65e9184efa52eeca0b58aea70ad6e511bf260c91d9f740463",
      certgen:
        "quay.io/cilium/certgen:v0.4.11@sha256:14d29a176fc96d15b154559ce1a5baf01367c10baabfa7bb8028b72f087a56f0",
      hubbleRelay:
        "quay.io/cilium/hubble-relay:v1.20.2@sha256:d309c977870e9dbede7122a10eee09a4c9d66685e8d52af62d9c3c113f815b0f",
      hubbleUi:
        "quay.io/cilium/hubble-ui:v0.13.6@sha256:049a80a03585c043d0c3121bdc518c72b0fd42bae07e4bcce0fdb8f1e88041d0",
      hubbleUiBackend:
        "quay.io/cilium/hubble-ui-backend:v0.13.6@sha256:83b3fc763f3d49948c306bf49b08277383e195904b9ca5c0c0022b2112628787",
      nodeInit:
        "quay.io/cilium/startup-script:1782916218-36ae25f@sha256:f99e2beda7324e93ba04d6240d9626a6b9ab023d7d56e3b029d3d9c823ce63ef",
    },
  },
};

/** Where Cilium publishes its images. */
export const CILIUM_REGISTRY = "quay.io";

/**
 * The images that a release runs, by digest alone: `quay.io/cilium/cilium@sha256:…`.
 *
 * @param registry a mirror of quay.io with the same paths, `REGION-docker.pkg.dev/PROJECT/quay`
 */
export function ciliumImages(
  version: CiliumVersion,
  registry = CILIUM_REGISTRY,
): Readonly<Record<CiliumPart, string>> {
  const pinned = (reference: string) => {
    const { repository = "", digest = "" } = parseImage(reference) ?? {};
    return `${registry}${repository.slice(CILIUM_REGISTRY.length)}@${digest}`;
  };
  const { images } = RELEASES[version];
  return Object.fromEntries(
    Object.entries(images).map(([part, reference]) => [part, pinned(reference)]),
  ) as Record<CiliumPart, string>;
}
