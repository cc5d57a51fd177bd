import {
  type handleServerStreamingCall,
  type handleUnaryCall,
  type ServerUnaryCall,
  type ServerWritableStream,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { version } from "@pulumi/pulumi/version.js";
import language from "@pulumi/pulumi/proto/language_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import { thrownMessage } from "../../preview/user-error.ts";
import { runPlugin } from "./run-plugin.ts";
import { runProgram } from "./run-program.ts";

/**
 * A stand-in for Pulumi's language host for Node.js (`pulumi-language-nodejs`), which no package registry offers. It
 * serves the part of pulumirpc.LanguageRuntime by which the engine runs programs and policy packs, and starts the same
 * scripts of @pulumi/pulumi for them as the official host. Of the runtime's options it knows `typescript` alone. It
 * names no plugin in advance: the engine then loads each when a resource needs it. Everything else is unimplemented.
 *
 * @param engine the engine's address, as on the command line
 */
export function languageHost(engine: string): UntypedServiceImplementation {
  let address = engine;
  return {
    handshake: unary((request: language.LanguageHandshakeRequest) => {
      address = request.getEngineAddress();
      return new language.LanguageHandshakeResponse();
    }),
    getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(`${version}+stand-in`)),
    getRequiredPackages: unary(() => new language.GetRequiredPackagesResponse()),
    run: unary((request: language.RunRequest, signal) => runProgram(request, address, signal)),
    runPlugin: streaming((request: language.RunPluginRequest, write, signal) =>
      runPlugin(
        request,
        (response: language.RunPluginResponse) => {
          write(response);
        },
        signal,
      ),
    ),
  };
}

/** Handles a request by a function, whose signal is aborted when the engine gives the request up. */
function unary<Request, Response>(
  handle: (request: Request, signal: AbortSignal) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    void (async () => {
      try {
        callback(null, await handle(call.request, givenUp(call)));
      } catch (error) {
        callback({ code: status.UNKNOWN, details: thrownMessage(error) });
      }
    })();
  };
}

/** Handles a request by a function that writes its responses one by one. */
function streaming<Request, Response>(
  handle: (request: Request, write: (response: Response) => void, signal: AbortSignal) => Promise<void>,
): handleServerStreamingCall<Request, Response> {
  return (call) => {
    const signal = givenUp(call);
    const write = (response: Response) => {
      if (!signal.aborted) call.write(response);
    };
    handle(call.request, write, signal).then(
      () => call.end(),
      (error: unknown) => call.emit("error", { code: status.UNKNOWN, details: thrownMessage(error) }),
    );
  };
}

function givenUp<Request, Response>(
  call: ServerUnaryCall<Request, Response> | ServerWritableStream<Request, Response>,
): AbortSignal {
  const controller = new AbortController();
  call.once("cancelled", () => {
    controller.abort();
  });
  if (call.cancelled) controller.abort();
  return controller.signal;
}
