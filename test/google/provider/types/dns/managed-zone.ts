import {
  computed,
  deletionPolicy,
  labelFields,
  optional,
  optionalComputed,
  project,
  required,
} from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";

export const managedZone: ResourceType = {
  token: "gcp:dns/managedZone:ManagedZone",
  evidence: {
    plan: "recorded",
    replaces: { assumed: "https://www.pulumi.com/registry/packages/gcp/api-docs/dns/managedzone/" },
  },
  timeouts: { create: 20, delete: 20, update: 20 },
  fields: {
    cloudLoggingConfig: optionalComputed({ shape: "block" }),
    creationTime: computed(),
    deletionPolicy,
    description: optional(),
    dnsName: required({ replaces: true }),
    dnssecConfig: optionalComputed({ shape: "block" }),
    forceDestroy: optional({ planned: false }),
    forwardingConfig: optional({ shape: "block" }),
    managedZoneId: computed(),
    name: optional({ autonamed: true, replaces: true }),
    nameServers: computed(),
    peeringConfig: optional({ shape: "block" }),
    privateVisibilityConfig: optional({
      shape: "block",
      fields: {
        gkeClusters: optional({ shape: "blocks" }),
        networks: optional({
          shape: "blocks",
          fields: {
            networkUrl: required(),
          },
        }),
      },
    }),
    project: project({ replaces: true }),
    reverseLookup: optional({ replaces: true }),
    serviceDirectoryConfig: optional({ shape: "block" }),
    visibility: optional({ replaces: true }),

    ...labelFields(),
  },
};
