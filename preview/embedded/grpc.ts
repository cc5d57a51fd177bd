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

/** Options of channels to our own child processes: messages of up to 400 MiB, the engine's limit (sdk/go/common/util/rpcutil). */
export const CHANNEL = {
  // The user's proxy cannot reach loopback addresses.
  "grpc.enable_http_proxy": 0,
  "grpc.max_receive_message_length": 400 * 1024 * 1024,
  "grpc.max_send_message_length": 400 * 1024 * 1024,
};

/** A server on a loopback address. */
export interface GrpcService {
  /** `127.0.0.1:PORT` */
  readonly address: string;
  /** Stops at once and cancels pending calls. */
  close(): void;
}

/** Starts a server with the given services. */
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
 * Turns a function into a handler.
 *
 * @param onError called with what the function throws, except for errors that the caller gets (InvalidArgument,
 * FailedRequest); the caller then gets UNAVAILABLE, as from an engine that shuts down
 */
export function unary<Request, Response>(
  handle: (request: Request) => Response | Promise<Response>,
  onError: (thrown: unknown) => void,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    void (async () => {
      try {
        callback(null, await handle(call.request));
      } catch (thrown) {
        callback(errorStatus(thrown));
        if (!isCallerError(thrown)) onError(thrown);
      }
    })();
  };
}

function isCallerError(thrown: unknown): boolean {
  return thrown instanceof FailedRequest || thrown instanceof InvalidArgument;
}

function errorStatus(thrown: unknown): Partial<StatusObject> {
  if (!isCallerError(thrown)) return { code: status.UNAVAILABLE, details: "resource monitor shut down" };
  const code = thrown instanceof InvalidArgument ? status.INVALID_ARGUMENT : status.UNKNOWN;
  return { code, details: thrownMessage(thrown) };
}

/** Calls a method of a client. */
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

/** Formats the error of a call as the engine does, `rpc error: code = Unknown desc = …`. */
export function grpcErrorText(error: unknown): string {
  const { code, details } = error as Partial<ServiceError>;
  if (code === undefined || details === undefined) return thrownMessage(error);
  const words = status[code].toLowerCase().split("_");
  const name = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("");
  return `rpc error: code = ${name} desc = ${details}`;
}
