import * as pulumi from "@pulumi/pulumi";

/**
 * The provider of this project's own resource kinds. Default providers are disabled, and Pulumi counts the
 * one that serves dynamic resources among them, so it is declared like any other.
 */
export class DynamicProvider extends pulumi.ProviderResource {
  constructor(name: string, opts?: pulumi.ResourceOptions) {
    super("pulumi-nodejs", name, {}, opts);
  }
}

/**
 * The text that Pulumi keeps in the state for one of this project's dynamic resources: it loads the operations from the
 * checkout that runs, by the name that package.json's `imports` gives them.
 *
 * Written out, where `pulumi.dynamic.Resource` would serialise closures, so that the state holds no code
 * that could become stale there, a diff never shows code, and a preview does not load the TypeScript
 * compiler that the serialiser needs.
 *
 * @param specifier the `imports` name of the module with the operations
 * @param operation the export that creates the resource: `(inputs) => Promise<{ id, outs }>`
 * @param replaceOn the inputs whose change replaces the resource; changes of other inputs are ignored
 */
export function providerText(specifier: string, operation: string, replaceOn: readonly string[]): string {
  return [
    'const { createRequire } = require("node:module");',
    'const { pathToFileURL } = require("node:url");',
    `const load = () => import(pathToFileURL(createRequire(process.cwd() + "/").resolve(${JSON.stringify(specifier)})).href);`,
    `const replaceOn = ${JSON.stringify(replaceOn)};`,
    "exports.handler = () => ({",
    `  create: async (inputs) => (await load())[${JSON.stringify(operation)}](inputs),`,
    "  diff: async (id, olds, news) => {",
    "    const replaces = replaceOn.filter((key) => JSON.stringify(olds[key]) !== JSON.stringify(news[key]));",
    "    return { changes: replaces.length > 0, replaces };",
    "  },",
    "});",
    "",
  ].join("\n");
}
