import languageService from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { serve } from "../../preview/embedded/grpc.ts";
import { languageHost } from "./language-host.ts";
import { whenParentEnds } from "./parent.ts";

/** Serves the engine whose address is the last argument, and prints the port, until that engine or a signal ends it. */

const engine = process.argv.slice(2).findLast((argument) => !argument.startsWith("-")) ?? "";

// What it has started ends with it: see leashed.cjs.
const end = () => process.exit();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
whenParentEnds(end);
// An engine that does not read any more is gone.
process.stdout.on("error", end);

const { address } = await serve([[languageService.LanguageRuntimeService, languageHost(engine)]]);
process.stdout.write(`${address.slice(address.lastIndexOf(":") + 1)}\n`);
