import { credentials } from "@grpc/grpc-js";
import callbackService, { type CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb.js";
import callback, { type Callback, type CallbackInvokeResponse } from "@pulumi/pulumi/proto/callback_pb.js";
import { callRpc, CHANNEL } from "./grpc.ts";

/** Calls functions that the program has registered by a token: transforms and hooks. */
export class Callbacks {
  readonly #clients = new Map<string, CallbacksClient>();

  /**
   * Calls a function.
   *
   * @param request the serialized request
   * @returns the serialized response
   */
  async call(of: Callback, request: Uint8Array): Promise<Uint8Array> {
    const client = this.#client(of.getTarget());
    const message = new callback.CallbackInvokeRequest().setToken(of.getToken()).setRequest(request);
    const response = await callRpc<CallbackInvokeResponse>((answer) => client.invoke(message, answer));
    return response.getResponse_asU8();
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
  }

  #client(target: string): CallbacksClient {
    const known = this.#clients.get(target);
    if (known !== undefined) return known;
    const client = new callbackService.CallbacksClient(target, credentials.createInsecure(), CHANNEL);
    this.#clients.set(target, client);
    return client;
  }
}
