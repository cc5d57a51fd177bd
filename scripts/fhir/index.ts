import { writeFile } from "node:fs/promises";
import { RESOURCE_TYPES_FILE } from "../../components/fhir/resource-types.ts";
import { resourceTypeLines } from "./resource-types.ts";

/** `npm run fhir-types`: writes components/fhir/resource-types.txt from `@types/fhir`, as package.json pins it. */

await writeFile(RESOURCE_TYPES_FILE, await resourceTypeLines());
