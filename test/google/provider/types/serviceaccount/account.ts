import type { JsonObject } from "../../../json.ts";
import { computed, deletionPolicy, optional, project } from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";
import type { Configuration } from "../../configuration.ts";
import { holdsUnknown } from "../../values.ts";

/** The address follows from the account's id and its project, so it is known in a preview. */
function email(inputs: JsonObject, configuration: Configuration): string | undefined {
  const { accountId = null, project: given = configuration.project ?? null } = inputs;
  const isKnown =
    typeof accountId === "string" && typeof given === "string" && !holdsUnknown([accountId, given]);
  return isKnown ? `${accountId}@${given}.iam.gserviceaccount.com` : undefined;
}

function member(inputs: JsonObject, configuration: Configuration): string | undefined {
  const address = email(inputs, configuration);
  return address === undefined ? undefined : `serviceAccount:${address}`;
}

export const account: ResourceType = {
  token: "gcp:serviceaccount/account:Account",
  evidence: {
    plan: "recorded",
    replaces: { assumed: "https://www.pulumi.com/registry/packages/gcp/api-docs/serviceaccount/account/" },
  },
  timeouts: { create: 5 },
  fields: {
    accountId: optional({ autonamed: true, replaces: true }),
    createIgnoreAlreadyExists: optional({ local: true }),
    deletionPolicy,
    description: optional(),
    disabled: optional({ planned: false }),
    displayName: optional(),
    email: computed({ derive: email }),
    member: computed({ derive: member }),
    name: computed(),
    project: project({ replaces: true }),
    uniqueId: computed(),
  },
};
