import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { ROOT } from "../../../packages/stack-model/type-tokens.ts";
import { Root } from "./root.ts";

/** Registers the resources of a test as they are, from the JSON file that the environment names. */

/** A resource, and those that it waits for, by name. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly protect?: boolean;
  readonly after?: readonly string[];
  readonly byDefaultProvider?: boolean;
}

class Provider extends pulumi.ProviderResource {}
class Registration extends pulumi.CustomResource {}

const all = JSON.parse(readFileSync(process.env.RESOURCES ?? "", "utf8")) as readonly Registered[];
const providers = new Map(["gcp", "kubernetes"].map((plugin) => [plugin, new Provider(plugin, plugin, {})]));
const made = new Map<string, pulumi.Resource>();
for (const { type, name, props, protect, after = [], byDefaultProvider } of all) {
  if (type === ROOT) {
    made.set(name, new Root(props));
    continue;
  }
  const parent = made.get("root");
  const provider = byDefaultProvider ? undefined : providers.get(type.slice(0, type.indexOf(":")));
  const dependsOn = after.flatMap((other) => made.get(other) ?? []);
  const options = {
    dependsOn,
    ...(parent && { parent }),
    ...(provider && { provider }),
    ...(protect && { protect }),
  };
  made.set(name, new Registration(type, name, props, options));
}
