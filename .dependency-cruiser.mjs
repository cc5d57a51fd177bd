import { ACCESS_LAYERS, BOUNDARIES, ENTRIES } from "./boundaries.ts";

const escaped = (path) => path.replaceAll(".", String.raw`\.`);
const within = (folder) => `^${escaped(folder)}${/\.ts$/.test(folder) ? "$" : "/"}`;
const files = BOUNDARIES.map(({ folder }) => folder).filter((folder) => folder.endsWith(".ts"));
const ROOTS = "^(?:packages|components|infra|policy-pack|preview|scripts|bench|test)/";
const ACCESS = "^packages/cilium-access/";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-circular",
      severity: "error",
      comment: "Files that import each other, types included, can be neither read nor tested alone.",
      from: {},
      to: { circular: true },
    },
    ...BOUNDARIES.map(({ folder, mayImport }) => ({
      name: `boundary-of-${folder.replaceAll("/", "-")}`,
      severity: "error",
      comment: `${folder} may import ${mayImport.join(", ") || "nothing of ours"}: see boundaries.ts`,
      from: {
        path: within(folder),
        ...(folder.endsWith(".ts") ? {} : { pathNot: files.map(within) }),
      },
      to: { path: ROOTS, pathNot: [within(folder), ...mayImport.map(within)] },
    })),
    ...Object.entries(ENTRIES).map(([folder, entries]) => ({
      name: `entries-of-${folder.replaceAll("/", "-")}`,
      severity: "error",
      comment: `Of ${folder}, outsiders import ${entries.join(", ")} only, by the package's name`,
      from: { pathNot: [...(folder.startsWith("test/") ? [] : ["^test/"]), within(folder)] },
      to: { path: within(folder), pathNot: entries.map((entry) => within(`${folder}/${entry}`)) },
    })),
    ...ACCESS_LAYERS.map((layer, index) => ({
      name: `layer-${layer}`,
      severity: "error",
      comment: `${layer} of cilium-access imports only the layers below it: ${ACCESS_LAYERS.slice(0, index).join(", ")}`,
      from: { path: `${ACCESS}${layer}/` },
      to: { path: `${ACCESS}(?:${ACCESS_LAYERS.slice(index + 1).join("|") || "(?!)"})/` },
    })),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^components/cilium/crds/" },
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
  },
};
