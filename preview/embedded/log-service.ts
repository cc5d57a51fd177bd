import { stripVTControlCharacters } from "node:util";
import type { IEngineServer } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engine, { type LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { stripErrorPreamble } from "../engine/engine-events.ts";
import type { Warning } from "../report/observation.ts";
import { urnName } from "../report/urn.ts";
import { unary } from "./grpc.ts";

/** Collects the log of programs and policy packs (`Engine` in proto/pulumi/engine.proto). */
export class LogService {
  readonly service: IEngineServer;
  readonly warnings: Warning[] = [];
  readonly #errors: string[] = [];
  readonly #onLog: (text: string) => void;
  #root = "";

  /** @param onLog called with every message, as it comes */
  constructor(onLog: (text: string) => void) {
    this.#onLog = onLog;
    const onError = (thrown: unknown) => {
      this.error(String(thrown));
    };
    this.service = {
      log: unary((request) => {
        this.#take(request);
        return new empty.Empty();
      }, onError),
      getRootResource: unary(() => new engine.GetRootResourceResponse().setUrn(this.#root), onError),
      setRootResource: unary((request) => {
        this.#root = request.getUrn();
        return new engine.SetRootResourceResponse();
      }, onError),
      startDebugging: unary(() => new empty.Empty(), onError),
      requirePulumiVersion: unary((request) => {
        this.warn(
          `The program requires Pulumi CLI ${request.getPulumiVersionRange()}, which embedded mode cannot verify.`,
        );
        return new engine.RequirePulumiVersionResponse();
      }, onError),
    };
  }

  /** The errors, each once. */
  get errors(): readonly string[] {
    return [...new Set(this.#errors)];
  }

  /** Records a warning. */
  warn(message: string, urn?: string): void {
    const text = stripVTControlCharacters(message).trim();
    this.warnings.push({ ...(urn !== undefined && urn !== "" && { urn }), message: text });
  }

  /** Records an error. */
  error(message: string, urn?: string): void {
    const text = stripErrorPreamble(stripVTControlCharacters(message).trim());
    this.#errors.push(urn === undefined || urn === "" ? text : `${urnName(urn)}: ${text}`);
  }

  #take(request: LogRequest): void {
    const [message, urn] = [request.getMessage(), request.getUrn()];
    const severity = request.getSeverity();
    if (severity === engine.LogSeverity.DEBUG) return;
    this.#onLog(`${message.trimEnd()}\n`);
    if (severity === engine.LogSeverity.ERROR) this.error(message, urn);
    if (severity === engine.LogSeverity.WARNING && !request.getEphemeral()) this.warn(message, urn);
  }
}
