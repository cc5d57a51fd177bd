import type { ServiceDefinition, UntypedServiceImplementation } from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import {
  type IResourceProviderServer,
  ResourceProviderService,
} from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { FailedRequest } from "../../../preview/embedded/engine-error.ts";
import { unary } from "../../../preview/embedded/grpc.ts";
import { thrownMessage } from "../../../preview/user-error.ts";
import type { JsonObject } from "../json.ts";
import { autonamingFrom } from "./check.ts";
import type { Change, Difference } from "./diff.ts";
import type { Provider } from "./provider.ts";

/**
 * The service `pulumirpc.ResourceProvider` by a provider's methods. What is not served is UNIMPLEMENTED to the engine.
 *
 * @param version of the plugin whose place this one takes
 */
export function resourceProvider(
  provider: Provider,
  version: string,
): readonly [ServiceDefinition, UntypedServiceImplementation] {
  const handlers: Partial<IResourceProviderServer> = {
    ...configuring(provider),
    ...planning(provider),
    ...changing(provider),
    invoke: answer(async (request: messages.InvokeRequest) =>
      new messages.InvokeResponse().setReturn(
        structFrom(await provider.invoke(request.getTok(), jsonFrom(request.getArgs()))),
      ),
    ),
    getPluginInfo: answer(() => new plugin.PluginInfo().setVersion(version)),
    // The engine cancels before it ends a plugin, and takes a plugin that ends by itself for one that crashed.
    cancel: answer(() => new empty.Empty()),
  };
  return [ResourceProviderService, handlers as UntypedServiceImplementation];
}

/** What a method throws is returned to the engine as a gRPC status. */
function answer<Request, Response>(handle: (request: Request) => Response | Promise<Response>) {
  return unary<Request, Response>(
    async (request) => {
      try {
        return await handle(request);
      } catch (thrown) {
        throw new FailedRequest(thrownMessage(thrown));
      }
    },
    () => undefined,
  );
}

function configuring(provider: Provider): Partial<IResourceProviderServer> {
  return {
    checkConfig: answer((request: messages.CheckRequest) =>
      new messages.CheckResponse().setInputs(request.getNews()),
    ),
    diffConfig: answer((request: messages.DiffRequest) => {
      const olds = jsonFrom(request.getOldInputs() ?? request.getOlds());
      const news = jsonFrom(request.getNews());
      const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
      const diffs = names.filter((name) => JSON.stringify(olds[name]) !== JSON.stringify(news[name]));
      const response = new messages.DiffResponse().setDiffsList(diffs);
      return diffs.length === 0 ? response : response.setChanges(messages.DiffResponse.DiffChanges.DIFF_SOME);
    }),
    configure: answer((request: messages.ConfigureRequest) => {
      provider.configure(jsonFrom(request.getArgs()));
      return new messages.ConfigureResponse()
        .setSupportspreview(true)
        .setSupportsAutonamingConfiguration(true);
    }),
  };
}

function planning(provider: Provider): Partial<IResourceProviderServer> {
  return {
    check: answer((request: messages.CheckRequest) => {
      const naming = {
        name: request.getName(),
        seed: request.getRandomseed_asU8(),
        proposed: autonamingFrom(request.getAutonaming()?.toObject()),
      };
      const news = jsonFrom(request.getNews());
      const checked = provider.check(tokenIn(request), news, jsonFrom(request.getOlds()), naming);
      const failures = checked.failures.map(({ property, reason }) =>
        new messages.CheckFailure().setProperty(property).setReason(reason),
      );
      return new messages.CheckResponse().setInputs(structFrom(checked.inputs)).setFailuresList(failures);
    }),
    diff: answer((request: messages.DiffRequest) =>
      diffResponse(provider.diff(tokenIn(request), jsonFrom(request.getOlds()), jsonFrom(request.getNews()))),
    ),
  };
}

function changing(provider: Provider): Partial<IResourceProviderServer> {
  return {
    create: answer(async (request: messages.CreateRequest) => {
      const [token, inputs] = [tokenIn(request), jsonFrom(request.getProperties())];
      const response = new messages.CreateResponse();
      if (request.getPreview())
        return response.setProperties(structFrom(provider.previewCreate(token, inputs)));
      const { id, properties } = await provider.create(token, inputs);
      return response.setId(id).setProperties(structFrom(properties));
    }),
    read: answer(async (request: messages.ReadRequest) => {
      const [state, inputs] = [given(request.getProperties()), given(request.getInputs())];
      const found = await provider.read(tokenIn(request), request.getId(), state, inputs);
      const response = new messages.ReadResponse();
      if (found === undefined) return response;
      return response
        .setId(found.id)
        .setInputs(structFrom(found.inputs))
        .setProperties(structFrom(found.properties));
    }),
    update: answer(async (request: messages.UpdateRequest) => {
      const [token, id] = [tokenIn(request), request.getId()];
      const [olds, news] = [jsonFrom(request.getOlds()), jsonFrom(request.getNews())];
      const properties = request.getPreview()
        ? provider.previewUpdate(token, olds, news)
        : await provider.update(token, id, olds, news);
      return new messages.UpdateResponse().setProperties(structFrom(properties));
    }),
    delete: answer(async (request: messages.DeleteRequest) => {
      await provider.delete(tokenIn(request), request.getId(), jsonFrom(request.getProperties()));
      return new empty.Empty();
    }),
  };
}

function diffResponse({ changes, stables, deleteBeforeReplace }: Difference): messages.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  const tops = (some: readonly Change[]) =>
    [...new Set(some.map(({ path }) => /^\w+/.exec(path)?.[0] ?? path))].sort();
  const response = new messages.DiffResponse()
    .setChanges(changes.length === 0 ? DIFF_NONE : DIFF_SOME)
    .setDiffsList(tops(changes))
    .setReplacesList(tops(changes.filter(({ replaces }) => replaces)))
    .setStablesList([...stables])
    .setDeletebeforereplace(deleteBeforeReplace)
    .setHasdetaileddiff(true);
  const detailed = response.getDetaileddiffMap();
  for (const change of changes)
    detailed.set(change.path, new messages.PropertyDiff().setKind(kindOf(change)));
  return response;
}

function kindOf({ kind, replaces }: Change): messages.PropertyDiff.Kind {
  const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = messages.PropertyDiff.Kind;
  switch (kind) {
    case "add":
      return replaces ? ADD_REPLACE : ADD;
    case "delete":
      return replaces ? DELETE_REPLACE : DELETE;
    case "update":
      return replaces ? UPDATE_REPLACE : UPDATE;
  }
}

/** The type token: newer engines send it, and it is in the URN. */
function tokenIn(request: { getType(): string; getUrn(): string }): string {
  return request.getType() || (request.getUrn().split("::")[2]?.split("$").at(-1) ?? "");
}

function jsonFrom(message: struct.Struct | undefined): JsonObject {
  return message?.toJavaScript() ?? {};
}

function structFrom(value: JsonObject): struct.Struct {
  return struct.Struct.fromJavaScript(value);
}

/** Properties that were sent; an import sends none. */
function given(message: struct.Struct | undefined): JsonObject | undefined {
  const read = jsonFrom(message);
  return Object.keys(read).length === 0 ? undefined : read;
}
