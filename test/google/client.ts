import type { Google } from "./index.ts";
import { isObject, type Json, type JsonObject, objectAt, textAt } from "./json.ts";

/** An answer of the control plane. */
export interface Reply {
  readonly code: number;
  readonly body: JsonObject;
  /** The refusal's status and message, as `STATUS: message`; empty when there is none. */
  readonly refusal: string;
}

/** Asks the control plane: `POST cloudkms/v1/…`, with a body if there is one. */
export type Ask = (request: string, body?: Json, token?: string) => Promise<Reply>;

/** A client of a control plane, by default with the token `alice`. */
export function askerOf(google: Google): Ask {
  return async (request, body, token = "alice") => {
    const [method = "", path = ""] = request.split(" ");
    const response = await fetch(`${google.url}/${path}`, {
      method,
      headers: {
        "content-type": "application/json",
        ...(token !== "" && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    const read = isObject(answer) ? answer : {};
    const error = objectAt(read, "error");
    const refusal =
      read.error === undefined ? "" : `${textAt(error, "status") ?? ""}: ${textAt(error, "message") ?? ""}`;
    return { code: response.status, body: read, refusal };
  };
}
