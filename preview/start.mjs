import { enableCompileCache } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

// Has Node keep what it compiles in the user's cache, here and in every process that a preview starts: most of what a
// preview takes to begin is compiling what it compiled last time. Plain JavaScript, since loading what strips types takes
// longer than all of this.
const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
process.env.NODE_COMPILE_CACHE ??= join(cache, "attested-fhir", "node");
enableCompileCache(process.env.NODE_COMPILE_CACHE);

await import("./index.ts");
