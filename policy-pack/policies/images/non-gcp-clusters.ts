import {
  ADMISSION_POLICY,
  CLUSTER,
  readDeclaration,
  type PinnedAttestor,
  type Resource,
  type UnattestedImage,
} from "@attested-fhir/stack-model";
import { attestorFault, type Trust, unattestedFault } from "@attested-fhir/policy-config";

/** Clusters outside Google Cloud, where no Binary Authorization stands before the pods and only the stack's word does. */

/** What a stack lets run in its cluster outside Google Cloud. */
export interface NonGcpImages {
  /** As far as the pack's configuration pins them. */
  readonly unattestedImages: readonly UnattestedImage[];
  /** The others that the stack names, which may not run. */
  readonly unpinnedImages: readonly UnattestedImage[];
  /** The attestors that the stack pins, as far as the pack's configuration does too. */
  readonly attestors: readonly PinnedAttestor[];
}

/**
 * What a stack lets run where none of its pods can be on Google Cloud: it has no role there that runs images, and
 * builds neither a cluster nor an admission policy. Nothing for any other stack. A provider does not tell where its
 * cluster is, so that a pod is taken to be on Google Cloud as soon as it may be.
 */
export function imagesOutsideGcp(resources: readonly Resource[], trust: Trust): NonGcpImages | undefined {
  if (resources.some(({ type }) => type === CLUSTER || type === ADMISSION_POLICY)) return undefined;
  const found = readDeclaration(resources, "roles", "unattestedImages", "attestors");
  if (!("sections" in found)) return undefined;
  const { roles, unattestedImages, attestors } = found.sections;
  if (roles.deployer !== undefined || roles.fhir !== undefined) return undefined;
  const isPinned = ({ image }: UnattestedImage) => unattestedFault(trust, image) === undefined;
  return {
    unattestedImages: unattestedImages.filter(isPinned),
    unpinnedImages: unattestedImages.filter((one) => !isPinned(one)),
    attestors: attestors.filter(({ name }) => attestorFault(trust, name) === undefined),
  };
}
