import { appendFileSync } from "node:fs";
import { type handleUnaryCall, Server, ServerCredentials } from "@grpc/grpc-js";
import service from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzer, {
  type AnalyzeRequest,
  type AnalyzerResource,
  type AnalyzerResourceOptions,
} from "@pulumi/pulumi/proto/analyzer_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import type { Recorded, RecordedOptions } from "./recorded.ts";

/**
 * A policy pack that reports no violation: it appends the resources that it receives to the file that RECORD_TO names,
 * a line of JSON for each. It speaks the protocol itself, where @pulumi/policy would hide what is unknown.
 */

function write(record: Recorded): void {
  appendFileSync(process.env.RECORD_TO ?? "", `${JSON.stringify(record)}\n`);
}

function answering<Request, Response>(
  answer: (request: Request) => Response,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    callback(null, answer(call.request));
  };
}

function optionsOf(options: AnalyzerResourceOptions | undefined): RecordedOptions | undefined {
  return options && { ...options.toObject(), aliasesList: options.getAliasesList() };
}

function common(shown: AnalyzeRequest | AnalyzerResource) {
  return {
    urn: shown.getUrn(),
    type: shown.getType(),
    name: shown.getName(),
    provider: shown.getProvider()?.getUrn(),
    options: optionsOf(shown.getOptions()),
  };
}

/** Inputs with two underscores, by URN: they are shown only to policies that may change the inputs. */
const internal = new Map<string, Readonly<Record<string, unknown>>>();

function keepInternal(shown: AnalyzeRequest): void {
  const inputs = Object.entries(shown.getProperties()?.toJavaScript() ?? {});
  internal.set(shown.getUrn(), Object.fromEntries(inputs.filter(([name]) => name.startsWith("__"))));
}

/** Once every policy has had a chance to change the inputs, in whatever order. */
function writeResource(shown: AnalyzeRequest): void {
  const inputs = { ...shown.getProperties()?.toJavaScript(), ...internal.get(shown.getUrn()) };
  write({ kind: "resource", ...common(shown), inputs });
}

function writeStack(shown: AnalyzerResource): void {
  const byProperty = [...shown.getPropertydependenciesMap().entries()] as [
    string,
    { getUrnsList(): string[] },
  ][];
  write({
    kind: "stack",
    ...common(shown),
    parent: shown.getParent(),
    dependencies: shown.getDependenciesList().toSorted(),
    propertyDependencies: Object.fromEntries(
      byProperty.map(([name, of]) => [name, of.getUrnsList().toSorted()]),
    ),
    outputs: shown.getProperties()?.toJavaScript() ?? {},
  });
}

const server = new Server({ "grpc.max_receive_message_length": 1e9 });
server.addService(service.AnalyzerService, {
  analyze: answering((request: AnalyzeRequest) => {
    writeResource(request);
    return new analyzer.AnalyzeResponse();
  }),
  analyzeStack: answering((request: analyzer.AnalyzeStackRequest) => {
    request.getResourcesList().forEach(writeStack);
    return new analyzer.AnalyzeResponse();
  }),
  remediate: answering((request: AnalyzeRequest) => {
    keepInternal(request);
    return new analyzer.RemediateResponse();
  }),
  // One policy that remediates: only then are Pulumi's own inputs shown.
  getAnalyzerInfo: answering(() =>
    new analyzer.AnalyzerInfo()
      .setName("recorder")
      .setPoliciesList([
        new analyzer.PolicyInfo().setName("record").setEnforcementlevel(analyzer.EnforcementLevel.REMEDIATE),
      ]),
  ),
  getPluginInfo: answering(() => new plugin.PluginInfo().setVersion("1.0.0")),
  configure: answering(() => new empty.Empty()),
  configureStack: answering(() => new analyzer.AnalyzerStackConfigureResponse()),
});
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(String(port));
});
