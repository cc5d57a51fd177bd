import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import {
  type IResourceProviderServer,
  ResourceProviderService,
} from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { serve, unary } from "../../../preview/embedded/grpc.ts";
import { whenParentEnds } from "../../language-host/parent.ts";

/** Creates every resource with its inputs as outputs: what keeps one out of the state then is a policy. */

const end = () => process.exit();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
whenParentEnds(end);

function answer<Request, Response>(handle: (request: Request) => Response) {
  return unary<Request, Response>(
    (request) => Promise.resolve(handle(request)),
    () => undefined,
  );
}

const checked = (request: messages.CheckRequest) => new messages.CheckResponse().setInputs(request.getNews());
const handlers: Partial<IResourceProviderServer> = {
  checkConfig: answer(checked),
  diffConfig: answer(() => new messages.DiffResponse()),
  configure: answer(() => new messages.ConfigureResponse()),
  check: answer(checked),
  diff: answer(() => new messages.DiffResponse()),
  create: answer((request: messages.CreateRequest) =>
    new messages.CreateResponse().setId("created").setProperties(request.getProperties()),
  ),
  getPluginInfo: answer(() => new plugin.PluginInfo().setVersion("1.0.0+stand-in")),
  cancel: answer(() => new empty.Empty()),
};

const { address } = await serve([[ResourceProviderService, handlers as UntypedServiceImplementation]]);
process.stdout.write(`${address.slice(address.lastIndexOf(":") + 1)}\n`);
