import { request } from "node:http";
import { text } from "node:stream/consumers";
import {
  type sendUnaryData,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServiceDefinition,
  status,
} from "@grpc/grpc-js";
import { BinaryReader, BinaryWriter } from "google-protobuf";

/**
 * A bridge from Envoy's gRPC authorization to a plain OPA. No package registry has OPA's Envoy plugin, so this stands in
 * for it in tests: it gives OPA the input that the plugin's documentation publishes, and answers as the plugin does.
 *
 * Source: Envoy's API v3, service.auth.v3 `CheckRequest` and `CheckResponse`; OPA's documentation, "Envoy".
 */

/** A request as Envoy describes it. */
interface HttpRequest {
  id: string;
  method: string;
  headers: Record<string, string>;
  path: string;
  host: string;
  scheme: string;
  protocol: string;
  body: string;
}

/** What the policy answers. */
interface Decision {
  readonly allowed: boolean;
  readonly http_status: number;
}

const check = {
  path: "/envoy.service.auth.v3.Authorization/Check",
  requestStream: false,
  responseStream: false,
  requestSerialize: (value: Buffer) => value,
  requestDeserialize: (bytes: Buffer) => bytes,
  responseSerialize: (value: Buffer) => value,
  responseDeserialize: (bytes: Buffer) => bytes,
};
const AUTHORIZATION: ServiceDefinition = { check };

/** A running bridge. */
export interface Bridge {
  /** The requests that Envoy asked about. */
  readonly asked: HttpRequest[];
  stop(): void;
}

/**
 * Starts it.
 *
 * @param socket absolute path of the Unix socket to listen on
 * @param opaSocket where OPA serves its API
 * @param decision path of the decision, `metacell/dicomweb/sources/authz/response`
 */
export async function startBridge(socket: string, opaSocket: string, decision: string): Promise<Bridge> {
  const asked: HttpRequest[] = [];
  const server = new Server();
  server.addService(AUTHORIZATION, {
    check: (call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) => {
      const http = checkedRequest(call.request);
      asked.push(http);
      decide(opaSocket, decision, pluginInput(http)).then(
        (result) => {
          answer(null, checkResponse(result));
        },
        (error: unknown) => {
          answer({ code: status.INTERNAL, details: String(error) });
        },
      );
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`unix:${socket}`, ServerCredentials.createInsecure(), (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
  return {
    asked,
    stop: () => {
      server.forceShutdown();
    },
  };
}

/** The input that the plugin gives the policy. */
function pluginInput(http: HttpRequest) {
  const [path = "", query = ""] = http.path.split("?");
  const parameters = [...new URLSearchParams(query)];
  return {
    attributes: { request: { http }, metadataContext: {}, source: {}, destination: {} },
    parsed_body: null,
    parsed_path: path.replace(/^\//, "").split("/"),
    parsed_query: Object.fromEntries(parameters.map(([name, value]) => [name, [value]])),
    truncated_body: false,
    version: { encoding: "protojson", ext_authz: "v3" },
  };
}

async function decide(socketPath: string, decision: string, input: object): Promise<Decision> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const headers = { "content-type": "application/json" };
  const asked = request({ socketPath, method: "POST", path: `/v1/data/${decision}`, headers, agent: false });
  asked.on("error", reject);
  asked.on("response", (response) => {
    text(response).then(resolve, reject);
  });
  asked.end(JSON.stringify({ input }));
  const { result } = JSON.parse(await promise) as { result?: Decision };
  if (result === undefined) throw new Error("the decision is undefined");
  return result;
}

/** id, method, path, host, scheme, protocol, body and raw_body. */
const TEXTS: ReadonlySet<number> = new Set([1, 2, 4, 5, 6, 10, 11, 12]);

/** The fields by their numbers: CheckRequest.attributes = 1, request = 4, http = 2. */
function checkedRequest(bytes: Buffer): HttpRequest {
  const http = [1, 4, 2].reduce<Uint8Array>((message, field) => lastBytes(message, field), bytes);
  const texts = new Map<number, string>();
  const headers: Record<string, string> = {};
  const reader = new BinaryReader(http);
  while (reader.nextField()) {
    const field = reader.getFieldNumber();
    if (field === 3) {
      const [name, value] = entry(reader.readBytes());
      headers[name] = value;
    } else if (TEXTS.has(field)) texts.set(field, Buffer.from(bytesOf(reader)).toString());
    else reader.skipField();
  }
  const at = (field: number) => texts.get(field) ?? "";
  return {
    ...{ id: at(1), method: at(2), headers, path: at(4), host: at(5), scheme: at(6) },
    ...{ protocol: at(10), body: at(11) + at(12) },
  };
}

function bytesOf(reader: BinaryReader): Uint8Array {
  return reader.readBytes();
}

function lastBytes(message: Uint8Array, field: number): Uint8Array {
  const reader = new BinaryReader(message);
  let found: Uint8Array = new Uint8Array();
  while (reader.nextField()) {
    if (reader.getFieldNumber() === field) found = bytesOf(reader);
    else reader.skipField();
  }
  return found;
}

function entry(bytes: Uint8Array | string): [string, string] {
  const message = bytes as Uint8Array;
  return [Buffer.from(lastBytes(message, 1)).toString(), Buffer.from(lastBytes(message, 2)).toString()];
}

/** CheckResponse.status = 1 with a code of google.rpc; denied_response = 2 with status = 1, whose code = 1. */
function checkResponse({ allowed, http_status }: Decision): Buffer {
  const writer = new BinaryWriter();
  const code = (number: number) => (_: unknown, part: BinaryWriter) => {
    part.writeInt32(1, number);
  };
  writer.writeMessage(1, {}, code(allowed ? status.OK : status.PERMISSION_DENIED));
  if (!allowed) {
    writer.writeMessage(2, {}, (_: unknown, denied: BinaryWriter) => {
      denied.writeMessage(1, {}, code(http_status));
    });
  }
  return Buffer.from(writer.getResultBuffer());
}
