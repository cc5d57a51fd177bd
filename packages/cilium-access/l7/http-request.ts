import type { HttpRequest } from "./http-rules.ts";
import { type NormalPath, normalizePath } from "./normalize-path.ts";

/** A request, made ready to be asked about for many clients. */
export interface PreparedRequest {
  /** As it is sent. */
  readonly path: string;
  /** What the proxy makes of its path. */
  readonly normal: NormalPath;
  /** As the proxy matches it. */
  readonly request: HttpRequest;
}

/** Makes a request ready to be asked about. */
export function prepareRequest(sent: HttpRequest): PreparedRequest {
  const normal = normalizePath(sent.path);
  const request = normal.kind === "path" && normal.path !== sent.path ? { ...sent, path: normal.path } : sent;
  return { path: sent.path, normal, request };
}

/** The same request to a proxy that leaves paths as they are. */
export function withoutNormalization({ path, request }: PreparedRequest): PreparedRequest {
  return { path, normal: { kind: "path", path }, request: { ...request, path } };
}
