import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { callRpc, CHANNEL, serve } from "../../../preview/embedded/grpc.ts";
import { type JsonObject, textAt } from "../json.ts";
import { Provider } from "./provider.ts";
import type { Recording } from "./recordings.ts";
import { resourceProvider } from "./service.ts";

/** A running stand-in, called in the form in which the calls to the real plugin were recorded. */
export interface Replay {
  /** @throws what the provider refuses */
  call(recording: Pick<Recording, "method" | "request">): Promise<JsonObject>;
  close(): void;
}

/** Starts a provider of its own. @param token what it sends to Google */
export async function startReplay(token?: string): Promise<Replay> {
  const service = await serve([resourceProvider(new Provider(token), "0.0.0")]);
  const client = new ResourceProviderClient(service.address, credentials.createInsecure(), CHANNEL);
  return {
    call: async ({ method, request }) => {
      const send = METHODS[method];
      if (send === undefined) throw new Error(`no such method was recorded: ${method}`);
      return withoutDefaults(await send(client, request));
    },
    close: () => {
      client.close();
      service.close();
    },
  };
}

type Send = (client: ResourceProviderClient, request: JsonObject) => Promise<JsonObject>;

const structAt = (request: JsonObject, field: string) =>
  request[field] === undefined ? undefined : struct.Struct.fromJavaScript(request[field] as JsonObject);
const at = (request: JsonObject, field: string) => textAt(request, field) ?? "";
const json = (read: struct.Struct | undefined) => read?.toJavaScript() ?? {};

function checkRequest(request: JsonObject): messages.CheckRequest {
  return new messages.CheckRequest()
    .setUrn(at(request, "urn"))
    .setType(at(request, "type"))
    .setName(at(request, "name"))
    .setRandomseed(at(request, "randomSeed"))
    .setNews(structAt(request, "news"))
    .setOlds(structAt(request, "olds"));
}

function checkResponse(response: messages.CheckResponse): JsonObject {
  const failures = response.getFailuresList().map((failure) => ({ ...failure.toObject() }));
  return { inputs: json(response.getInputs()), failures };
}

function diffRequest(request: JsonObject): messages.DiffRequest {
  return new messages.DiffRequest()
    .setUrn(at(request, "urn"))
    .setType(at(request, "type"))
    .setName(at(request, "name"))
    .setId(at(request, "id"))
    .setNews(structAt(request, "news"))
    .setOlds(structAt(request, "olds"))
    .setOldInputs(structAt(request, "oldInputs"));
}

const CHANGES = ["", "DIFF_NONE", "DIFF_SOME"];
const KINDS = ["", "ADD_REPLACE", "DELETE", "DELETE_REPLACE", "UPDATE", "UPDATE_REPLACE"];

function diffResponse(response: messages.DiffResponse): JsonObject {
  const detailed: [string, JsonObject][] = [];
  response.getDetaileddiffMap().forEach((change, path) => {
    detailed.push([path, withoutDefaults({ kind: KINDS[change.getKind()] ?? "" })]);
  });
  return {
    changes: CHANGES[response.getChanges()] ?? "",
    diffs: response.getDiffsList(),
    replaces: response.getReplacesList(),
    stables: response.getStablesList(),
    deleteBeforeReplace: response.getDeletebeforereplace(),
    hasDetailedDiff: response.getHasdetaileddiff(),
    ...(detailed.length > 0 && { detailedDiff: Object.fromEntries(detailed) }),
  };
}

/** The methods that were recorded. */
const METHODS: Readonly<Record<string, Send>> = {
  CheckConfig: async (client, request) =>
    checkResponse(await callRpc((done) => client.checkConfig(checkRequest(request), done))),
  DiffConfig: async (client, request) =>
    diffResponse(await callRpc((done) => client.diffConfig(diffRequest(request), done))),
  Configure: async (client, request) => {
    const sent = new messages.ConfigureRequest().setArgs(structAt(request, "args"));
    const response = await callRpc<messages.ConfigureResponse>((done) => client.configure(sent, done));
    const {
      supportspreview: supportsPreview,
      supportsAutonamingConfiguration,
      ...others
    } = response.toObject();
    return { ...others, supportsPreview, supportsAutonamingConfiguration };
  },
  Check: async (client, request) =>
    checkResponse(await callRpc((done) => client.check(checkRequest(request), done))),
  Diff: async (client, request) =>
    diffResponse(await callRpc((done) => client.diff(diffRequest(request), done))),
  Create: async (client, request) => {
    const sent = new messages.CreateRequest()
      .setUrn(at(request, "urn"))
      .setType(at(request, "type"))
      .setPreview(request.preview === true)
      .setProperties(structAt(request, "properties"));
    const response = await callRpc<messages.CreateResponse>((done) => client.create(sent, done));
    return { id: response.getId(), properties: json(response.getProperties()) };
  },
  Read: async (client, request) => {
    const sent = new messages.ReadRequest()
      .setUrn(at(request, "urn"))
      .setType(at(request, "type"))
      .setId(at(request, "id"))
      .setProperties(structAt(request, "properties"))
      .setInputs(structAt(request, "inputs"));
    const response = await callRpc<messages.ReadResponse>((done) => client.read(sent, done));
    const { id } = response.toObject();
    return { id, properties: json(response.getProperties()), inputs: json(response.getInputs()) };
  },
  Update: async (client, request) => {
    const sent = new messages.UpdateRequest()
      .setUrn(at(request, "urn"))
      .setType(at(request, "type"))
      .setId(at(request, "id"))
      .setPreview(request.preview === true)
      .setNews(structAt(request, "news"))
      .setOlds(structAt(request, "olds"))
      .setOldInputs(structAt(request, "oldInputs"));
    const response = await callRpc<messages.UpdateResponse>((done) => client.update(sent, done));
    return { properties: json(response.getProperties()) };
  },
  Delete: async (client, request) => {
    const sent = new messages.DeleteRequest()
      .setUrn(at(request, "urn"))
      .setType(at(request, "type"))
      .setId(at(request, "id"))
      .setProperties(structAt(request, "properties"))
      .setOldInputs(structAt(request, "oldInputs"));
    await callRpc((done) => client.delete(sent, done));
    return {};
  },
};

/** What a recording leaves out: false, empty texts and empty lists. */
function withoutDefaults(value: JsonObject): JsonObject {
  const isDefault = (part: unknown) =>
    part === "" || part === false || (Array.isArray(part) && part.length === 0);
  return Object.fromEntries(Object.entries(value).filter(([, part]) => !isDefault(part)));
}
