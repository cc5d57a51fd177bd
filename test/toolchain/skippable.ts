/**
 * The tools without which a suite may be skipped in CI, since no package registry offers them: Pulumi's own installers
 * do. Everything else that a suite needs has to be there.
 */
export const SKIPPABLE_IN_CI: readonly string[] = [
  "crd2pulumi",
  "opa",
  "pulumi-language-nodejs",
  "pulumi-resource-auth0",
  "pulumi-resource-gcp",
];
