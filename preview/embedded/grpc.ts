import {
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  type ServiceError,
  type StatusObject,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { thrownMessage } from "../user-error.ts";
import { FailedRequest, InvalidArgument } from "./engine-error.ts";

/** How to speak to whom we start ourselves: with messages as large as the engine allows (sdk/go/common/util/rpcutil), 400 MiB. */
export const CHANNEL = {
  // The user's proxy leads away from this machine.
  "grpc.enable_http_proxy": 0,
  "grpc.max_receive_message_length": 400 * 1024 * 1024,
  "grpc.max_send_message_length": 400 * 1024 * 1024,
};

/** Serves on an address of this machine alone. */
export interface GrpcService {
  /** `127.0.0.1:PORT` */
  readonly address: string;
  /** Stops at once, whatever is under way. */
  close(): void;
}

/** Starts a server of some services. */
export async function serve(
  services: readonly (readonly [ServiceDefinition, UntypedServiceImplementation])[],
): Promise<GrpcService> {
  const server = new Server(CHANNEL);
  for (const [definition, implementation] of services) server.addService(definition, implementation);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return {
    address: `127.0.0.1:${port}`,
    close: () => {
      server.forceShutdown();
    },
  };
}

/**
 * Makes a handler of a function.
 *
 * @param onRefusal told of what the function throws, unless the caller caused it; the caller is then only told
 * that nobody serves it any more, as by an engine that shuts down
 */
export function unary<Request, Response>(
  handle: (request: Request) => Response | Promise<Response>,
  onRefusal: (thrown: unknown) => void,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    void (async () => {
      try {
        callback(null, await handle(call.request));
      } catch (thrown) {
        callback(answerTo(thrown));
        if (!isForCaller(thrown)) onRefusal(thrown);
      }
    })();
  };
}

function isForCaller(thrown: unknown): boolean {
  return thrown instanceof FailedRequest || thrown instanceof InvalidArgument;
}

function answerTo(thrown: unknown): Partial<StatusObject> {
  if (!isForCaller(thrown)) return { code: status.UNAVAILABLE, details: "resource monitor shut down" };
  const code = thrown instanceof InvalidArgument ? status.INVALID_ARGUMENT : status.UNKNOWN;
  return { code, details: thrownMessage(thrown) };
}

/** Asks a server, by one of a client's methods. */
export function callRpc<Response>(
  method: (answer: (error: ServiceError | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    method((error, response) => {
      if (error) reject(error);
      else resolve(response);
    });
  });
}

/** What a request failed of, as the engine says it, `rpc error: code = Unknown desc = …`. */
export function grpcErrorText(error: unknown): string {
  const { code, details } = error as Partial<ServiceError>;
  if (code === undefined || details === undefined) return thrownMessage(error);
  const words = status[code].toLowerCase().split("_");
  const name = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("");
  return `rpc error: code = ${name} desc = ${details}`;
}
