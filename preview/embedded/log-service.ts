import { stripVTControlCharacters } from "node:util";
import type { IEngineServer } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engine, { type LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { ownWords } from "../engine/engine-events.ts";
import type { Warning } from "../report/observation.ts";
import { urnName } from "../report/urn.ts";
import { unary } from "./grpc.ts";

/** Takes down what programs and policy packs have to say (`Engine` in proto/pulumi/engine.proto). */
export class LogService {
  readonly service: IEngineServer;
  readonly warnings: Warning[] = [];
  readonly #errors: string[] = [];
  readonly #onLog: (text: string) => void;
  #root = "";

  /** @param onLog told everything, as it comes */
  constructor(onLog: (text: string) => void) {
    this.#onLog = onLog;
    const onRefusal = (thrown: unknown) => {
      this.error(String(thrown));
    };
    this.service = {
      log: unary((request) => {
        this.#take(request);
        return new empty.Empty();
      }, onRefusal),
      getRootResource: unary(() => new engine.GetRootResourceResponse().setUrn(this.#root), onRefusal),
      setRootResource: unary((request) => {
        this.#root = request.getUrn();
        return new engine.SetRootResourceResponse();
      }, onRefusal),
      startDebugging: unary(() => new empty.Empty(), onRefusal),
      requirePulumiVersion: unary((request) => {
        this.warn(
          `The program wants a Pulumi CLI of version ${request.getPulumiVersionRange()}; there is none here.`,
        );
        return new engine.RequirePulumiVersionResponse();
      }, onRefusal),
    };
  }

  /** What keeps this from being a preview, each thing once; empty when nothing does. */
  get errors(): readonly string[] {
    return [...new Set(this.#errors)];
  }

  /** Takes down a warning. */
  warn(message: string, urn?: string): void {
    const text = stripVTControlCharacters(message).trim();
    this.warnings.push({ ...(urn !== undefined && urn !== "" && { urn }), message: text });
  }

  /** Takes down an error, in the words of whoever made it. */
  error(message: string, urn?: string): void {
    const text = ownWords(stripVTControlCharacters(message).trim());
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
