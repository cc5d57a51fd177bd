import deserialization from "@pulumi/policy/deserialize.js";

/**
 * Lets the policy host read the properties of a resource once for each of the engine's messages, and not once
 * for each policy (@pulumi/policy 1.21). With this pack and fifteen large custom resource definitions in the
 * stack that halves what the pack adds to a preview. Policies share what was read: they must not change it.
 *
 * Were the host to read in another way one day, it would be slower again, and no more.
 */

type Read = (properties: object, keepSecrets: boolean) => object;

const host = deserialization as { deserializeProperties: Read };
const read = host.deserializeProperties;
const known = new WeakMap<object, object>();

host.deserializeProperties = (properties, keepSecrets) => {
  // With secrets kept, the host means to change what it reads.
  if (keepSecrets) return read(properties, keepSecrets);
  const result = known.get(properties) ?? read(properties, keepSecrets);
  known.set(properties, result);
  return result;
};
