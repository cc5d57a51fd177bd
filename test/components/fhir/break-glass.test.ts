import assert from "node:assert/strict";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { BreakGlass, type BreakGlassArgs } from "../../../components/fhir/break-glass.ts";
import { FhirServer } from "../../../components/fhir/fhir-server.ts";
import { declared, known, type Options, waitingFor } from "../mocks.ts";
import { kubernetesObjects, onCluster } from "./kubernetes.ts";

const NOW = new Date("2026-09-30T12:00:00Z");
const REQUEST = { owner: "Emperor", reason: "the provider is away", expiry: "2026-10-01T14:00:00.9+02:00" };
const ACCESS = "kubernetes:core/v1:ConfigMap access-access";

const SMART: BreakGlassArgs = {
  server: { name: "coruscanthealth", namespace: "galactic-fhir" },
  accessMode: "smart",
  denyAllStands: false,
  serverOpenWithoutHttpRules: ["http-ingress-visibility"],
  now: NOW,
};
const OPEN: BreakGlassArgs = {
  ...SMART,
  accessMode: "breakGlass",
  breakGlass: REQUEST,
  denyAllStands: true,
  serverOpenWithoutHttpRules: [],
};

const breakGlass = (args: BreakGlassArgs) => (opts: Options) =>
  new BreakGlass("access", args, onCluster(opts));

const withServer = (args: BreakGlassArgs) => (opts: Options) => {
  const cluster = onCluster(opts);
  const server = new FhirServer("fhir", { image: "image", protect: false }, cluster);
  return new BreakGlass("access", { ...args, server }, cluster);
};

const METADATA = {
  namespace: "galactic-fhir",
  name: "coruscanthealth-access",
  labels: { "app.kubernetes.io/name": "coruscanthealth" },
};

describe("BreakGlass", () => {
  it("declares smart with the stack's own DebugMode, whichever policies are applied", async () => {
    assert.deepEqual(kubernetesObjects(await declared(breakGlass(SMART))), {
      [ACCESS]: { metadata: METADATA, data: { access: "smart debugMode=0\n" } },
    });
    const own = await declared(breakGlass({ ...SMART, debugMode: 5 }));
    assert.deepEqual(kubernetesObjects(own)[ACCESS]?.data, { access: "smart debugMode=5\n" });
  });

  it("opens the endpoint until the expiry, and records owner and reason", async () => {
    assert.deepEqual(kubernetesObjects(await declared(breakGlass({ ...OPEN, debugMode: 5 }))), {
      [ACCESS]: {
        metadata: METADATA,
        data: {
          access: "breakGlass debugMode=7 until=2026-10-01T12:00:00Z afterwards=5\n",
          owner: "Emperor",
          reason: "the provider is away",
        },
      },
    });
  });

  it("outputs the declared access mode", async () => {
    const { result: open } = await declared(breakGlass(OPEN));
    assert.equal(await known(open.accessMode), "breakGlass");
    assert.equal(await known(open.debugMode), 7);
    assert.equal(await known(open.until), "2026-10-01T12:00:00Z");
    assert.equal(await known(open.configMap), "coruscanthealth-access");
    const { result: smart } = await declared(breakGlass({ ...SMART, debugMode: 2 }));
    assert.equal(await known(smart.accessMode), "smart");
    assert.equal(await known(smart.debugMode), 2);
    assert.equal(await known(smart.until), undefined);
  });

  it("is rejected with every reason", async () => {
    const refused = declared(
      breakGlass({
        ...OPEN,
        breakGlass: { owner: "", reason: "r", expiry: "2026-09-30T11:59:59Z" },
        denyAllStands: false,
        serverOpenWithoutHttpRules: ["http-ingress-visibility"],
      }),
    );
    await assert.rejects(refused, {
      message:
        "breakGlass is refused: owner is missing: name who is responsible for it; " +
        'expiry = "2026-09-30T11:59:59Z": is in the past, it is now 2026-09-30T12:00:00Z; ' +
        "deny-all is not in force in both directions; " +
        'the server may be reached without an HTTP rule, by "http-ingress-visibility"',
    });
    await assert.rejects(declared(breakGlass({ ...OPEN, breakGlass: undefined })), {
      message:
        "breakGlass is refused: owner is missing: name who is responsible for it; " +
        "reason is missing: say why it cannot wait; expiry is missing: say until when",
    });
  });

  it("rejects a DebugMode of the stack that would open the endpoint", async () => {
    await assert.rejects(declared(breakGlass({ ...SMART, debugMode: 7 })), {
      message:
        "debugMode = 7: is not a whole number from 0 to 6; 7 opens the endpoint, which only breakGlass may do",
    });
  });

  it("goes back to SMART when the request is past, and when it stays in the stack", async () => {
    const later = { ...OPEN, accessMode: "smart", now: new Date("2027-01-01T00:00:00Z") } as const;
    assert.deepEqual(kubernetesObjects(await declared(breakGlass(later)))[ACCESS]?.data, {
      access: "smart debugMode=0\n",
    });
  });

  it("opens the endpoint once deny-all and the policies are there, and closes it without waiting", async () => {
    const behindPolicy = (args: BreakGlassArgs) => (opts: Options) => {
      // Any resource stands for a policy here.
      const policy = new ServiceAccount("policy", { metadata: { name: "policy" } }, onCluster(opts));
      breakGlass({ ...args, standing: [policy.metadata.name] })(opts);
    };
    const policies = "kubernetes:core/v1:ServiceAccount";
    assert.deepEqual(await waitingFor(policies, behindPolicy(OPEN)), ["access-access"]);
    assert.deepEqual(await waitingFor(policies, behindPolicy(SMART)), []);
  });

  it("changes nothing but its own ConfigMap: the server's pod stays as it is", async () => {
    const { [ACCESS]: smart, ...rest } = kubernetesObjects(await declared(withServer(SMART)));
    const { [ACCESS]: open, ...restWhileOpen } = kubernetesObjects(await declared(withServer(OPEN)));
    assert.deepEqual(restWhileOpen, rest);
    assert.ok("kubernetes:apps/v1:Deployment fhir-deployment" in rest);
    assert.deepEqual(open?.metadata, smart?.metadata);
    assert.notDeepEqual(open?.data, smart?.data);
  });

  it("is mounted by the server under the very name that it has", async () => {
    const { resource } = await declared(withServer(OPEN));
    const { metadata } = resource("access-access").inputs as { metadata: { name: string } };
    const { spec } = resource("fhir-deployment").inputs as {
      spec: { template: { spec: { volumes: { name: string; configMap?: { name: string } }[] } } };
    };
    const mounted = spec.template.spec.volumes.find(({ name }) => name === "access");
    assert.equal(mounted?.configMap?.name, metadata.name);
  });

  it("shows guardrails everything that it was validated by, except the current time", async () => {
    const { resource } = await declared(breakGlass(OPEN));
    assert.deepEqual(resource("access").inputs, {
      server: { name: "coruscanthealth", namespace: "galactic-fhir" },
      accessMode: "breakGlass",
      debugMode: 0,
      breakGlass: REQUEST,
      denyAllStands: true,
      serverOpenWithoutHttpRules: [],
    });
  });
});
