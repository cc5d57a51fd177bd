import { z } from "zod";

/**
 * Refuses an object with the key `__proto__`. Zod's records leave that key out, and a selector without one of its labels
 * selects more than it says. Kubernetes takes no such key for a label: names begin and end with a letter or a digit.
 */
const withoutPrototype = z.unknown().superRefine((value, context) => {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, "__proto__")) return;
  context.addIssue({ code: "custom", message: "Invalid key: __proto__", path: ["__proto__"] });
});

/** An object of free keys: labels, the ports of a pod by name. */
export function mapOf<Value extends z.ZodType>(value: Value) {
  return withoutPrototype.pipe(z.record(z.string(), value));
}

/** An object of texts by free keys, as labels are. */
export const stringMap = mapOf(z.string());
