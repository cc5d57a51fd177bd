import { parsePinnedImage } from "@attested-fhir/attestation";
import { NEWEST_CILIUM_VERSION } from "../../../components/cilium/version.ts";
import { locationRegion } from "../../../components/gcp/location.ts";
import { type Check, configIssue } from "./check.ts";

/** Constraints between the keys of the fhir layer's cluster and images. */

const imagesAreNamedForEver: Check = ({ fhirServer, clientImage, unattestedImages, fhirCluster }) => {
  const attested = fhirCluster?.google !== undefined;
  const listed = attested ? [] : unattestedImages?.map(({ image }) => image);
  if (listed === undefined || listed.includes(undefined)) return [];
  const images = [
    { path: ["fhirServer", "image"], image: fhirServer?.image },
    { path: ["clientImage"], image: clientImage },
  ];
  return images.flatMap(({ path, image }) => {
    if (image === undefined || listed.includes(image)) return [];
    try {
      parsePinnedImage(image);
      return [];
    } catch (error) {
      const list = attested ? "" : "; or list it in unattestedImages by this very name";
      return [configIssue(path, `${(error as Error).message}${list}`)];
    }
  });
};

const googleAsksForAttestations: Check = ({ fhirCluster, unattestedImages }) =>
  fhirCluster?.google === undefined || unattestedImages?.length === 0
    ? []
    : [
        configIssue(
          ["unattestedImages"],
          "must not be set together with fhirCluster.google: images there are attested, or listed in fhirCluster.google.admissionPolicy.allowList",
        ),
      ];

const nodesCanPull: Check = ({ fhirCluster, cilium }) => {
  const { mirror, natEgress } = fhirCluster?.google ?? {};
  return [
    ...(mirror === false && natEgress === false
      ? [
          configIssue(
            ["fhirCluster", "google", "mirror"],
            "is false, and so is natEgress: private nodes could not pull images, and Cilium would never start",
          ),
        ]
      : []),
    ...(mirror === true && cilium?.registry !== undefined
      ? [
          configIssue(
            ["cilium", "registry"],
            "must not be set together with fhirCluster.google.mirror, from which Cilium's images are pulled: remove it, or set the mirror to false",
          ),
        ]
      : []),
  ];
};

/** Keys for the installation of Cilium have no effect where it is installed already. */
const ciliumIsInstalled: Check = ({ fhirCluster, cilium }) => {
  if (cilium?.install !== false) return [];
  const surplus = [
    ...(cilium.chart === undefined ? [] : ["chart"]),
    ...(cilium.registry === undefined ? [] : ["registry"]),
    ...(cilium.policyEnforcementMode === "always" ? ["policyEnforcementMode"] : []),
  ];
  return [
    ...(fhirCluster?.google === undefined
      ? []
      : [
          configIssue(
            ["cilium", "install"],
            "must not be false with fhirCluster.google: on its nodes no pod starts before Cilium does",
          ),
        ]),
    ...surplus.map((key) =>
      configIssue(["cilium", key], "has no effect, because cilium.install is false: remove it"),
    ),
  ];
};

/**
 * From GKE 1.36.2 on, /etc/default/kubelet does not say what the node-init of older releases looks for, so no agent
 * starts (cilium#47884). A release channel upgrades to such a version by itself.
 */
const ciliumStartsOnGke: Check = ({ fhirCluster, cilium }) => {
  const version = cilium?.version;
  if (fhirCluster?.google === undefined || version === undefined || version === NEWEST_CILIUM_VERSION) {
    return [];
  }
  const message = `does not start on the nodes of GKE 1.36.2 and newer (cilium#47884): give ${NEWEST_CILIUM_VERSION}, or leave it out`;
  return [configIssue(["cilium", "version"], message)];
};

/** Rejects keys that would encrypt nothing. */
const keysEncryptVolumes: Check = ({ layers, fhirCluster, fhirServer, customerManagedKeys }) => {
  if (customerManagedKeys === undefined || fhirCluster === undefined) return [];
  if (fhirCluster.google === undefined) {
    const othersData = layers?.includes("runtime") ?? true;
    const why =
      "encrypts nothing in this stack: it does not manage the volumes of an existing cluster. Remove it";
    return othersData ? [] : [configIssue(["customerManagedKeys"], why)];
  }
  if (fhirServer?.storage?.className === undefined) return [];
  return [
    configIssue(
      ["fhirServer", "storage", "className"],
      "must not be set together with customerManagedKeys, for which the stack creates a storage class: remove it",
    ),
  ];
};

/** deny-all does not apply to system namespaces, so the FHIR server must not run there. */
const serverIsNoSystem: Check = ({ fhirServer, cilium }) => {
  const namespace = fhirServer?.namespace;
  if (namespace === undefined) return [];
  return [
    ...(/^(?:default|kube-.*)$/.test(namespace)
      ? [
          configIssue(
            ["fhirServer", "namespace"],
            "is a namespace of Kubernetes itself: the FHIR server needs its own namespace",
          ),
        ]
      : []),
    ...(cilium?.systemNamespaces ?? []).flatMap((system, index) =>
      system === namespace
        ? [
            configIssue(
              ["cilium", "systemNamespaces", index],
              "is the FHIR server's namespace, which no policy would protect",
            ),
          ]
        : [],
    ),
  ];
};

const clusterRestsWhereAllowed: Check = ({ fhirCluster, allowedLocations }) => {
  const location = fhirCluster?.google?.location;
  if (location === undefined || allowedLocations === undefined) return [];
  if (allowedLocations.includes(locationRegion(location))) return [];
  const allowed = allowedLocations.length === 0 ? "the list is empty" : allowedLocations.join(", ");
  return [
    configIssue(
      ["fhirCluster", "google", "location"],
      `stores health data outside allowedLocations: ${allowed}`,
    ),
  ];
};

/** Each passes for a stack that does not build the layer. */
export const FHIR_CLUSTER_CHECKS: readonly Check[] = [
  imagesAreNamedForEver,
  googleAsksForAttestations,
  nodesCanPull,
  ciliumIsInstalled,
  ciliumStartsOnGke,
  keysEncryptVolumes,
  serverIsNoSystem,
  clusterRestsWhereAllowed,
];
