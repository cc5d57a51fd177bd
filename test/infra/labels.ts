/** The seed's rule of required labels, and Gatekeeper's images, as a stack file has them. */

export const LABELS = {
  key: "product",
  value: "cloudharness",
  allowedRegex: "^(celegans|neuroglass|cloudharness)$",
};

const DIGEST = `sha256:${"0".repeat(64)}`;

export const GATEKEEPER = {
  image: `docker.io/openpolicyagent/gatekeeper@${DIGEST}`,
  crdsImage: `docker.io/openpolicyagent/gatekeeper-crds@${DIGEST}`,
};
