import { bundleFiles, signatureFault } from "../../../components/dicom/bundle.ts";
import type { PolicySettings } from "../../../components/dicom/policy-settings.ts";
import { type Check, configIssue } from "./check.ts";

/** Constraints between the keys of `dicom`, and with those of the fhir layer. */

/** OPA would refuse the bundle, and the gateway would deny everything. */
const bundleIsSigned: Check = ({ dicom }) => {
  const { issuer, clinics, bundle } = dicom ?? {};
  const { publicKey, signature } = bundle ?? {};
  if (issuer === undefined || clinics === undefined) return [];
  if (publicKey === undefined || signature === undefined) return [];
  const fault = signatureFault(bundleFiles({ issuer, clinics } as PolicySettings), signature, publicKey);
  if (fault === undefined) return [];
  return [
    configIssue(["dicom", "bundle", "signature"], `${fault}: sign what is deployed by npm run opa-bundle`),
  ];
};

const namespaceIsItsOwn: Check = ({ dicom, fhirServer, cilium }) => {
  const namespace = dicom?.namespace;
  if (namespace === undefined) return [];
  const taken = [
    ...(/^(?:default|kube-.*)$/.test(namespace) ? ["a namespace of Kubernetes itself"] : []),
    ...(namespace === fhirServer?.namespace ? ["the FHIR server's namespace"] : []),
    ...(cilium?.systemNamespaces?.includes(namespace) === true
      ? ["a system namespace, which no policy protects"]
      : []),
  ];
  return taken.map((what) =>
    configIssue(["dicom", "namespace"], `is ${what}: the gateway needs its own namespace`),
  );
};

const googleHasWorkloadIdentity: Check = ({ dicom, fhirCluster }) => {
  if (dicom?.upstream?.google === undefined || fhirCluster === undefined) return [];
  if (fhirCluster.google !== undefined) return [];
  return [
    configIssue(
      ["dicom", "upstream", "google"],
      "needs fhirCluster.google: only there does the gateway have an identity of its own",
    ),
  ];
};

const storeRestsWhereAllowed: Check = ({ dicom, allowedLocations }) => {
  const location = dicom?.upstream?.google?.location;
  if (location === undefined || allowedLocations === undefined || allowedLocations.includes(location))
    return [];
  const allowed = allowedLocations.length === 0 ? "the list is empty" : allowedLocations.join(", ");
  return [
    configIssue(["dicom", "upstream", "google", "location"], `is outside allowedLocations: ${allowed}`),
  ];
};

/** Google's path names the project, which is the clinic. */
const storeBelongsToAClinic: Check = ({ dicom, projects }) => {
  const project = projects?.fhir?.id;
  if (dicom?.upstream?.google === undefined || dicom.clinics === undefined || project === undefined)
    return [];
  if (project in dicom.clinics) return [];
  return [
    configIssue(
      ["dicom", "clinics"],
      `has no ${project}, the project of the DICOM store, so every request would be denied`,
    ),
  ];
};

/** Every check of `dicom`; each passes for a stack without it. */
export const DICOM_CHECKS: readonly Check[] = [
  bundleIsSigned,
  namespaceIsItsOwn,
  googleHasWorkloadIdentity,
  storeRestsWhereAllowed,
  storeBelongsToAClinic,
];
