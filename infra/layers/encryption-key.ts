import type * as pulumi from "@pulumi/pulumi";
import { EncryptionKey } from "../../components/gcp/encryption-key.ts";
import type { LayerContext } from "../layer-context.ts";

/** The key for a role's data at rest, where the stack asks for one of its own. */
export function encryptionKey(
  { config, project, identity, parent }: LayerContext,
  role: "deployer" | "hl7v2" | "fhir",
  location: string,
  users: () => pulumi.Input<string>[],
): pulumi.Output<string> | undefined {
  const keys = config.customerManagedKeys;
  if (keys === undefined) return undefined;
  return new EncryptionKey(
    `${role}-encryption`,
    {
      project: project(role).enabled,
      location,
      protectionLevel: keys.protectionLevel,
      rotationDays: keys.rotationDays,
      adoptFrom: keys.adopt ? config.projects[role]?.id : undefined,
      users: users(),
    },
    { parent, provider: identity(role) },
  ).keyName;
}
