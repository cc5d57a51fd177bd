import { deletionPolicy, optional, project, required } from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";

export const recordSet: ResourceType = {
  token: "gcp:dns/recordSet:RecordSet",
  evidence: {
    plan: "recorded",
    replaces: { assumed: "https://www.pulumi.com/registry/packages/gcp/api-docs/dns/recordset/" },
  },

  fields: {
    deletionPolicy,
    managedZone: required({ replaces: true }),
    name: required({ replaces: true }),
    project: project({ replaces: true }),
    routingPolicy: optional({ shape: "block" }),
    rrdatas: optional({ shape: "list" }),
    ttl: optional(),
    type: required(),
  },
};
