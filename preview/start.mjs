import { enableCompileCache } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

// Keeps Node's compile cache in the user's cache directory, for this process and every process that a preview starts:
// without it, compiling dominates the start of a preview. Plain JavaScript, because loading the type stripper takes
// longer than this file.
const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
process.env.NODE_COMPILE_CACHE ??= join(cache, "attested-fhir", "node");
enableCompileCache(process.env.NODE_COMPILE_CACHE);

await import("./index.ts");
