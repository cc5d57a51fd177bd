import type { Resource } from "../../../../packages/stack-model/resource.ts";
import { imageAttested } from "../../../../policy-pack/policies/images/image-attested.ts";
import { judge } from "../../judge.ts";
import { ATTESTOR_NAME, deployment, IMAGE } from "../../resources.ts";

/** What image-attested reports of a deployment, and the sentences that it reports in. */

export const OTHER = `gcr.io/vendor/adapter@sha256:${"2".repeat(64)}`;
export const NONE = "no attestation of it is declared, and this stack does not sign it";

export const verdict = (...resources: readonly Resource[]) =>
  judge(imageAttested, deployment(), ...resources);

export const refused = (why: string) => [`deployment: container "adapter" runs ${IMAGE}, ${why}`];

export const unattested = (why: string) =>
  refused(`which the attestor ${ATTESTOR_NAME} has not attested: ${why}`);
