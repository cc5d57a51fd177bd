import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

/** Files that are plain JavaScript because their hosts load them so: linted without types. */
const PLAIN = ["**/*.mjs", "**/*.cjs"];

export default tseslint.config(
  { ignores: ["node_modules/", "components/cilium/crds/"] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // What Pulumi itself runs: outputs are no strings, and what it prints is the engine's business.
    files: ["{infra,components,packages,policy-pack}/**/*.ts"],
    plugins: { "@pulumi": pulumi },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      "@pulumi/no-output-instance-in-template-literal": "error",
      "no-console": "error",
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: PLAIN, ...tseslint.configs.disableTypeChecked },
  { files: ["**/*.cjs"], rules: { "@typescript-eslint/no-require-imports": "off" } },
  {
    // Mocha's suites are functions that hold functions, and its promises are Mocha's to wait for.
    files: ["test/**"],
    rules: { "@typescript-eslint/no-floating-promises": "off" },
  },
);
