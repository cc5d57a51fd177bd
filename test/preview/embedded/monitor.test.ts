import assert from "node:assert/strict";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import monitorService, { type ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import resource, {
  type DeploymentInfo,
  type RegisterPackageResponse,
  type ReadResourceResponse,
  type RegisterResourceRequest,
  type RegisterResourceResponse,
  type ResourceInvokeResponse,
  type SupportsFeatureResponse,
} from "@pulumi/pulumi/proto/resource_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { Monitor } from "../../../preview/embedded/monitor.ts";
import { formatReference } from "../../../preview/embedded/provider-reference.ts";
import { EngineError } from "../../../preview/embedded/engine-error.ts";
import { Resources } from "../../../preview/embedded/resources.ts";
import { callRpc, serve } from "../../../preview/embedded/grpc.ts";
import {
  type WireProperties,
  fromStruct,
  toStruct,
  UNKNOWN_WIRE_VALUE,
} from "../../../preview/embedded/property-wire.ts";

const RING = "gcp:kms/keyRing:KeyRing";

/** A monitor with a client of ours, as an SDK would be one. */
async function started(config: Readonly<Record<string, string>> = {}) {
  const resources = new Resources({ project: "app", stack: "dev" });
  const [refusals, unanswered] = [[] as unknown[], [] as string[]];
  let shutdowns = 0;
  const monitor = new Monitor({
    resources,
    configuration: { values: new Map(Object.entries(config)), secretKeys: ["app:word"] },
    organization: "acme",
    onRegistered: () => undefined,
    onUnanswered: (token) => unanswered.push(token),
    onWarning: () => undefined,
    onError: (thrown) => refusals.push(thrown),
    onShutdown: () => (shutdowns += 1),
  });
  const service = await serve([[monitorService.ResourceMonitorService, monitor.service]]);
  const client = new monitorService.ResourceMonitorClient(service.address, credentials.createInsecure());
  const stop = () => {
    client.close();
    service.close();
    monitor.close();
  };
  return { client, resources, refusals, unanswered, monitor, shutdowns: () => shutdowns, stop };
}

function request(
  type: string,
  name: string,
  inputs: WireProperties = {},
  parent = "",
): RegisterResourceRequest {
  return new resource.RegisterResourceRequest()
    .setType(type)
    .setName(name)
    .setParent(parent)
    .setObject(toStruct(inputs))
    .setCustom(
      type.startsWith("gcp:") || type.startsWith("pulumi:providers:") || type.startsWith("kubernetes:"),
    );
}

function register(
  client: ResourceMonitorClient,
  asked: RegisterResourceRequest,
): Promise<RegisterResourceResponse> {
  return callRpc((answer) => client.registerResource(asked, answer));
}

const formatUrn = (response: RegisterResourceResponse) => response.getUrn();

describe("The resource monitor", () => {
  let running: Awaited<ReturnType<typeof started>>;
  let client: ResourceMonitorClient;
  beforeEach(async () => {
    running = await started({ "app:word": "w", "gcp:project": "from-config" });
    client = running.client;
  });
  afterEach(() => {
    running.stop();
  });

  it("says what it can do, to new SDKs and to old ones", async () => {
    const info = await callRpc<DeploymentInfo>((answer) =>
      client.getDeploymentInfo(new empty.Empty(), answer),
    );
    const { RESOURCE_MONITOR_FEATURE_TRANSFORMS, RESOURCE_MONITOR_FEATURE_SENDS_OPTIONS_TO_HOOKS } =
      resource.ResourceMonitorFeature;
    assert.ok(info.getSupportedfeaturesList().includes(RESOURCE_MONITOR_FEATURE_TRANSFORMS));
    assert.ok(!info.getSupportedfeaturesList().includes(RESOURCE_MONITOR_FEATURE_SENDS_OPTIONS_TO_HOOKS));
    assert.deepEqual(
      [
        info.getProject(),
        info.getStack(),
        info.getOrganization(),
        info.getDryrun(),
        info.getConfigsecretkeysList(),
      ],
      ["app", "dev", "acme", true, ["app:word"]],
    );
    assert.equal(info.getConfigMap().get("gcp:project"), "from-config");
    const supports = async (id: string) => {
      const asked = new resource.SupportsFeatureRequest().setId(id);
      return (
        await callRpc<SupportsFeatureResponse>((answer) => client.supportsFeature(asked, answer))
      ).getHassupport();
    };
    assert.deepEqual([await supports("transforms"), await supports("toString")], [true, false]);
  });

  it("makes the provider that a resource leaves to it, once for each version, by the stack's configuration", async () => {
    await register(client, request(RING, "a").setVersion("9.35.0"));
    await register(client, request(RING, "b").setVersion("9.35.0"));
    await register(client, request(RING, "c"));
    const providers = running.resources.all.filter(({ type }) => type === "pulumi:providers:gcp");
    assert.deepEqual(
      providers.map(({ name, inputs }) => [name, inputs]),
      [
        ["default_9_35_0", { project: "from-config", version: "9.35.0", __internal: {} }],
        ["default", { project: "from-config" }],
      ],
    );
    const [, a] = running.resources.all;
    assert.equal(a?.provider, formatReference(providers[0]?.urn ?? ""));
  });

  it("has packages that are announced go by their own name and version", async () => {
    const parameters = new resource.Parameterization().setName("gcp").setVersion("2.0.0").setValue("p");
    const asked = new resource.RegisterPackageRequest()
      .setName("terraform-provider")
      .setVersion("1.0.0")
      .setParameterization(parameters);
    const announce = async () =>
      (await callRpc<RegisterPackageResponse>((answer) => client.registerPackage(asked, answer))).getRef();
    const reference = await announce();
    assert.equal(await announce(), reference);
    await register(client, request(RING, "ring").setPackageref(reference));
    assert.equal(running.resources.all[0]?.name, "default_2_0_0");
    await assert.rejects(register(client, request(RING, "other").setPackageref("gone")), {
      details: "unknown provider package 'gone'",
    });
    const nameless = new resource.RegisterPackageRequest();
    await assert.rejects(
      callRpc((answer) => client.registerPackage(nameless, answer)),
      { details: "package name is empty" },
    );
  });

  it("gives children the provider of the component above, at any depth", async () => {
    const google = formatUrn(await register(client, request("pulumi:providers:gcp", "google")));
    const outer = request("app:index:Shelf", "outer");
    outer.getProvidersMap().set("gcp", formatReference(google));
    const above = formatUrn(await register(client, outer));
    const inner = formatUrn(await register(client, request("app:index:Shelf", "inner", {}, above)));
    const ring = formatUrn(await register(client, request(RING, "ring", {}, inner)));
    assert.equal(running.resources.get(ring)?.provider, formatReference(google));
  });

  it("tells of no outputs while the provider waits for something to be made", async () => {
    const outputs = async (kubeconfig: string) => {
      const provider = await register(
        client,
        request("pulumi:providers:kubernetes", kubeconfig, { kubeconfig }),
      );
      assert.equal(provider.getId(), UNKNOWN_WIRE_VALUE);
      const asked = request("kubernetes:core/v1:Pod", `pod of ${kubeconfig}`, { metadata: { name: "pod" } });
      asked.setProvider(formatReference(provider.getUrn()));
      return fromStruct((await register(client, asked)).getObject());
    };
    assert.deepEqual(await outputs("known"), { metadata: { name: "pod" } });
    assert.deepEqual(await outputs(UNKNOWN_WIRE_VALUE), {});
  });

  it("finds what was registered, and nothing else", async () => {
    const shelf = formatUrn(await register(client, request("app:index:Shelf", "shelf")));
    const outputs = new resource.RegisterResourceOutputsRequest()
      .setUrn(shelf)
      .setOutputs(toStruct({ size: 3 }));
    await callRpc((answer) => client.registerResourceOutputs(outputs, answer));
    const find = (urn: string) => {
      const asked = new resource.ResourceInvokeRequest()
        .setTok("pulumi:pulumi:getResource")
        .setArgs(toStruct({ urn }));
      return callRpc<ResourceInvokeResponse>((answer) => client.invoke(asked, answer));
    };
    assert.deepEqual(fromStruct((await find(shelf)).getReturn()), {
      urn: shelf,
      id: "",
      provider: "",
      state: { size: 3 },
    });
    await assert.rejects(find("urn:gone"), {
      details: "invocation of pulumi:pulumi:getResource returned an error: unknown resource urn:gone",
    });
    assert.deepEqual(running.unanswered, []);
  });

  it("answers a provider's function with the unknown", async () => {
    const asked = new resource.ResourceInvokeRequest().setTok("gcp:organizations/getProject:getProject");
    const response = await callRpc<ResourceInvokeResponse>((answer) => client.invoke(asked, answer));
    assert.ok(response.getUnknown());
    assert.deepEqual(running.unanswered, ["gcp:organizations/getProject:getProject"]);
  });

  it("only looks up what is read, whose outputs nobody knows", async () => {
    const asked = new resource.ReadResourceRequest()
      .setType(RING)
      .setName("ring")
      .setId("it")
      .setProperties(toStruct({ a: 1 }));
    const response = await callRpc<ReadResourceResponse>((answer) => client.readResource(asked, answer));
    assert.deepEqual(fromStruct(response.getProperties()), {});
    const { operation, inputs } = running.resources.get(response.getUrn()) ?? assert.fail();
    assert.deepEqual([operation, inputs], ["read", { a: 1 }]);
  });

  it("reports to the program its own errors, and goes on", async () => {
    await assert.rejects(register(client, request(RING, "ring").setParent("shelf")), {
      details: 'invalid parent URN: invalid URN "shelf"',
    });
    const outputs = new resource.RegisterResourceOutputsRequest().setUrn("urn:gone");
    await assert.rejects(
      callRpc((answer) => client.registerResourceOutputs(outputs, answer)),
      (error: ServiceError) => error.details.startsWith("no resource urn:gone"),
    );
    await register(client, request(RING, "ring"));
    assert.deepEqual(running.refusals, []);
  });

  it("registers a remote component without its children, and why they are not rendered", async () => {
    const urn = formatUrn(await register(client, request("eks:index:Cluster", "cluster").setRemote(true)));
    const reason = "only its provider can construct this remote component";
    assert.equal(running.resources.get(urn)?.notRendered, reason);
    const local = formatUrn(await register(client, request("app:index:Shelf", "shelf")));
    assert.equal(running.resources.get(local)?.notRendered, undefined);
  });

  it("ends the preview for what it cannot do, and shuts the program out", async () => {
    const asked = new resource.ResourceCallRequest().setTok("eks:index:Cluster/getKubeconfig");
    await assert.rejects(
      callRpc((answer) => client.call(asked, answer)),
      { details: "resource monitor shut down" },
    );
    await register(client, request("app:index:Shelf", "shelf"));
    await assert.rejects(register(client, request("app:index:Shelf", "shelf")));
    assert.deepEqual(
      running.refusals.map((refusal) => refusal instanceof EngineError && refusal.message),
      [
        "Embedded mode does not support the method eks:index:Cluster/getKubeconfig: only the provider of its resource can run it. Preview with the Pulumi CLI.",
        "Duplicate resource URN 'urn:pulumi:dev::app::app:index:Shelf::shelf'; try giving it a unique name",
      ],
    );
  });

  it("knows that a program has come to its end by its word, or by the outputs of the stack", async () => {
    assert.ok(!running.monitor.isComplete);
    const stack = formatUrn(await register(client, request("pulumi:pulumi:Stack", "app-dev")));
    assert.ok(!running.monitor.isComplete);
    const outputs = new resource.RegisterResourceOutputsRequest().setUrn(stack).setOutputs(toStruct({}));
    await callRpc((answer) => client.registerResourceOutputs(outputs, answer));
    assert.ok(running.monitor.isComplete);
    await callRpc((answer) => client.signalAndWaitForShutdown(new empty.Empty(), answer));
    assert.equal(running.shutdowns(), 1);
  });
});

describe("The setting that forbids default providers", () => {
  const SETTING = "pulumi:disable-default-providers";

  it("forbids those that it names, and all with a star, but never Pulumi's own", async () => {
    for (const [setting, isAllowed] of [
      ['["gcp"]', false],
      ['["*"]', false],
      ['[" aws "]', true],
      ["", true],
    ] as const) {
      const running = await started({ [SETTING]: setting });
      const registering = register(running.client, request(RING, "ring"));
      if (isAllowed) await registering;
      else await assert.rejects(registering);
      assert.equal(running.refusals.length, isAllowed ? 0 : 1, setting);
      const own = request("pulumi:pulumi:StackReference", "reference").setCustom(true);
      await register(running.client, own);
      running.stop();
    }
  });

  it("is rejected when it is not a list of package names", async () => {
    for (const setting of ["gcp", "[1]", "{}"]) {
      await assert.rejects(started({ [SETTING]: setting }), {
        message: `${SETTING} must be a list of package names, not ${setting}`,
      });
    }
  });
});
